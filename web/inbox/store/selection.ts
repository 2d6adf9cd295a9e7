/** Which rows are ticked, and which one the keys are at. */

import { signal } from "@preact/signals";
import { between } from "./rows";

export const selected = signal<ReadonlySet<string>>(new Set());
/** The row that has the focus or would get it. */
export const active = signal<string | null>(null);

let anchor: string | null = null;

export function toggle(id: string): void {
  const next = new Set(selected.peek());
  if (!next.delete(id)) next.add(id);
  anchor = id;
  selected.value = next;
}

/** Ticks everything from where one ticked last to this row. */
export function extend(rows: readonly string[], id: string): void {
  selected.value = new Set([...selected.peek(), ...between(rows, anchor ?? active.peek() ?? id, id)]);
  anchor = id;
}

export function selectAll(rows: readonly string[]): void {
  selected.value = new Set(rows);
}

export function clear(): void {
  if (selected.peek().size) selected.value = new Set();
  anchor = null;
}

/** For rows that are gone. */
export function drop(ids: readonly string[]): void {
  const left = [...selected.peek()].filter((id) => !ids.includes(id));
  if (left.length < selected.peek().size) selected.value = new Set(left);
}
