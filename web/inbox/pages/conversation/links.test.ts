import { expect, test } from "vitest";
import { linkified, safeHref } from "./links";

test("only addresses that lead to pages, mail and telephones are followed", () => {
  for (const href of ["https://example.org", "http://example.org", "mailto:a@b.example", "tel:+49123"])
    expect(safeHref(href)).toBe(href);
  for (const href of [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "//example.org",
    "/path",
    7,
  ])
    expect(safeHref(href)).toBeNull();
});

test("addresses in a text become links, the signs around them do not", () => {
  const found = linkified("See https://example.org/a(b). Or (www.example.org), or ask ada@example.org!");

  expect(found.filter(({ href }) => href)).toEqual([
    { text: "https://example.org/a(b)", href: "https://example.org/a(b)" },
    { text: "www.example.org", href: "https://www.example.org" },
    { text: "ada@example.org", href: "mailto:ada@example.org" },
  ]);
  expect(found.map(({ text }) => text).join("")).toBe(
    "See https://example.org/a(b). Or (www.example.org), or ask ada@example.org!",
  );
});
