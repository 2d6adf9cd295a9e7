import { beforeEach, expect, test } from "vitest";
import { changesOf, forget, isUnsaved, note } from "./unsaved";

const STORED = { name: "Shop", domains: ["a.example"] };

beforeEach(() => forget("shop/general"));

test("what differs from what is stored is unsaved", () => {
  note("shop/general", { name: "Teapots" });
  expect(changesOf("shop/general", STORED)).toEqual({ name: "Teapots" });
  expect(isUnsaved("shop/")).toBe(true);
});

test("lists that hold the same are the same", () => {
  note("shop/general", { domains: ["a.example"] });
  expect(changesOf("shop/general", STORED)).toEqual({});
});

test("what somebody else saved meanwhile is no longer a difference", () => {
  note("shop/general", { name: "Teapots" });
  expect(changesOf("shop/general", { ...STORED, name: "Teapots" })).toEqual({});
});

test("one value can be forgotten, and all", () => {
  note("shop/general", { name: "Teapots", domains: [] });
  forget("shop/general", ["name"]);
  expect(changesOf("shop/general", STORED)).toEqual({ domains: [] });
  forget("shop/general");
  expect(isUnsaved("shop/")).toBe(false);
});
