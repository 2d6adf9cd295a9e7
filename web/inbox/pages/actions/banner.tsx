import type { Ticket } from "../../../api/types";
import { lazily } from "../../shell/lazily";

const Resting = lazily(() => import("./resting"));

/** Stands between header and thread while the ticket rests: snoozed, or merged into another. */
export function TicketBanner({ ticket }: { ticket: Ticket }) {
  return ticket.merged_into || ticket.snoozed_until ? <Resting ticket={ticket} /> : null;
}
