/** Saved views, and how many tickets stand in each. */

import { computed, signal } from "@preact/signals";
import * as server from "../../api/views";
import * as cache from "./cache";
import type { Stored } from "./filters";
import { onEvent, onReturn } from "./live";
import { project } from "./session";
import { fromStored } from "./stored-views";

export type { Count, View } from "../../api/views";

export const views = signal<server.View[]>([]);
export const counts = signal<server.Counts | null>(null);

const stored = computed(() => new Map(views.value.map((view) => [view.short_id, fromStored(view.filters)])));

export const storedView = (shortId: string): Stored | undefined => stored.value.get(shortId);
export const viewOf = (shortId: string): server.View | undefined =>
  views.value.find((view) => view.short_id === shortId);

/** Favourites first, then the newest. */
export function inOrder(found: readonly server.View[]): server.View[] {
  return [...found].sort(
    (a, b) => Number(b.is_favorited) - Number(a.is_favorited) || b.created_at.localeCompare(a.created_at),
  );
}

export const here = (): number => project.peek()?.id ?? 0;

/** So often the views were put anew: an answer that was asked for before knows less. */
let puts = 0;

export function put(found: readonly server.View[]): void {
  puts += 1;
  views.value = inOrder(found);
  void cache.keep("lists", [{ id: `views:${here()}`, data: views.value }]);
}

export async function load(): Promise<void> {
  const [id, before] = [here(), puts];
  const isLatest = () => id === here() && before === puts;
  const kept = await cache.recall<server.View[]>("lists", `views:${id}`);
  if (kept && isLatest()) views.value = kept;
  const found = await server.list(id);
  if (isLatest()) put(found);
  else if (id === here()) await load();
}

export async function count(): Promise<void> {
  const id = here();
  try {
    const found = await server.counts(id);
    if (id === here()) counts.value = found;
  } catch {
    // Numbers beside the views are a courtesy: the next event asks again.
  }
}

let soon: ReturnType<typeof setTimeout> | undefined;
let countedAt = 0;
const SOON_MS = 400;
const SELDOM_MS = 4000;

function countSoon(): void {
  soon ??= setTimeout(
    () => {
      soon = undefined;
      countedAt = Date.now();
      void count();
    },
    Math.max(SOON_MS, countedAt + SELDOM_MS - Date.now()),
  );
}

/** Keeps views and counts as long as somebody sees them. */
export function attendViews(onFailure: (error: unknown) => void): () => void {
  counts.value = null;
  void load().catch(onFailure);
  void count();
  const ends = [onEvent((event) => event.ticket_id && countSoon()), onReturn(countSoon)];
  return () => {
    for (const end of ends) end();
    clearTimeout(soon);
    soon = undefined;
  };
}
