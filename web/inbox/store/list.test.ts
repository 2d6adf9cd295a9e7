import { beforeEach, expect, test, vi } from "vitest";
import * as server from "../../api/tickets";
import type { Ticket } from "../../api/types";
import type { Asked } from "./filters";
import { listing, look, remove, show, takeOut } from "./list";

vi.mock("../../api/tickets");
vi.mock("./cache", () => ({ keep: () => Promise.resolve(), recall: () => Promise.resolve(undefined) }));
vi.mock("./session", () => ({ me: { peek: () => null }, project: { peek: () => ({ id: 1 }) } }));

type Page = Awaited<ReturnType<typeof server.list>>;

/** The pages asked for and not answered yet, in order. */
let asked: ((ids: string[]) => void)[] = [];

const row = (id: string, at: number) => ({ id, ticket_number: at + 1, tags: [] }) as unknown as Ticket;
const settled = () => new Promise((resolve) => setTimeout(resolve));
const shown = () => listing.value?.ids;

beforeEach(async () => {
  asked = [];
  vi.mocked(server.list).mockImplementation(
    () =>
      new Promise((resolve) =>
        asked.push((ids) =>
          resolve({ results: ids.map(row), cursor: null, count: ids.length, exact: true } as Page),
        ),
      ),
  );
  void show({ view: crypto.randomUUID(), filters: {}, search: "", order: "-updated_at" } as unknown as Asked);
  asked.shift()?.(["a", "b"]);
  await settled();
});

test("an answer that another overtook changes nothing", async () => {
  void look();
  void look();
  asked[1]?.(["b"]);
  await settled();
  asked[0]?.(["a", "b"]);
  await settled();
  expect(shown()).toEqual(["b"]);
});

test("a page asked for before does not bring back what was taken out", async () => {
  void look();
  takeOut(["a"]);
  asked[0]?.(["a", "b"]);
  await settled();
  expect(shown()).toEqual(["b"]);
  expect(listing.value?.count).toBe(1);
});

test("what the server is still deleting stays out", async () => {
  let done = () => {};
  const removed = remove(["a"], () => new Promise<void>((resolve) => (done = resolve)));
  void look();
  asked[0]?.(["a", "b"]);
  await settled();
  expect(shown()).toEqual(["b"]);
  done();
  await removed;
});

test("what the server does not delete comes back with the next page", async () => {
  await expect(remove(["a"], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(shown()).toEqual(["b"]);
  void look();
  asked[0]?.(["a", "b"]);
  await settled();
  expect(shown()).toEqual(["a", "b"]);
});
