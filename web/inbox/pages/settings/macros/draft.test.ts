import { expect, test } from "vitest";
import type { Macro } from "../../../../api/macros";
import { draftOf, inserted, isUseful, macroOf } from "./draft";

const MACRO: Macro = {
  id: "1",
  short_id: "abc",
  name: "Refund",
  description: "",
  content: "On its way.",
  rich_content: { type: "doc" },
  actions: { status: "pending", tags: ["refund", "vip"], assignee: { type: "role", id: "r1" } },
  visibility: "team",
  created_at: "2026-01-01T00:00:00Z",
  created_by: null,
};

test("a macro goes into the form and comes out as it was", () => {
  expect(macroOf(draftOf(MACRO), MACRO)).toEqual({
    name: "Refund",
    description: "",
    content: "On its way.",
    visibility: "team",
    actions: MACRO.actions,
  });
});

test("another text replaces the document, too", () => {
  expect(macroOf({ ...draftOf(MACRO), content: "Soon." }, MACRO).rich_content).toBeNull();
});

test("nobody is assigned unless somebody was chosen", () => {
  expect(macroOf(draftOf(null), null).actions).toEqual({ tags: [], assignee: null });
});

test("a name alone is no macro", () => {
  expect(isUseful({ ...draftOf(null), name: "Refund" })).toBe(false);
  expect(isUseful({ ...draftOf(null), name: "Refund", status: "resolved" })).toBe(true);
});

test("a variable stands where the caret was", () => {
  expect(inserted("Hello !", "{{person.name}}", 6, 6)).toEqual(["Hello {{person.name}}!", 21]);
});
