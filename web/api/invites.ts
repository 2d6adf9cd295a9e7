/** An invitation by its link: what it is to, and taking it. */

import { api, body } from "./client";
import type { Invitation, Me } from "./types";

const INVITE = "/api/invites/{token}";
const of = (token: string) => ({ params: { path: { token } } });

export const look = (token: string): Promise<Invitation> => body(api.GET(INVITE, of(token)));

/** With names and a password for whoever has no account yet. */
export const accept = (
  token: string,
  account: { first_name?: string; last_name: string; password?: string } = { last_name: "" },
): Promise<Me> => body(api.POST(`${INVITE}/accept`, { ...of(token), body: account }));
