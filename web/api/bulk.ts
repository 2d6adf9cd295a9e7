/** The same for many tickets, in one transaction. At most five hundred at once. */

import { api, body, once } from "./client";
import type { PatchTicket } from "./types";

const TICKETS = "/api/projects/{project_id}/conversations/tickets";

const at = (project: number) => ({
  params: { path: { project_id: String(project) } },
  headers: once(crypto.randomUUID()),
});

export const changeMany = (project: number, ids: string[], changes: PatchTicket) =>
  body(api.POST(`${TICKETS}/bulk_update`, { ...at(project), body: { ids, changes } }));

export const tagMany = (project: number, ids: string[], action: "add" | "remove" | "set", tags: string[]) =>
  body(api.POST(`${TICKETS}/bulk_update_tags`, { ...at(project), body: { ids, action, tags } }));

export const removeMany = (project: number, ids: string[]) =>
  body(api.POST(`${TICKETS}/bulk_delete`, { ...at(project), body: { ids } }));

export const restoreMany = (project: number, ids: string[]) =>
  body(api.POST(`${TICKETS}/bulk_restore`, { ...at(project), body: { ids } }));
