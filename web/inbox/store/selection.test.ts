import { beforeEach, expect, test } from "vitest";
import { active, clear, drop, extend, selectAll, selected, toggle } from "./selection";

const ROWS = ["a", "b", "c", "d"];
const ticked = () => [...selected.value].sort();

beforeEach(() => {
  clear();
  active.value = null;
});

test("a row is ticked and unticked", () => {
  toggle("b");
  expect(ticked()).toEqual(["b"]);
  toggle("b");
  expect(ticked()).toEqual([]);
});

test("a range goes from the last tick, or from where one stands", () => {
  toggle("b");
  extend(ROWS, "d");
  expect(ticked()).toEqual(["b", "c", "d"]);
  clear();
  active.value = "c";
  extend(ROWS, "a");
  expect(ticked()).toEqual(["a", "b", "c"]);
});

test("rows that are gone are not ticked", () => {
  selectAll(ROWS);
  drop(["a", "d"]);
  expect(ticked()).toEqual(["b", "c"]);
});
