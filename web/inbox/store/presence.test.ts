import { expect, test, vi } from "vitest";
import { heard } from "./presence";

vi.mock("./session", async () => {
  const { signal } = await import("@preact/signals");
  return { me: signal({ id: 1 }), project: signal({ id: 1 }) };
});

const ben = { user_id: 2, email: "ben@example.org" };

test("somebody is there until they leave or fall silent", () => {
  const here = heard([], { ...ben, state: "viewing" }, 0);

  expect(here.map(({ state }) => state)).toEqual(["viewing"]);
  expect(heard(here, { ...ben, state: "typing" }, 10).map(({ state }) => state)).toEqual(["typing"]);
  expect(heard(here, { ...ben, state: "gone" }, 10)).toEqual([]);
  expect(heard(here, { user_id: 3, email: "cleo@example.org", state: "viewing" }, 60_000)).toHaveLength(1);
});
