/** Tickets: read, listed and changed. */

import { api, body, once } from "./client";
import type { PatchTicket, Ticket } from "./types";

const TICKETS = "/api/projects/{project_id}/conversations/tickets";
const TICKET = "/api/projects/{project_id}/conversations/tickets/{ref}";

const in_ = (project: number) => ({ project_id: String(project) });
const of = (project: number, ref: string | number) => ({ project_id: String(project), ref: String(ref) });

export type Query = Record<string, string>;

export interface TicketPage {
  results: Ticket[];
  count: number;
  /** Whether `count` is all there are, or only how many were counted. */
  exact: boolean;
  /** Where to go on. */
  cursor: string | null;
}

/** One page by cursor; the first without one. */
export async function list(
  project: number,
  query: Query,
  cursor = "",
  signal?: AbortSignal,
): Promise<TicketPage> {
  const { data, response } = await api.GET(TICKETS, {
    params: { path: in_(project), query: { ...query, cursor } },
    ...(signal && { signal }),
  });
  const { results, count, next } = data!;
  const following = next ? new URL(next, location.origin).searchParams.get("cursor") : null;
  return { results, count, exact: response.headers.get("X-Count") !== "at-least", cursor: following };
}

/** These tickets as they are now; nothing is marked as read. At most a hundred. */
export const some = async (project: number, ids: string[]): Promise<Ticket[]> =>
  (
    await body(
      api.GET(TICKETS, { params: { path: in_(project), query: { ids: ids.join(","), limit: 100 } } }),
    )
  ).results;

/** One ticket; reading it marks it as read, unless one only peeks. */
export const retrieve = (project: number, ref: string | number, peek = false): Promise<Ticket> =>
  body(api.GET(TICKET, { params: { path: of(project, ref), query: peek ? { mark_read: "false" } : {} } }));

export const change = (project: number, ref: string, changes: PatchTicket, key: string): Promise<Ticket> =>
  body(api.PATCH(TICKET, { params: { path: of(project, ref) }, body: changes, headers: once(key) }));

export const remove = (project: number, ref: string) =>
  api.DELETE(TICKET, { params: { path: of(project, ref) } });

export const restore = (project: number, ref: string): Promise<Ticket> =>
  body(api.POST(`${TICKET}/restore_deleted`, { params: { path: of(project, ref) } }));

export const markUnread = (project: number, ref: string): Promise<Ticket> =>
  body(api.POST(`${TICKET}/mark_unread`, { params: { path: of(project, ref) } }));
