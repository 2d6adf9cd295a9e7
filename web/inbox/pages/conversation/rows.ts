/** A timeline as the rows one reads: days, groups by author, and changes folded together. */

import type { LoggedEvent, Message } from "../../../api/types";
import type { Outgoing } from "../../store/outgoing";
import type { Entry } from "../../store/thread-entries";

export type Side = "customer" | "team" | "note";

export interface Said {
  key: string;
  message: Message;
  /** On its way to the server. */
  outgoing: Outgoing | null;
}

export type Row =
  | { kind: "day"; key: string; at: string }
  | { kind: "unread"; key: string }
  | {
      kind: "said";
      key: string;
      side: Side;
      author: string;
      at: string;
      /** The ticket that it came in with, by a merge. */
      from: string | null;
      messages: Said[];
    }
  | { kind: "changes"; key: string; events: LoggedEvent[] };

/** Longer than this apart, and the time is told again. */
const TOGETHER_MS = 10 * 60_000;

/** What the messages show of themselves anyway. */
const SILENT = new Set(["message.edited", "note.edited", "ticket.marked_unread"]);

export function sideOf(message: Message): Side {
  if (message.is_private) return "note";
  return message.author_type === "customer" ? "customer" : "team";
}

/** A message that is on its way, as if it had arrived. */
export function asMessage(outgoing: Outgoing, author: { name: string; email: string }): Message {
  return {
    id: outgoing.id,
    message_type: outgoing.isNote ? "internal_note" : "sent_reply",
    content: outgoing.said.message,
    rich_content: outgoing.said.rich_content as Message["rich_content"],
    author_type: "support",
    author_name: author.name,
    author_email: author.email,
    is_private: outgoing.isNote,
    has_full_email_content: false,
    version: 0,
    created_at: outgoing.at,
    attachments: outgoing.attachments,
  };
}

const day = (at: string): string => new Date(at).toDateString();

interface Given {
  /** The ticket that is read. */
  ticket: string;
  entries: Entry[];
  sending: Said[];
  /** Before this message stands the line that says what is new. */
  firstUnread: string | null;
}

export function rowsOf({ ticket, entries, sending, firstUnread }: Given): Row[] {
  const rows: Row[] = [];
  let today = "";
  const add = (at: string, row: () => Row | null) => {
    if (day(at) !== today) {
      today = day(at);
      rows.push({ kind: "day", key: `day ${today}`, at });
    }
    const made = row();
    if (made) rows.push(made);
  };
  for (const { id, at, ticket: home, message, event } of entries) {
    const from = home === ticket ? null : home;
    if (event && !SILENT.has(event.type)) add(at, () => foldChange(rows.at(-1), event));
    if (id === firstUnread) add(at, () => ({ kind: "unread", key: "unread" }));
    if (message) add(at, () => joinGroup(rows.at(-1), { key: id, message, outgoing: null }, from));
  }
  for (const said of sending) add(said.message.created_at, () => joinGroup(rows.at(-1), said, null));
  return rows;
}

function foldChange(last: Row | undefined, event: LoggedEvent): Row | null {
  if (last?.kind !== "changes") return { kind: "changes", key: event.id, events: [event] };
  last.events.push(event);
  return null;
}

function joinGroup(last: Row | undefined, said: Said, from: string | null): Row | null {
  const { message } = said;
  const [side, author, at] = [sideOf(message), message.author_name, message.created_at];
  if (last?.kind === "said" && last.side === side && last.author === author && last.from === from) {
    const before = last.messages.at(-1)?.message.created_at ?? at;
    if (Date.parse(at) - Date.parse(before) < TOGETHER_MS) {
      last.messages.push(said);
      return null;
    }
  }
  return { kind: "said", key: said.key, side, author, at, from, messages: [said] };
}

/** The first of the last `count` messages of the customer's. */
export function firstUnreadOf(entries: Entry[], count: number): string | null {
  if (count <= 0) return null;
  const theirs = entries.filter(({ message }) => message && sideOf(message) === "customer");
  return theirs.at(-Math.min(count, theirs.length))?.id ?? null;
}
