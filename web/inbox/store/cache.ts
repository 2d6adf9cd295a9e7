/** What was seen before, kept in the browser, so that it paints before the network answers. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";

interface Kept extends DBSchema {
  tickets: { key: string; value: { id: string; at: number; data: unknown } };
  threads: { key: string; value: { id: string; at: number; data: unknown } };
  lists: { key: string; value: { id: string; at: number; data: unknown } };
  outbox: { key: string; value: { id: string; at: number; data: unknown } };
  drafts: { key: string; value: { id: string; at: number; data: unknown } };
}

export type Shelf = "tickets" | "threads" | "lists" | "outbox" | "drafts";

const NAME = "rejoinder";
const VERSION = 2;
const MOST: Record<Shelf, number> = {
  tickets: 20_000,
  threads: 2_000,
  lists: 100,
  outbox: 1_000,
  drafts: 1_000,
};

/** What was forgotten takes nothing in until the page begins anew: an answer may be under way. */
const closed = new Set<Shelf>();

let opened: Promise<IDBPDatabase<Kept> | null> | undefined;

/** The database; null where the browser grants none, and all goes on without. */
function open(): Promise<IDBPDatabase<Kept> | null> {
  opened ??= openDB<Kept>(NAME, VERSION, {
    upgrade(database) {
      for (const shelf of Object.keys(MOST) as Shelf[])
        if (!database.objectStoreNames.contains(shelf)) database.createObjectStore(shelf, { keyPath: "id" });
    },
  }).catch(() => null);
  return opened;
}

export async function recall<T>(shelf: Shelf, id: string): Promise<T | undefined> {
  return (await (await open())?.get(shelf, id))?.data as T | undefined;
}

/** Those of the ids that are kept, in one go. */
export async function recallSome<T>(shelf: Shelf, ids: string[]): Promise<T[]> {
  const store = (await open())?.transaction(shelf).store;
  const found = await Promise.all(ids.map((id) => store?.get(id)));
  return found.flatMap((entry) => (entry ? [entry.data as T] : []));
}

export async function recallAll<T>(shelf: Shelf): Promise<T[]> {
  return ((await (await open())?.getAll(shelf)) ?? []).map((entry) => entry.data as T);
}

/** Keeps plain data under its id. */
export async function keep(shelf: Shelf, entries: { id: string; data: unknown }[]): Promise<void> {
  const database = await open();
  if (!database || closed.has(shelf)) return;
  const transaction = database.transaction(shelf, "readwrite");
  const at = Date.now();
  for (const entry of entries) void transaction.store.put({ ...entry, at });
  await transaction.done.catch(() => undefined);
}

export async function drop(shelf: Shelf, id: string): Promise<void> {
  await (await open())?.delete(shelf, id);
}

/** Shelves do not grow for ever: what was kept first goes first. */
export async function tidy(): Promise<void> {
  const database = await open();
  for (const shelf of Object.keys(MOST) as Shelf[]) {
    const entries = ((await database?.getAll(shelf)) ?? []).sort((a, b) => b.at - a.at);
    for (const { id } of entries.slice(MOST[shelf])) await database?.delete(shelf, id);
  }
}

/** For signing out: nothing of a team's stays in a browser that somebody else may use. */
export async function forgetEverything(except: readonly Shelf[] = []): Promise<void> {
  const database = await open();
  const shelves = (Object.keys(MOST) as Shelf[]).filter((shelf) => !except.includes(shelf));
  for (const shelf of shelves) closed.add(shelf);
  for (const shelf of shelves) await database?.clear(shelf);
}
