/** Moving among the rows; the focus goes along. */

import { go, place } from "../../../router";
import { listing, more } from "../../../store/list";
import { neighbour } from "../../../store/rows";
import { active, extend } from "../../../store/selection";
import { inProject } from "../../../store/session";
import { ticket } from "../../../store/tickets";

/** Where the active row stood, should it go. */
let lost = 0;
const NEAR_THE_END = 10;

const rowOf = (id: string): HTMLElement | null =>
  document.querySelector(`.grid [data-id="${CSS.escape(id)}"] .row-link`);

export function focusRow(id: string): void {
  active.value = id;
  const ids = listing.peek()?.ids ?? [];
  lost = ids.indexOf(id);
  if (ids.length - lost < NEAR_THE_END) void more();
  const row = rowOf(id);
  row?.focus({ preventScroll: true });
  row?.closest(".row")?.scrollIntoView({ block: "nearest" });
}

export function move(step: number): void {
  const next = neighbour(listing.peek()?.ids ?? [], active.peek(), step, lost);
  if (next) focusRow(next);
}

/** Moves and ticks what one passes. */
export function moveTicking(step: number): void {
  const ids = listing.peek()?.ids ?? [];
  const from = active.peek();
  const next = neighbour(ids, from, step, lost);
  if (!next) return;
  if (from) extend(ids, from);
  extend(ids, next);
  focusRow(next);
}

/** Opens a ticket; the list stays as it is. */
export function openTicket(id: string): void {
  const number = ticket(id)?.peek().ticket_number;
  const query = place.peek().query.toString();
  if (number) go(inProject(`tickets/${number}`) + (query && `?${query}`));
}

/** The ticket before or after an open one, for those who work through the list. */
export function openNeighbour(of: string, step: number): void {
  const next = neighbour(listing.peek()?.ids ?? [], of, step, lost);
  if (!next || next === of) return;
  active.value = next;
  openTicket(next);
}

export const isAtList = (): boolean =>
  document.activeElement === document.body || document.activeElement?.closest(".pane-list") != null;
