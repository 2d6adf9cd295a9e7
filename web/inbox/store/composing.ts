/** The conversation that one begins: kept while the tab is there, so that nothing typed is lost. */

import { effect, signal } from "@preact/signals";
import { overlay } from "./overlay";

/** Whom it goes to: somebody known, or an address alone. */
export interface Recipient {
  name: string;
  email: string;
  /** Empty for an address alone. */
  distinctId: string;
}

export interface Composing {
  to: Recipient | null;
  way: "email" | "widget";
  subject: string;
  message: string;
  tags: string;
}

const KEPT = "composing";
const EMPTY: Composing = { to: null, way: "email", subject: "", message: "", tags: "" };

function recall(): Composing {
  try {
    return { ...EMPTY, ...(JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") as Partial<Composing>) };
  } catch {
    return EMPTY;
  }
}

export const composing = signal<Composing>(globalThis.sessionStorage ? recall() : EMPTY);

if (globalThis.sessionStorage) effect(() => sessionStorage.setItem(KEPT, JSON.stringify(composing.value)));

export function write(changes: Partial<Composing>): void {
  composing.value = { ...composing.peek(), ...changes };
}

export function startAnew(): void {
  composing.value = EMPTY;
}

/** Opens it with a recipient; what was written to somebody else stays, addressed anew. */
export function composeTo(to: Recipient): void {
  write({ to });
  overlay.value = "compose";
}

/** Tags as they are typed. */
export const tagsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((tag) => tag.trim().toLocaleLowerCase())
      .filter(Boolean),
  ),
];

export const isAddress = (text: string): boolean => /^[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,]+$/.test(text.trim());
