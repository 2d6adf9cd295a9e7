/** The timelines of tickets: painted from what was kept, reconciled with the server, live while they are open. */

import { type Signal, signal } from "@preact/signals";
import * as server from "../../api/messages";
import type { Message } from "../../api/types";
import * as cache from "./cache";
import { onEvent, onReturn } from "./live";
import { project } from "./session";
import { prepend, put, reconcile, type Thread, without } from "./thread-entries";

export interface Shown {
  /** undefined while nothing is known. */
  thread: Thread | undefined;
  /** Whether the server has answered since it was opened. */
  isFresh: boolean;
  failed: unknown;
  loadingOlder: boolean;
}

const MOST_KEPT = 300;
/** Several events of one change arrive together. */
const TOGETHER_MS = 40;
/** Links to files end within an hour. */
const STALE_MS = 20 * 60_000;

const shown = new Map<string, Signal<Shown>>();
const open = new Map<string, number>();
const asked = new Map<string, number>();
const running = new Map<string, Promise<void>>();
const again = new Set<string>();

export function threadOf(ticket: string): Signal<Shown> {
  const known = shown.get(ticket);
  if (known) return known;
  const made = signal<Shown>({ thread: undefined, isFresh: false, failed: null, loadingOlder: false });
  shown.set(ticket, made);
  return made;
}

type Change = (thread: Thread | undefined) => Thread | undefined;

function update(ticket: string, change: Change, isFresh?: boolean): void {
  const kept = threadOf(ticket);
  const before = kept.peek();
  const thread = change(before.thread);
  kept.value = { ...before, thread, failed: null, isFresh: isFresh ?? before.isFresh };
  if (thread && thread.entries.length <= MOST_KEPT)
    void cache.keep("threads", [{ id: ticket, data: thread }]);
}

/** Paints what the browser kept of it, if nothing better is there yet. */
export async function recall(ticket: string): Promise<void> {
  if (threadOf(ticket).peek().thread) return;
  const kept = await cache.recall<Thread>("threads", ticket);
  const now = threadOf(ticket);
  if (kept && !now.peek().thread) now.value = { ...now.peek(), thread: kept };
}

/** Shows the ticket's thread and keeps it current, until what it returns is called. */
export function follow(ticket: string): () => void {
  open.set(ticket, (open.get(ticket) ?? 0) + 1);
  threadOf(ticket).value = { ...threadOf(ticket).peek(), isFresh: false };
  void recall(ticket);
  void refresh(ticket);
  return () => {
    const left = (open.get(ticket) ?? 1) - 1;
    if (left) open.set(ticket, left);
    else open.delete(ticket);
  };
}

/** Has it at hand before it is opened. */
export async function prefetch(ticket: string): Promise<void> {
  await recall(ticket);
  if (!threadOf(ticket).peek().thread) await refresh(ticket);
}

/** Asks for the newest page. One question at a time; what changes meanwhile is asked for afterwards. */
export function refresh(ticket: string): Promise<void> {
  const now = running.get(ticket);
  if (now) {
    again.add(ticket);
    return now;
  }
  const run = fetchNewest(ticket).finally(() => {
    running.delete(ticket);
    if (again.delete(ticket)) void refresh(ticket);
  });
  running.set(ticket, run);
  return run;
}

async function fetchNewest(ticket: string): Promise<void> {
  const current = project.peek();
  if (!current) return;
  try {
    const page = await server.timeline(current.id, ticket);
    asked.set(ticket, Date.now());
    update(ticket, (kept) => reconcile(kept, page), true);
  } catch (failed) {
    threadOf(ticket).value = { ...threadOf(ticket).peek(), failed };
  }
}

export async function loadOlder(ticket: string): Promise<void> {
  const kept = threadOf(ticket);
  const { thread, loadingOlder } = kept.peek();
  const current = project.peek();
  if (!current || !thread?.older || loadingOlder) return;
  kept.value = { ...kept.peek(), loadingOlder: true };
  try {
    const page = await server.timeline(current.id, ticket, thread.older);
    update(ticket, (now) => now && (now.older === thread.older ? prepend(now, page) : now));
  } finally {
    kept.value = { ...kept.peek(), loadingOlder: false };
  }
}

/** The server has taken a message: it stands in the thread without asking for it. */
export const add = (ticket: string, message: Message): void =>
  update(ticket, (kept) => kept && put(kept, message, ticket));

const said = (message: Message): server.Said => ({
  message: message.content,
  rich_content: message.rich_content as server.RichNode | null,
  attachment_ids: [],
});

/** The ticket that a message stands in, if that was merged into this one. */
const homeOf = (ticket: string, { id }: Message): string =>
  threadOf(ticket)
    .peek()
    .thread?.entries.find((entry) => entry.id === id)?.ticket ?? ticket;

/** Changes a note of one's own at once, and back if the server refuses. */
export async function editNote(ticket: string, note: Message, changed: Partial<server.Said>): Promise<void> {
  const wanted = { ...said(note), ...changed };
  const rich = wanted.rich_content as Message["rich_content"];
  add(ticket, { ...note, content: wanted.message, rich_content: rich, version: note.version + 1 });
  try {
    add(ticket, await server.editNote(project.peek()?.id ?? 0, ticket, note.id, wanted, crypto.randomUUID()));
  } catch (error) {
    add(ticket, note);
    throw error;
  }
}

export async function removeNote(ticket: string, note: Message): Promise<void> {
  update(ticket, (kept) => kept && without(kept, note.id));
  try {
    await server.removeNote(project.peek()?.id ?? 0, homeOf(ticket, note), note.id);
  } catch (error) {
    add(ticket, note);
    throw error;
  }
}

const soon = new Set<string>();

function refreshSoon(ticket: string): void {
  if (soon.has(ticket)) return;
  soon.add(ticket);
  setTimeout(() => {
    soon.delete(ticket);
    void refresh(ticket);
  }, TOGETHER_MS);
}

/** Whether the thread shows something of the other ticket. */
const holds = (ticket: string, other: string): boolean =>
  ticket === other ||
  Boolean(
    threadOf(ticket)
      .peek()
      .thread?.entries.some((entry) => entry.ticket === other),
  );

onEvent(({ ticket_id: changed, type }) => {
  if (!changed || type.startsWith("ticket.read_by")) return;
  for (const ticket of open.keys()) if (holds(ticket, changed)) refreshSoon(ticket);
});

onReturn(() => {
  for (const ticket of open.keys()) void refresh(ticket);
});

globalThis.document?.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const ticket of open.keys())
    if (Date.now() - (asked.get(ticket) ?? 0) > STALE_MS) void refresh(ticket);
});
