/** Light, dark, or as the system has it. */

import { signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";

const KEPT = "theme";

export const theme = signal<Theme>((localStorage.getItem(KEPT) as Theme | null) ?? "system");

export function applyTheme(): void {
  document.documentElement.dataset.theme = theme.value;
}

export function choose(wanted: Theme): void {
  theme.value = wanted;
  localStorage.setItem(KEPT, wanted);
  applyTheme();
}
