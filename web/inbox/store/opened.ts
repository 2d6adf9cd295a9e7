/** The ticket that is open: known at once if it was seen before, read as soon as somebody looks at it. */

import * as server from "../../api/tickets";
import type { Ticket } from "../../api/types";
import * as cache from "./cache";
import { onEvent } from "./live";
import { project } from "./session";
import { takeAll, ticket } from "./tickets";

const isNumber = (ref: string) => /^\d+$/.test(ref);
const byNumber = (ref: string) => `${project.peek()?.id}#${ref}`;

/** The ticket as the browser kept it, so that it paints before the network answers. */
async function recall(ref: string): Promise<void> {
  const id = isNumber(ref) ? await cache.recall<string>("threads", byNumber(ref)) : ref;
  const kept = id && (await cache.recall<Ticket>("tickets", id));
  if (kept && !ticket(ref)) takeAll([kept]);
}

/** Has the ticket here as it is now. If nobody looks at the page, it stays unread. */
export async function meet(ref: string): Promise<void> {
  const current = project.peek();
  if (!current) return;
  // How much is unread is seen before it is read: a line shows where that begins.
  const isNew = !ticket(ref);
  const recalled = isNew ? recall(ref) : undefined;
  try {
    const found = await server.retrieve(current.id, ref, isNew || document.hidden);
    takeAll([found]);
    if (isNew && found.unread_team_count > 0 && !document.hidden) void meet(ref);
    void cache.keep("threads", [{ id: byNumber(String(found.ticket_number)), data: found.id }]);
  } catch (error) {
    await recalled;
    if (!ticket(ref)) throw error;
  }
}

/** Reads what comes in while the ticket is looked at; what came in meanwhile when one comes back. */
export function keepRead(id: string): () => void {
  const read = () => {
    if (!document.hidden && (ticket(id)?.peek().unread_team_count ?? 0) > 0) void meet(id);
  };
  const stop = onEvent((event) => {
    if (event.ticket_id === id && event.type === "message.received" && !document.hidden) void meet(id);
  });
  document.addEventListener("visibilitychange", read);
  return () => {
    stop();
    document.removeEventListener("visibilitychange", read);
  };
}
