import { expect, test } from "vitest";
import { follows, nameOfKey } from "./names";

const pressed = (key: string, more: object = {}) =>
  nameOfKey({ key, code: "", metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...more });

test("Ctrl and ⌘ are the same to us", () => {
  expect(pressed("k", { ctrlKey: true })).toBe("Mod+k");
  expect(pressed("k", { metaKey: true })).toBe("Mod+k");
});

test("Shift is named where the sign does not say it", () => {
  expect(pressed("M", { shiftKey: true })).toBe("Shift+m");
  expect(pressed("?", { shiftKey: true })).toBe("?");
  expect(pressed("/", { shiftKey: true, code: "Digit7" })).toBe("/");
  expect(pressed("Enter", { shiftKey: true })).toBe("Shift+Enter");
});

test("what it takes to write a sign is not part of its name", () => {
  expect(pressed("#", { altKey: true })).toBe("#");
  expect(pressed("#", { altKey: true, ctrlKey: true, code: "Digit3" })).toBe("#");
  expect(pressed("k", { altKey: true })).toBe("Alt+k");
});

test("caps lock does not turn the keys off", () => {
  expect(pressed("E")).toBe("e");
});

test("a keyboard of another script has our letters where they stand", () => {
  expect(pressed("ش", { code: "KeyA" })).toBe("a");
  expect(pressed("о", { code: "KeyJ" })).toBe("j");
});

test("a keyboard with Latin letters in other places keeps them there", () => {
  expect(pressed("z", { code: "KeyY" })).toBe("z");
});

test("keys that are pressed one after the other", () => {
  expect(follows("g i", ["g"])).toBe("begun");
  expect(follows("g i", ["g", "i"])).toBe("done");
  expect(follows("g i", ["g", "p"])).toBe("no");
  expect(follows("i", ["g", "i"])).toBe("no");
  expect(follows("i", ["i"])).toBe("done");
});
