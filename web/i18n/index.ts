/** Every word the inbox says, in the reader's language. Other languages are loaded when they are asked for. */

import { computed, signal } from "@preact/signals";
import { en } from "./en";
import type { late as lateEn } from "./en/late";
import { numbers } from "./formats";
import { LANGUAGES, type Language, language } from "./language";

type Texts<Source> = { readonly [Key in keyof Source]: Source[Key] extends string ? string : Forms };
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
/** What the first paint may need, and what comes with pages that are loaded later. */
export type Catalogue = Texts<typeof en>;
export type Late = Texts<typeof lateEn>;
export type Key = keyof Catalogue | keyof Late;

export { LANGUAGES, type Language, language };

const LOADERS: Record<Language, () => Promise<Catalogue>> = {
  en: () => Promise.resolve(en),
  de: () => import("./de").then((found) => found.de),
  ar: () => import("./ar").then((found) => found.ar),
};
const LATE: Record<Language, () => Promise<Late>> = {
  en: () => import("./en/late").then((found) => found.late),
  de: () => import("./de/late").then((found) => found.late),
  ar: () => import("./ar/late").then((found) => found.late),
};
const RIGHT_TO_LEFT = new Set<Language>(["ar"]);
const KEPT = "language";
/** Letters and marks after which the rest of a sentence would be in another order, were they not kept apart. */
const MIXED = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

const catalogue = signal<Catalogue & Partial<Late>>(en);
let isLateWanted = false;
const plurals = computed(() => new Intl.PluralRules(language.value));

/** The text, with `{name}` replaced; `count` chooses among plural forms. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const found = (catalogue.value[key] ?? "") as string | Forms;
  const text = typeof found === "string" ? found : form(found, Number(values.count));
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => shown(values[name]) ?? whole);
}

function form(forms: Forms, count: number): string {
  return forms[plurals.value.select(count)] ?? forms.other;
}

function shown(value: string | number | undefined): string | undefined {
  if (typeof value === "number") return numbers().format(value);
  return value && (RIGHT_TO_LEFT.has(language.value) || MIXED.test(value)) ? `\u2068${value}\u2069` : value;
}

export async function speak(wanted: Language): Promise<void> {
  const [first, later] = await Promise.all([LOADERS[wanted](), isLateWanted ? LATE[wanted]() : undefined]);
  catalogue.value = { ...first, ...later };
  language.value = wanted;
  document.documentElement.lang = wanted;
  document.documentElement.dir = RIGHT_TO_LEFT.has(wanted) ? "rtl" : "ltr";
  localStorage.setItem(KEPT, wanted);
}

/** Fetches what the later pages say, in this language and in those that are chosen from now on. */
export async function speakLate(): Promise<void> {
  if (isLateWanted && "sign_in" in catalogue.peek()) return;
  isLateWanted = true;
  const wanted = language.peek();
  const later = await LATE[wanted]();
  // Somebody chose another language meanwhile: that one brings its own.
  if (language.peek() === wanted) catalogue.value = { ...catalogue.peek(), ...later };
}

/** What was chosen here before, else the first of the browser's languages that we have. */
export function preferred(): Language {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((name) => name.slice(0, 2))];
  return wanted.find((name): name is Language => name !== null && name in LANGUAGES) ?? "en";
}
