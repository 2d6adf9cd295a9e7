/** Saving views, and changing those that are saved. */

import * as server from "../../api/views";
import type { Stored } from "./filters";
import { toStored } from "./view-filters";
import { count, here, put, viewOf, views } from "./views";

const others = (shortId: string): server.View[] => views.peek().filter((view) => view.short_id !== shortId);

export async function create(name: string, shared: boolean, filters: Stored): Promise<server.View> {
  const made = await server.create(here(), {
    name,
    visibility: shared ? "shared" : "private",
    filters: toStored(filters),
  });
  put([...others(made.short_id), made]);
  void count();
  return made;
}

/** Shows the change at once, and takes it back if the server refuses. */
export async function change(shortId: string, changes: server.ViewIn): Promise<void> {
  const before = viewOf(shortId);
  if (!before) return;
  put([...others(shortId), { ...before, ...changes }]);
  try {
    put([...others(shortId), await server.change(here(), shortId, changes)]);
    if (changes.filters) void count();
  } catch (error) {
    put([...others(shortId), before]);
    throw error;
  }
}

export const changeFilters = (shortId: string, filters: Stored): Promise<void> =>
  change(shortId, { filters: toStored(filters) });

export async function remove(shortId: string): Promise<void> {
  const before = viewOf(shortId);
  if (!before) return;
  put(others(shortId));
  try {
    await server.remove(here(), shortId);
  } catch (error) {
    put([...others(shortId), before]);
    throw error;
  }
}
