import { expect, test } from "vitest";
import { ranked, score } from "./rank";

test("the beginning is better than a word, a word better than anything else", () => {
  const points = ["Assign to me", "To assign", "Reassign"].map((text) => score(text, "assign"));
  expect(points).toEqual([4, 3, 2]);
});

test("beginnings of words find a title", () => {
  expect(score("Mark as unread", "mar un")).toBe(1);
  expect(score("Mark as unread", "un mar")).toBe(0);
});

test("accents and case do not matter", () => {
  expect(score("Wieder öffnen", "OFF")).toBe(3);
});

test("nothing typed finds all, in their order", () => {
  expect(ranked(["b", "a"], " ", (text) => text)).toEqual(["b", "a"]);
});

test("the best comes first", () => {
  expect(ranked(["Reopen", "Open inbox", "Close"], "open", (text) => text)).toEqual(["Open inbox", "Reopen"]);
});
