/** How a ticket stands with the time it is due. */

import type { Ticket } from "../../api/types";

export type Due = "calm" | "near" | "breached";

const NEAR_MS = 3_600_000;

/** Null where nothing is due any more, or never was. */
export function dueOf(ticket: Pick<Ticket, "sla_due_at" | "status">, now: number): Due | null {
  if (!ticket.sla_due_at || ticket.status === "resolved") return null;
  const left = Date.parse(ticket.sla_due_at) - now;
  if (left < 0) return "breached";
  return left <= NEAR_MS ? "near" : "calm";
}
