/** Which ticket the keys act on, and which of its menus is open. */

import { computed, signal } from "@preact/signals";
import { match, place } from "../router";
import { selected } from "./selection";
import { mayWrite } from "./session";
import { ticket } from "./tickets";

/** What the address names, once it is known. */
export const current = computed(() => {
  const ref = match("/projects/:project/tickets/:ref", place.value.path)?.ref;
  return (ref && ticket(ref)?.value) || null;
});

/** With tickets ticked in the list, the keys are about those. */
export const mayAct = computed(() => current.value !== null && mayWrite.value && selected.value.size === 0);

export type Menu = "status" | "priority" | "assignee" | "tags" | "snooze" | "more" | "merge";

export const menu = signal<Menu | null>(null);
