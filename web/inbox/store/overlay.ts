/** What lies over the page, one at a time. */

import { signal } from "@preact/signals";

export type Overlay = "palette" | "help" | "compose" | "leaving";

export const overlay = signal<Overlay | null>(null);

export function closeOverlay(): void {
  overlay.value = null;
}
