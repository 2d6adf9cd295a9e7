/** Choosing the messages of a thread that become a ticket of their own. */

import { signal } from "@preact/signals";

export interface Splitting {
  /** The ticket's id. */
  ticket: string;
  /** The ids of what was chosen. */
  messages: ReadonlySet<string>;
}

/** Null while nobody splits. */
export const splitting = signal<Splitting | null>(null);

export function beginSplit(ticket: string, messages: string[] = []): void {
  splitting.value = { ticket, messages: new Set(messages) };
}

/** Chooses a message, or not after all. */
export function toggleSplit(message: string): void {
  const now = splitting.peek();
  if (!now) return;
  const messages = new Set(now.messages);
  if (!messages.delete(message)) messages.add(message);
  splitting.value = { ...now, messages };
}

export function endSplit(): void {
  splitting.value = null;
}
