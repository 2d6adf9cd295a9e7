import { beforeEach, expect, test, vi } from "vitest";
import * as server from "../../api/tickets";
import type { Ticket } from "../../api/types";
import { change, forget, take, ticket } from "./tickets";

vi.mock("../../api/tickets");
vi.mock("./cache", () => ({ keep: () => Promise.resolve() }));
vi.mock("./session", () => ({ project: { peek: () => ({ id: 1 }) } }));

const ID = "0190a000-0000-7000-8000-000000000001";
const AT = "2026-05-01T10:00:00Z";
const given = {
  id: ID,
  ticket_number: 7,
  status: "open",
  tags: [] as string[],
  updated_at: AT,
} as unknown as Ticket;
const shown = () => ticket(ID)?.peek();

/** Answers when it is told to. */
function answers(): { give: (found: Partial<Ticket>) => void; refuse: () => void }[] {
  const calls: ReturnType<typeof answers> = [];
  vi.mocked(server.change).mockImplementation(
    () =>
      new Promise((resolve, reject) =>
        calls.push({
          give: (found) => resolve({ ...given, ...found }),
          refuse: () => reject(new Error("no")),
        }),
      ),
  );
  return calls;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  forget();
  take(given);
  vi.mocked(server.some).mockResolvedValue([]);
});

test("a change is in sight before the server has answered", () => {
  answers();
  void change(ID, { status: "resolved" }, { status: "resolved" });
  expect(shown()?.status).toBe("resolved");
});

test("what the server says meanwhile does not hide it", () => {
  answers();
  void change(ID, { tags: ["a"] }, { tags: ["a"] });
  take({ ...given, updated_at: "2026-05-01T10:00:05Z" });
  expect(shown()?.tags).toEqual(["a"]);
});

test("the second change waits for its turn and stays in sight", async () => {
  const calls = answers();
  const first = change(ID, { tags: ["a"] }, { tags: ["a"] });
  void change(ID, { tags: ["a", "b"] }, { tags: ["a", "b"] });
  await settled();
  expect(calls.length).toBe(1);
  calls[0]?.give({ tags: ["a"] });
  await first;
  await settled();
  expect(calls.length).toBe(2);
  expect(shown()?.tags).toEqual(["a", "b"]);
});

test("a refused change is taken back, and what follows it goes on", async () => {
  const calls = answers();
  const first = change(ID, { status: "resolved" }, { status: "resolved" });
  const second = change(ID, { tags: ["a"] }, { tags: ["a"] });
  await settled();
  calls[0]?.refuse();
  await expect(first).rejects.toThrow();
  expect(shown()).toMatchObject({ status: "open", tags: ["a"] });
  await settled();
  calls[1]?.give({ tags: ["a"] });
  await second;
  expect(shown()).toMatchObject({ status: "open", tags: ["a"] });
});
