import { expect, test, vi } from "vitest";
import { type Draft, isEmpty, NOTHING, reconciled } from "./drafts";

vi.mock("./session", async () => {
  const { signal } = await import("@preact/signals");
  return { me: signal({ id: 1 }), project: signal({ id: 1 }) };
});

const here = (changes: Partial<Draft>): Draft => ({ ...NOTHING, content: "here", ...changes });
const there = { content: "there", rich_content: null };

test("what the server has not heard yet is never replaced", () => {
  const mine = here({ isNew: true });

  expect(reconciled(mine, there)).toBe(mine);
  expect(reconciled(mine, null)).toBe(mine);
});

test("what another browser wrote later comes here", () => {
  expect(reconciled(here({ isThere: true }), there).content).toBe("there");
  expect(reconciled(NOTHING, there)).toMatchObject({ content: "there", isThere: true });
});

test("a draft that was sent elsewhere is gone here, too", () => {
  expect(reconciled(here({ isThere: true }), null)).toBe(NOTHING);
});

test("the kind that the server keeps no draft of stays here", () => {
  const mine = here({ isThere: false });

  expect(reconciled(mine, null)).toBe(mine);
});

test("a picture alone is something", () => {
  const picture = { type: "doc", content: [{ type: "image", attrs: { src: "attachment:1" } }] };

  expect(isEmpty(here({ content: " " }))).toBe(true);
  expect(isEmpty(here({ content: "", rich_content: picture }))).toBe(false);
});
