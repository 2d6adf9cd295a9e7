/** Pages of the list, without what went while they were under way. */

import { list, type Query } from "../../api/tickets";
import type { Ticket } from "../../api/types";
import { project } from "./session";
import { takeAll } from "./tickets";

export type Match = NonNullable<Ticket["match"]>;

export interface Listing {
  ids: readonly string[];
  /** Where the next page begins; null at the end. */
  cursor: string | null;
  count: number;
  exact: boolean;
  /** Where a search found its text. */
  matches: Readonly<Record<string, Match>>;
  /** As it was when it was seen last: the server has not answered yet. */
  remembered: boolean;
}

export const PAGE = 50;

/** What the server is being asked to delete. */
const leaving = new Set<string>();
/** For each page under way what went since it was asked for: it may still have it. */
const underWay = new Set<Set<string>>();

/** Asks for a page; what went meanwhile is not in it. */
export async function page(query: Query, cursor: string, stopped: AbortSignal): Promise<Listing> {
  const id = project.peek()?.id ?? 0;
  const gone = new Set(leaving);
  underWay.add(gone);
  const { results, ...found } = await list(id, { ...query, limit: String(PAGE) }, cursor, stopped).finally(
    () => underWay.delete(gone),
  );
  takeAll(results);
  const matches: Record<string, Match> = {};
  for (const { id, match } of results) if (match) matches[id] = match;
  return without({ ...found, ids: results.map(({ id }) => id), matches, remembered: false }, gone);
}

/** The rows but those that are gone. */
export function without(shown: Listing, gone: ReadonlySet<string>): Listing {
  const ids = shown.ids.filter((id) => !gone.has(id));
  return { ...shown, ids, count: Math.max(0, shown.count - (shown.ids.length - ids.length)) };
}

/** Says that these went: a page under way may still have them. */
export function missing(ids: readonly string[]): void {
  for (const gone of underWay) for (const id of ids) gone.add(id);
}

/** No page has these while the server is asked to delete them. */
export async function away(ids: readonly string[], ask: () => Promise<unknown>): Promise<void> {
  for (const id of ids) leaving.add(id);
  try {
    await ask();
  } finally {
    for (const id of ids) leaving.delete(id);
  }
}
