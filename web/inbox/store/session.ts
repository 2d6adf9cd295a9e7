/** Who is signed in, where, and what they may do. */

import { computed, signal } from "@preact/signals";
import { useSession } from "../../api/client";
import { ApiError } from "../../api/errors";
import * as server from "../../api/session";
import type { Level, Me } from "../../api/types";
import { go, ownPath, place, projectInAddress } from "../router";
import { forgetEverything } from "./cache";

/** undefined: not known yet; null: nobody. */
export const me = signal<Me | null | undefined>(undefined);

export const projects = computed(() =>
  (me.value?.organizations ?? []).flatMap((organization) =>
    organization.projects.map((project) => ({ ...project, organization })),
  ),
);

/** The project one works in: the address's, else the first one. */
export const project = computed(() => {
  const wanted = projectInAddress.value;
  return wanted === null
    ? (projects.value[0] ?? null)
    : (projects.value.find(({ id }) => id === wanted) ?? null);
});

export const level = computed<Level>(() => project.value?.organization.level ?? "viewer");
export const mayWrite = computed(() => level.value !== "viewer");
export const mayAdminister = computed(() => level.value === "owner" || level.value === "admin");

/** A path inside the present project. */
export const inProject = (rest: string): string => `/projects/${project.value?.id ?? 0}/${rest}`;

export function nameOf(user: { first_name?: string; last_name?: string; email: string }): string {
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || user.email;
}

export function enter(found: Me | null): void {
  useSession(found?.csrf_token ?? "", () => enter(null));
  if (found) keep(found);
  else localStorage.removeItem(KEPT);
  me.value = found;
  if (found === null && !isPublic(place.value.path)) {
    const back =
      place.value.path === "/" ? "" : `?next=${encodeURIComponent(location.pathname + location.search)}`;
    go(`/sign-in${back}`, { replace: true });
  }
}

const KEPT = "me";
const LAST = "last_user";
const WORKING_DAY_MS = 12 * 3_600_000;

function keep(found: Me): void {
  const last = localStorage.getItem(LAST) ?? String(found.id);
  localStorage.setItem(LAST, String(found.id));
  localStorage.setItem(KEPT, JSON.stringify({ me: found, at: Date.now() }));
  // What another one saw in this browser is not for these eyes; what they said is still theirs to send.
  if (last !== String(found.id)) void forgetEverything(["outbox"]).then(() => location.reload());
}

function kept(): Me | null {
  try {
    const { me: found, at } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return Date.now() - at < WORKING_DAY_MS ? (found as Me) : null;
  } catch {
    return null;
  }
}

/** Goes on as who was here today, and asks the server meanwhile; without an answer we stay who we were. */
export async function begin(): Promise<void> {
  const before = isPublic(place.peek().path) ? null : kept();
  if (before) enter(before);
  try {
    const found = await server.me();
    if (JSON.stringify(found) !== JSON.stringify(before)) enter(found);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) enter(null);
    else throw error;
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  enter(await server.signIn(email, password));
  go(ownPath(place.value.query.get("next")), { replace: true });
}

export async function signOut(): Promise<void> {
  await server.signOut();
  for (const name of [KEPT, LAST]) localStorage.removeItem(name);
  await forgetEverything();
  location.assign("/sign-in");
}

export const isPublic = (path: string): boolean => /^\/(sign-in|reset-password|invites\/)/.test(path);
