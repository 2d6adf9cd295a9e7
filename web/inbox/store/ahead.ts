/** What will likely be opened is at hand before that, so that it paints at once. */

import { effect } from "@preact/signals";
import { listing } from "./list";
import { active } from "./selection";
import { prefetch, recall } from "./thread";

/** Who only passes over a row does not mean it. */
const DWELL_MS = 70;
const ROWS = 50;

const recalled = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Somebody is at this row. */
export function approach(ticket: string | null | undefined): void {
  clearTimeout(timer);
  if (ticket) timer = setTimeout(() => void prefetch(ticket), DWELL_MS);
}

const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));

/** Looks ahead until what it returns is called. */
export function lookAhead(): () => void {
  const ends = [
    effect(() => {
      const ids = (listing.value?.ids.slice(0, ROWS) ?? []).filter((id) => !recalled.has(id));
      for (const id of ids) recalled.add(id);
      idle(() => void Promise.all(ids.map(recall)));
    }),
    effect(() => approach(active.value)),
  ];
  return () => {
    for (const end of ends) end();
    clearTimeout(timer);
  };
}
