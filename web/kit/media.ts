import { type ReadonlySignal, signal } from "@preact/signals";

/** Whether the window is as the media query says, now and when it changes. */
export function matches(query: string): ReadonlySignal<boolean> {
  const list = globalThis.matchMedia?.(query);
  const found = signal(list?.matches ?? true);
  list?.addEventListener("change", (event) => (found.value = event.matches));
  return found;
}
