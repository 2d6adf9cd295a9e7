/** A ticket's timeline as a list, oldest first: how answers that arrive in any order become one. */

import type { TimelinePage } from "../../api/messages";
import type { Happened, LoggedEvent, Message } from "../../api/types";

export interface Entry {
  id: string;
  at: string;
  /** Another one than the thread's for what came in with a merge. */
  ticket: string | null;
  message: Message | null;
  event: LoggedEvent | null;
}

export interface Thread {
  entries: Entry[];
  /** Where older entries are; null when there are none. */
  older: string | null;
}

export function entryOf({ at, ticket_id: ticket, message, event }: Happened): Entry {
  return { id: message?.id ?? event?.id ?? at, at, ticket, message, event };
}

/** As the server orders them: by time, then by id. */
const order = (a: Entry, b: Entry): number => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1);

/** What has not changed stays the same object, so that it is not drawn again. */
function keepSame(found: Entry[], kept: Entry[]): Entry[] {
  const known = new Map(kept.map((entry) => [entry.id, entry]));
  return found.map((entry) => {
    const before = known.get(entry.id);
    return before && JSON.stringify(before) === JSON.stringify(entry) ? before : entry;
  });
}

/** The newest page over what was known: what the page should hold and does not, is gone. */
export function reconcile(kept: Thread | undefined, page: TimelinePage): Thread {
  const fresh = keepSame(page.results.map(entryOf).reverse(), kept?.entries ?? []);
  const first = fresh[0];
  if (!kept || page.cursor === null || !first) return { entries: fresh, older: page.cursor };
  const ids = new Set(fresh.map(({ id }) => id));
  // Without a common entry there may be a gap between both: then only the new ones count.
  if (!kept.entries.some(({ id }) => ids.has(id))) return { entries: fresh, older: page.cursor };
  const before = kept.entries.filter((entry) => !ids.has(entry.id) && order(entry, first) < 0);
  return { entries: [...before, ...fresh], older: before.length ? kept.older : page.cursor };
}

/** An older page before what is there. */
export function prepend(kept: Thread, page: TimelinePage): Thread {
  const ids = new Set(kept.entries.map(({ id }) => id));
  const older = page.results
    .map(entryOf)
    .reverse()
    .filter(({ id }) => !ids.has(id));
  return { entries: [...older, ...kept.entries], older: page.cursor };
}

/** Puts a message where it belongs, or in place of what it was before. */
export function put(kept: Thread, message: Message, ticket: string | null = null): Thread {
  const before = kept.entries.find(({ id }) => id === message.id);
  const entry: Entry = {
    id: message.id,
    at: message.created_at,
    ticket: before?.ticket ?? ticket,
    message,
    event: null,
  };
  const others = kept.entries.filter(({ id }) => id !== entry.id);
  return { ...kept, entries: [...others, entry].sort(order) };
}

export function without(kept: Thread, id: string): Thread {
  return { ...kept, entries: kept.entries.filter((entry) => entry.id !== id) };
}
