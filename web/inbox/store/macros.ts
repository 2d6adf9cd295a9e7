/** The macros one may use here. */

import { signal } from "@preact/signals";
import * as server from "../../api/macros";
import * as cache from "./cache";
import { project } from "./session";

/** Empty until they are loaded. */
export const macros = signal<server.Macro[]>([]);

const FRESH_MS = 60_000;
let loaded: { project: number; at: number } | null = null;
let asked: Promise<unknown> | undefined;

/** Asks at most once a minute; what was known before shows until the answer is there. */
export async function loadMacros(again = false): Promise<void> {
  const id = project.peek()?.id;
  if (!id) return;
  const isSame = loaded?.project === id;
  if (!isSame || again || Date.now() - (loaded?.at ?? 0) > FRESH_MS) {
    loaded = { project: id, at: Date.now() };
    asked = Promise.all([!isSame && recall(id), fetchMacros(id)]);
  }
  if (!macros.peek().length) await asked;
}

async function recall(id: number): Promise<void> {
  macros.value = [];
  const kept = await cache.recall<server.Macro[]>("lists", `macros:${id}`);
  if (kept && loaded?.project === id && !macros.peek().length) macros.value = kept;
}

async function fetchMacros(id: number): Promise<void> {
  try {
    const found = await server.list(id);
    if (loaded?.project === id) macros.value = found;
    void cache.keep("lists", [{ id: `macros:${id}`, data: found }]);
  } catch {
    loaded = null;
  }
}
