import { expect, test } from "vitest";
import { safeHref } from "./facts";
import { deviceOf, parted, pathOf, readValue, shownContext } from "./known";

test("a value stays of its kind when it is edited", () => {
  expect(readValue("12", "7")).toBe("12");
  expect(readValue("12", 7)).toBe(12);
  expect(readValue("twelve", 7)).toBe("twelve");
  expect(readValue("false", true)).toBe(false);
  expect(readValue('["a"]', [])).toEqual(["a"]);
});

test("a new value is a number only if it looks so, and never an object", () => {
  expect(readValue("12")).toBe(12);
  expect(readValue("true")).toBe(true);
  expect(readValue("12 Main St")).toBe("12 Main St");
  expect(readValue('{"a": 1}')).toBe('{"a": 1}');
  expect(readValue("null")).toBe("null");
});

test("what a script noted stands behind what people set", () => {
  const { own, noted } = parted({ name: "Ada", plan: "team", $os: "Linux", seats: 3 });
  expect(own).toEqual([
    ["plan", "team"],
    ["seats", "3"],
  ]);
  expect(noted).toEqual([["$os", "Linux"]]);
});

test("the device in few words", () => {
  expect(deviceOf({ $browser: "Chrome", $browser_version: 120, $geoip_country_name: "Chad" })).toEqual([
    ["browser", "Chrome 120"],
    ["place", "Chad"],
  ]);
});

test("links of the context are shown as links alone", () => {
  expect(shownContext({ current_url: "https://a.example", cart: 3, none: null })).toEqual([["cart", "3"]]);
  expect(pathOf("https://a.example/b?c=1")).toBe("a.example/b?c=1");
  expect(pathOf("https://a.example/")).toBe("a.example");
});

test("only pages are linked", () => {
  expect(safeHref("javascript:alert(1)")).toBeNull();
  expect(safeHref("data:text/html,x")).toBeNull();
  expect(safeHref(7)).toBeNull();
  expect(safeHref("https://a.example/x")).toBe("https://a.example/x");
});
