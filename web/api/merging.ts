/** Making two tickets one, and one ticket two. */

import { api, body, once } from "./client";
import type { Status, Ticket } from "./types";

const TICKET = "/api/projects/{project_id}/conversations/tickets/{ref}";

const of = (project: number, ref: string) => ({
  path: { project_id: String(project), ref },
});

/** Answers with the target. */
export const merge = (project: number, ref: string, into: string): Promise<Ticket> =>
  body(
    api.POST(`${TICKET}/merge`, {
      params: of(project, ref),
      body: { into },
      headers: once(crypto.randomUUID()),
    }),
  );

export const unmerge = (project: number, ref: string): Promise<Ticket> =>
  body(api.POST(`${TICKET}/unmerge`, { params: of(project, ref), headers: once(crypto.randomUUID()) }));

/** Those that were merged into this one. */
export const merged = async (project: number, ref: string) =>
  (await body(api.GET(`${TICKET}/merged`, { params: of(project, ref) }))).results;

/** Answers with the new ticket that has these messages now. */
export const split = (project: number, ref: string, message_ids: string[], status: Status): Promise<Ticket> =>
  body(
    api.POST(`${TICKET}/split`, {
      params: of(project, ref),
      body: { message_ids, status },
      headers: once(crypto.randomUUID()),
    }),
  );
