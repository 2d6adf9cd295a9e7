/** The list of tickets. Rows change where they stand; they move only when nobody is looking for them. */

import { effect, signal } from "@preact/signals";
import type { LoggedEvent, Ticket } from "../../api/types";
import * as cache from "./cache";
import { type Asked, parameters } from "./filters";
import { onEvent, onReturn } from "./live";
import { away, type Listing, missing, PAGE, page, without } from "./pages";
import { joinRows, moved } from "./rows";
import { drop } from "./selection";
import { me, project } from "./session";
import { refresh, takeAll, ticket } from "./tickets";

export const listing = signal<Listing | null>(null);
export const failure = signal<unknown>(null);
export const loadingMore = signal(false);
/** How many rows came or moved while one was reading. */
export const waiting = signal(0);
/** Whether rows may move: one is at the top, and the pointer elsewhere. */
export const resting = signal(true);

const SOON_MS = 250;
const SELDOM_MS = 1500;
const REMEMBERED = 30;

const memory = new Map<string, Listing>();
let asked: Asked | undefined;
let name = "";
let stop = new AbortController();
let fresh: Listing | undefined;
/** Counts the times we asked for the first page: an answer that was overtaken is old. */
let looks = 0;
let answered = 0;

const keyOf = (wanted: Asked): string => `${project.peek()?.id}?${new URLSearchParams(parameters(wanted))}`;

/** Shows what is asked for: what we remember at once, then what is true. */
export async function show(wanted: Asked): Promise<void> {
  const wantedName = keyOf(wanted);
  // The server knew the view's filters before we did: the rows are right already.
  const same = wantedName === name || (asked?.unknown && asked.view === wanted.view && !wanted.edited);
  asked = wanted;
  name = wantedName;
  if (same) return look();
  stop.abort();
  stop = new AbortController();
  failure.value = null;
  forgetFresh();
  listing.value = memory.get(name) ?? null;
  await Promise.all([listing.value ? undefined : recall(name), look()]);
}

async function recall(wantedName: string): Promise<void> {
  const found = await cache.recall<Listing>("lists", wantedName);
  if (!found || name !== wantedName || listing.peek()) return;
  const tickets = await cache.recallSome<Ticket>("tickets", [...found.ids]);
  if (name !== wantedName || listing.peek() || tickets.length < found.ids.length) return;
  takeAll(tickets, false);
  listing.value = { ...found, remembered: true };
}

/** Asks for the first page, and brings it in or offers it. */
export async function look(): Promise<void> {
  if (!asked) return;
  const { signal: stopped } = stop;
  const turn = ++looks;
  try {
    const found = await page(parameters(asked), "", stopped);
    if (stopped.aborted || turn < answered) return;
    answered = turn;
    failure.value = null;
    const shown = listing.peek();
    const news = shown ? moved(shown.ids, found.ids) : 0;
    if (!shown || resting.peek()) adopt(found);
    else if (news === 0)
      listing.value = {
        ...shown,
        count: found.count,
        exact: found.exact,
        remembered: false,
        cursor: shown.remembered ? found.cursor : shown.cursor,
      };
    else offer(found, news);
  } catch (error) {
    if (!stopped.aborted && turn > answered) failure.value = error;
  }
}

function adopt(found: Listing): void {
  forgetFresh();
  remember(found);
}

function offer(found: Listing, news: number): void {
  fresh = found;
  waiting.value = news;
}

function forgetFresh(): void {
  fresh = undefined;
  waiting.value = 0;
}

function remember(found: Listing): void {
  listing.value = found;
  memory.delete(name);
  memory.set(name, found);
  for (const oldest of [...memory.keys()].slice(0, -REMEMBERED)) memory.delete(oldest);
  void cache.keep("lists", [{ id: name, data: { ...found, ids: found.ids.slice(0, PAGE), cursor: null } }]);
}

/** Brings in what came meanwhile. */
export function bringIn(): void {
  if (fresh) adopt(fresh);
}

/** The next page; asked for while one is under way, nothing happens. */
export async function more(): Promise<void> {
  const shown = listing.peek();
  if (!asked || !shown?.cursor || loadingMore.peek()) return;
  const { signal: stopped } = stop;
  loadingMore.value = true;
  try {
    const found = await page(parameters(asked), shown.cursor, stopped);
    const now = listing.peek();
    if (stopped.aborted || !now || now.cursor !== shown.cursor) return;
    remember({
      ...now,
      ids: joinRows(now.ids, found.ids),
      cursor: found.cursor,
      matches: { ...now.matches, ...found.matches },
    });
  } catch (error) {
    if (!stopped.aborted) failure.value = error;
  } finally {
    loadingMore.value = false;
  }
}

/** Takes rows out at once; no page that was asked for before brings them back. */
export function takeOut(ids: readonly string[]): void {
  const gone = new Set(ids);
  missing(ids);
  if (fresh) fresh = without(fresh, gone);
  drop(ids);
  const shown = listing.peek();
  if (!shown?.ids.some((id) => gone.has(id))) return;
  remember(without(shown, gone));
}

/** Takes rows out while the server is asked to delete their tickets. */
export function remove(ids: readonly string[], ask: () => Promise<unknown>): Promise<void> {
  const done = away(ids, ask);
  takeOut(ids);
  return done;
}

/** Takes those rows out that the filters no longer want: what one changes oneself goes at once. */
export async function recheck(ids: readonly string[]): Promise<void> {
  const shown = new Set(listing.peek()?.ids);
  const ours = ids.filter((id) => shown.has(id)).slice(0, 100);
  if (!asked || ours.length === 0) return;
  const { signal: stopped } = stop;
  const left = await page({ ...parameters(asked), ids: ours.join(",") }, "", stopped).catch(() => null);
  if (left && !stopped.aborted) takeOut(ours.filter((id) => !left.ids.includes(id)));
}

const GONE = new Set(["ticket.deleted", "ticket.purged"]);
/** What one reads in the view of unread tickets stays there until one is done with it. */
const READING = new Set(["ticket.read_by_team", "ticket.read_by_customer"]);

function hear(event: LoggedEvent): void {
  const id = event.ticket_id;
  if (!id) return;
  if (GONE.has(event.type)) {
    takeOut([id]);
    return;
  }
  if (ticket(id)) refresh(id);
  const mine = event.actor.kind === "user" && event.actor.id === String(me.peek()?.id);
  if (mine && !READING.has(event.type)) void recheck([id]);
  stir();
}

let soon: ReturnType<typeof setTimeout> | undefined;
let lookedAt = 0;

/** Looks again shortly, however much happens. */
function stir(): void {
  soon ??= setTimeout(
    () => {
      soon = undefined;
      lookedAt = Date.now();
      void look();
    },
    Math.max(SOON_MS, lookedAt + SELDOM_MS - Date.now()),
  );
}

/** Keeps the list true as long as the page is there. */
export function attend(): () => void {
  const ends = [
    onEvent(hear),
    onReturn(() => void look()),
    effect(() => {
      if (resting.value && waiting.value > 0) bringIn();
    }),
  ];
  return () => {
    for (const end of ends) end();
    clearTimeout(soon);
    soon = undefined;
  };
}
