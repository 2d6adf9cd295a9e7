/** Every ticket we know, once: whoever shows it reads the same signal. */

import { batch, type Signal, signal } from "@preact/signals";
import * as server from "../../api/tickets";
import type { PatchTicket, Ticket } from "../../api/types";
import * as cache from "./cache";
import { project } from "./session";

const known = new Map<string, Signal<Ticket>>();
const numbers = new Map<number, string>();
/** Counts the tickets we came to know, for those who wait for one. */
const arrivals = signal(0);

/** Whether `found` may replace `kept`: never an older state a newer one. */
export const isNewer = (found: Ticket, kept: Ticket): boolean => found.updated_at >= kept.updated_at;

/** Takes what the server says; older answers that arrive late change nothing. */
export function take(found: Ticket): Signal<Ticket> {
  numbers.set(found.ticket_number, found.id);
  const kept = known.get(found.id);
  if (!kept) {
    const made = signal(found);
    known.set(found.id, made);
    arrivals.value = arrivals.peek() + 1;
    return made;
  }
  if (isNewer(found, kept.peek())) kept.value = withPending(found);
  return kept;
}

export function takeAll(found: Ticket[], fromServer = true): void {
  batch(() => found.forEach(take));
  if (!fromServer) return;
  void cache.keep(
    "tickets",
    found.map((ticket) => ({ id: ticket.id, data: ticket })),
  );
}

/** The ticket under its id or number, if we know it; who reads it in vain is told when it arrives. */
export function ticket(ref: string | number): Signal<Ticket> | undefined {
  const found = known.get(String(ref)) ?? known.get(numbers.get(Number(ref)) ?? "");
  if (!found) void arrivals.value;
  return found;
}

/** Whatever we know, in no order; who reads it is told when more arrive. */
export function knownTickets(): Ticket[] {
  void arrivals.value;
  return [...known.values()].map((each) => each.peek());
}

/** The tags of all tickets we know, the commonest first. */
export function tagsInUse(): string[] {
  const times = new Map<string, number>();
  for (const kept of known.values())
    for (const tag of kept.peek().tags) times.set(tag, (times.get(tag) ?? 0) + 1);
  return [...times].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([tag]) => tag);
}

export function forget(): void {
  known.clear();
  numbers.clear();
  pending.clear();
  turns.clear();
}

/** What was changed here and the server has not answered to yet, in order: it stays in sight meanwhile. */
const pending = new Map<string, Partial<Ticket>[]>();
const turns = new Map<string, Promise<unknown>>();

function withPending(found: Ticket): Ticket {
  const changes = pending.get(found.id);
  return changes ? Object.assign({}, found, ...changes) : found;
}

function settle(id: string, shown: Partial<Ticket>): void {
  const left = (pending.get(id) ?? []).filter((each) => each !== shown);
  if (left.length) pending.set(id, left);
  else {
    pending.delete(id);
    turns.delete(id);
  }
}

/** Shows a change at once, tells the server, one change after the other, and takes it back if that refuses. */
export async function change(id: string, changes: PatchTicket, shown: Partial<Ticket>): Promise<void> {
  const kept = known.get(id);
  const before = kept?.peek();
  pending.set(id, [...(pending.get(id) ?? []), shown]);
  if (kept && before) kept.value = { ...before, ...shown };
  const send = () => server.change(project.peek()?.id ?? 0, id, changes, crypto.randomUUID());
  const turn = (turns.get(id) ?? Promise.resolve()).then(send, send);
  turns.set(id, turn);
  try {
    const found = await turn;
    settle(id, shown);
    takeAll([found]);
  } catch (error) {
    settle(id, shown);
    if (kept && before) kept.value = withPending({ ...kept.peek(), ...pick(before, Object.keys(shown)) });
    refresh(id);
    throw error;
  }
}

function pick(ticket: Ticket, names: string[]): Partial<Ticket> {
  return Object.fromEntries(Object.entries(ticket).filter(([name]) => names.includes(name)));
}

let stale = new Set<string>();
let soon: ReturnType<typeof setTimeout> | undefined;
const TOGETHER_MS = 60;
const AT_ONCE = 100;

/** Asks for these tickets anew, together with others that change at the same time. */
export function refresh(id: string): void {
  stale.add(id);
  soon ??= setTimeout(() => void refreshNow(), TOGETHER_MS);
}

async function refreshNow(): Promise<void> {
  soon = undefined;
  const ids = [...stale];
  stale = new Set(ids.slice(AT_ONCE));
  if (stale.size) soon = setTimeout(() => void refreshNow(), TOGETHER_MS);
  const current = project.peek();
  if (!current) return;
  try {
    takeAll(await server.some(current.id, ids.slice(0, AT_ONCE)));
  } catch {
    // The stream that told us will tell again when it is back.
  }
}

/** Shows something else of tickets we know, as somebody has just changed it elsewhere than in them. */
export function show(isMeant: (ticket: Ticket) => boolean, shown: Partial<Ticket>): string[] {
  const meant = [...known.values()].filter((kept) => isMeant(kept.peek()));
  batch(() => {
    for (const kept of meant) kept.value = { ...kept.peek(), ...shown };
  });
  return meant.map((kept) => kept.peek().id);
}
