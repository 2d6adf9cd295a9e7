/** What one has begun to write, per ticket and kind: here at once, in the browser's store, and on the server. */

import { type Signal, signal } from "@preact/signals";
import * as server from "../../api/drafts";
import { ApiError } from "../../api/errors";
import type { RichNode } from "../../api/messages";
import type { Attachment, PatchTicket } from "../../api/types";
import * as cache from "./cache";
import { project } from "./session";

export interface Draft {
  content: string;
  rich_content: RichNode | null;
  /** Files beside the text. */
  attachments: Attachment[];
  /** Files that stand in the text as images, or did. */
  pictures: Attachment[];
  /** What a macro makes of the ticket once this is sent. */
  after: PatchTicket | null;
  /** Whether the server has not got it yet. */
  isNew: boolean;
  /** Whether the server had it when it was last asked: it keeps one of the two kinds. */
  isThere: boolean;
}

export const NOTHING: Draft = {
  content: "",
  rich_content: null,
  attachments: [],
  pictures: [],
  after: null,
  isNew: false,
  isThere: false,
};

const RESTS_MS = 800;

const drafts = new Map<string, Signal<Draft>>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const turns = new Map<string, Promise<void>>();
/** Which kind somebody wrote last. */
const latest = new Map<string, boolean>();

const keyOf = (ticket: string, isNote: boolean): string => `${ticket} ${isNote ? "note" : "reply"}`;

export function draftOf(ticket: string, isNote: boolean): Signal<Draft> {
  const key = keyOf(ticket, isNote);
  const known = drafts.get(key);
  if (known) return known;
  const made = signal(NOTHING);
  drafts.set(key, made);
  return made;
}

export const isEmpty = ({ content, attachments, rich_content }: Draft): boolean =>
  !content.trim() && !attachments.length && !hasPicture(rich_content);

export function hasPicture(node: RichNode | null): boolean {
  return node !== null && (node.type === "image" || (node.content ?? []).some(hasPicture));
}

function set(ticket: string, isNote: boolean, draft: Draft): void {
  const id = keyOf(ticket, isNote);
  draftOf(ticket, isNote).value = draft;
  void (isEmpty(draft) && !draft.isNew
    ? cache.drop("drafts", id)
    : cache.keep("drafts", [{ id, data: draft }]));
}

/** Takes down what stands in the composer now; the server hears of it when one rests. */
export function write(ticket: string, isNote: boolean, written: Partial<Draft>): void {
  set(ticket, isNote, { ...draftOf(ticket, isNote).peek(), ...written, isNew: true });
  later(ticket, isNote);
}

function later(ticket: string, isNote: boolean): void {
  latest.set(ticket, isNote);
  clearTimeout(timers.get(ticket));
  timers.set(
    ticket,
    setTimeout(() => void save(ticket), RESTS_MS),
  );
}

/** Tells the server at once what it would be told in a moment. */
export function flush(ticket: string): void {
  if (timers.has(ticket)) void save(ticket);
}

/** One after the other, so that what was sent does not come back as a draft. */
function save(ticket: string): Promise<void> {
  clearTimeout(timers.get(ticket));
  timers.delete(ticket);
  const turn = (turns.get(ticket) ?? Promise.resolve()).then(() => saveNow(ticket));
  turns.set(ticket, turn);
  return turn;
}

async function saveNow(ticket: string): Promise<void> {
  const isNote = latest.get(ticket) ?? false;
  const draft = draftOf(ticket, isNote).peek();
  const id = project.peek()?.id ?? 0;
  try {
    if (isEmpty(draft)) await server.drop(id, ticket);
    else await server.keep(id, ticket, { content: draft.content, rich_content: draft.rich_content }, isNote);
  } catch (error) {
    // Too long for a draft, or not allowed: it stays in the browser. Without a line: until the next key.
    if (!(error instanceof ApiError)) return;
  }
  const now = draftOf(ticket, isNote);
  if (now.peek() === draft) set(ticket, isNote, { ...draft, isNew: false, isThere: !isEmpty(draft) });
  const other = draftOf(ticket, !isNote).peek();
  if (other.isThere) set(ticket, !isNote, { ...other, isThere: false });
}

/** It was sent, or is not wanted any more. */
export function clear(ticket: string, isNote: boolean): void {
  set(ticket, isNote, NOTHING);
  // What waits in the other kind takes the place on the server.
  later(ticket, isEmpty(draftOf(ticket, !isNote).peek()) ? isNote : !isNote);
  flush(ticket);
}

/** Brings back what was begun, here or in another browser; tells which kind was written last. */
export async function restore(ticket: string): Promise<boolean | null> {
  for (const isNote of [false, true]) {
    const kept = await cache.recall<Draft>("drafts", keyOf(ticket, isNote));
    if (kept && isEmpty(draftOf(ticket, isNote).peek())) draftOf(ticket, isNote).value = kept;
  }
  const known = await server.read(project.peek()?.id ?? 0, ticket).catch(() => undefined);
  if (known !== undefined) for (const isNote of [false, true]) settle(ticket, isNote, known);
  for (const isNote of [false, true]) {
    const draft = draftOf(ticket, isNote).peek();
    if (draft.isNew && !timers.has(ticket)) later(ticket, isNote);
    if (!isEmpty(draft) && (known?.is_private ?? isNote) === isNote) return isNote;
  }
  return null;
}

/** What the server has wins over what it once had from here, never over what it has not heard yet. */
function settle(ticket: string, isNote: boolean, found: Awaited<ReturnType<typeof server.read>>): void {
  const here = draftOf(ticket, isNote).peek();
  const settled = reconciled(here, found?.is_private === isNote ? found : null);
  if (settled !== here) set(ticket, isNote, settled);
}

export function reconciled(here: Draft, there: server.DraftText | null): Draft {
  if (here.isNew) return here;
  if (there) {
    if (there.content === here.content && here.isThere) return here;
    return { ...here, content: there.content, rich_content: there.rich_content, isThere: true };
  }
  return here.isThere ? NOTHING : here;
}
