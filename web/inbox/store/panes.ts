/** Which panes stand side by side, and which come in over the others. */

import { computed, signal } from "@preact/signals";
import { matches } from "../../kit/media";

/** One pane at a time: a phone. */
export const single = matches("(max-width: 56rem)");
/** The views stand beside the list. */
export const viewsFit = matches("(min-width: 72rem)");
/** The person stands beside the conversation. */
export const personFits = matches("(min-width: 84rem)");

const HIDDEN = "person-hidden";
const hidden = signal(globalThis.localStorage?.getItem(HIDDEN) === "yes");
const called = signal(false);

export const viewsOpen = signal(false);
export const personOpen = computed(() => (personFits.value ? !hidden.value : called.value));

/** Shows or hides the person; where there is room for it, that is remembered. */
export function togglePerson(): void {
  if (!personFits.peek()) {
    called.value = !called.peek();
    return;
  }
  hidden.value = !hidden.peek();
  localStorage.setItem(HIDDEN, hidden.value ? "yes" : "no");
}

export function closePerson(): void {
  called.value = false;
}
