import { expect, test } from "vitest";
import { ar } from "./ar";
import { late as lateAr } from "./ar/late";
import { de } from "./de";
import { late as lateDe } from "./de/late";
import { en } from "./en";
import { late as lateEn } from "./en/late";
import type { Forms } from "./index";

type Catalogue = Record<string, string | Forms>;

const SOURCE: Catalogue = { ...en, ...lateEn };
const TRANSLATED: [language: string, words: Catalogue][] = [
  ["de", { ...de, ...lateDe }],
  ["ar", { ...ar, ...lateAr }],
];
const ALL: typeof TRANSLATED = [["en", SOURCE], ...TRANSLATED];

const textsOf = (found: string | Forms): string[] =>
  typeof found === "string" ? [found] : Object.values(found);

const placeholdersOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

/** What is replaced in every form; one, two and none are often said without a digit. */
function needed(found: string | Forms): string {
  const [whole] = textsOf(typeof found === "string" ? found : found.other);
  return [...new Set(placeholdersOf(whole ?? ""))].sort().join();
}

test("no word stands in the first catalogue and in the later one", () => {
  expect(Object.keys(en).filter((key) => key in lateEn)).toEqual([]);
});

test.each(TRANSLATED)("%s has every text and no other", (_, words) => {
  expect(Object.keys(words).sort()).toEqual(Object.keys(SOURCE).sort());
});

test.each(TRANSLATED)("%s has the same names to replace", (_, words) => {
  const differing = Object.keys(SOURCE).filter((key) => needed(words[key] ?? "") !== needed(SOURCE[key]!));
  expect(differing).toEqual([]);
});

test.each(ALL)("%s says something everywhere", (_, words) => {
  const silent = Object.keys(words).filter((key) => textsOf(words[key]!).some((text) => !text.trim()));
  expect(silent).toEqual([]);
});

test.each(ALL)("%s has the plural forms its numbers need, and no others", (language, words) => {
  const known = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  // None is said as any number is, unless there is a better way.
  const wrong = Object.entries(words).filter(([, found]) => {
    const given = typeof found === "string" ? known : (Object.keys(found) as typeof known);
    return (
      given.some((form) => !known.includes(form)) ||
      known.some((form) => form !== "zero" && !given.includes(form))
    );
  });
  expect(wrong.map(([key]) => key)).toEqual([]);
});

test.each(ALL)("%s replaces nothing that another form does not know", (_, words) => {
  const strange = Object.keys(words).filter((key) => {
    const known = new Set(placeholdersOf(textsOf(SOURCE[key] ?? "").join(" ")));
    return textsOf(words[key]!).some((text) => placeholdersOf(text).some((name) => !known.has(name)));
  });
  expect(strange).toEqual([]);
});
