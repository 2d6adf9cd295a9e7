import { signal } from "@preact/signals";

/** Each language in its own words. */
export const LANGUAGES = { en: "English", de: "Deutsch", ar: "العربية" } as const;
export type Language = keyof typeof LANGUAGES;

export const language = signal<Language>("en");
