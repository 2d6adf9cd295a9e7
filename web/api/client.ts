/** The way to the server: typed by its own description, signed in by cookie. */

import createClient, { type Middleware } from "openapi-fetch";
import { ApiError, Offline } from "./errors";
import type { paths } from "./schema.generated";

let csrf = "";
let onSignedOut: () => void = () => {};

/** What unsafe requests carry, told by whoever knows the session. */
export function useSession(token: string, signedOut: () => void): void {
  csrf = token;
  onSignedOut = signedOut;
}

const middleware: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && csrf) request.headers.set("X-CSRF-Token", csrf);
  },
  async onResponse({ request, response }) {
    if (response.ok || response.status === 304) return;
    const error = await ApiError.of(response);
    if (response.status === 401 && !request.url.includes("/login")) onSignedOut();
    throw error;
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === "AbortError" ? error : new Offline();
  },
};

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? "" });
api.use(middleware);

/** The body of an answer that must have one; failures were thrown already. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/** Headers under which a write may be repeated without acting twice. */
export const once = (key: string) => ({ "Idempotency-Key": key });
