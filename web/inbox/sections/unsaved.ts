/** What was typed into forms and not saved: it outlives a look at another page. */

import { signal } from "@preact/signals";

type Values = Readonly<Record<string, unknown>>;

const kept = signal<ReadonlyMap<string, Values>>(new Map());

/** Lists and objects count by what is in them. */
export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== null && typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));

/** The values that differ from what is stored. */
export function changesOf<T extends object>(form: string, stored: T): Partial<T> {
  const given = (kept.value.get(form) ?? {}) as Partial<T>;
  const differing = Object.entries(given).filter(([name, value]) => !isSame(value, stored[name as keyof T]));
  return Object.fromEntries(differing) as Partial<T>;
}

export function note(form: string, values: object): void {
  kept.value = new Map(kept.peek()).set(form, { ...kept.peek().get(form), ...values });
}

export function forget(form: string, names?: string[]): void {
  const rest = Object.entries(kept.peek().get(form) ?? {}).filter(([name]) => names && !names.includes(name));
  const left = new Map(kept.peek());
  if (rest.length) left.set(form, Object.fromEntries(rest));
  else left.delete(form);
  kept.value = left;
}

/** Whether something of the forms whose names begin so is not saved. */
export const isUnsaved = (prefix: string): boolean =>
  [...kept.value.keys()].some((form) => form.startsWith(prefix));

globalThis.addEventListener?.("beforeunload", (event) => {
  if (isUnsaved("")) event.preventDefault();
});
