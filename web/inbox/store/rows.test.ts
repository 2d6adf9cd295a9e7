import { expect, test } from "vitest";
import { between, joinRows, moved, neighbour } from "./rows";

test("a list as it was has moved nowhere", () => {
  expect(moved(["a", "b", "c"], ["a", "b"])).toBe(0);
  expect(moved([], [])).toBe(0);
});

test("each new row and each one that rose counts once", () => {
  expect(moved(["a", "b", "c"], ["x", "a", "b", "c"])).toBe(1);
  expect(moved(["a", "b", "c"], ["c", "a", "b"])).toBe(1);
  expect(moved(["a", "b", "c", "d"], ["d", "x", "a", "b"])).toBe(2);
  expect(moved([], ["a", "b"])).toBe(2);
});

test("rows that slid in from the next page are not news", () => {
  expect(moved(["a", "b", "c"], ["a", "c", "d"])).toBe(0);
});

test("a page adds what is not shown yet", () => {
  expect(joinRows(["a", "b"], ["b", "c"])).toEqual(["a", "b", "c"]);
});

test("moving stops at both ends, and goes on where the row has gone", () => {
  expect(neighbour(["a", "b"], "b", 1)).toBe("b");
  expect(neighbour(["a", "b"], null, 1)).toBe("a");
  expect(neighbour(["a", "b"], null, -1)).toBe("b");
  expect(neighbour(["a", "b"], "gone", 1, 1)).toBe("b");
  expect(neighbour(["a", "b"], "gone", 1, 7)).toBe("b");
  expect(neighbour([], null, 1)).toBeUndefined();
});

test("a range may be drawn upwards", () => {
  expect(between(["a", "b", "c"], "c", "b")).toEqual(["b", "c"]);
  expect(between(["a", "b", "c"], "gone", "b")).toEqual(["b"]);
});
