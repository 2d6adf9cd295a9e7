import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Offline } from "../../api/errors";
import type { Message } from "../../api/types";
import * as cache from "./cache";

const server = vi.hoisted(() => ({ reply: vi.fn(), addNote: vi.fn(), timeline: vi.fn(), change: vi.fn() }));
vi.mock("../../api/messages", () => server);
vi.mock("../../api/tickets", () => ({ change: server.change }));
vi.mock("./session", async () => {
  const { signal } = await import("@preact/signals");
  return { me: signal({ id: 1 }), project: signal({ id: 1 }) };
});

const letter = (text: string) => ({
  project: 1,
  ticket: "t",
  isNote: false,
  said: { message: text, rich_content: null, attachment_ids: [] },
  attachments: [],
  after: null,
});

const kept = () => cache.recallAll<{ id: string; refused: string | null }>("outbox");
const keysOf = (call: typeof server.reply) => call.mock.calls.map(([, , , key]) => key as string);

/** A page of its own: what it knows, it has from the shelf. */
async function aPage() {
  vi.resetModules();
  return await import("./outbox");
}

beforeEach(() => {
  server.reply.mockReset().mockResolvedValue({ id: "m", created_at: "2026-01-01T00:00:00Z" } as Message);
  server.change.mockReset().mockResolvedValue({ id: "t", ticket_number: 1 });
});
afterEach(async () => {
  vi.useRealTimers();
  await cache.forgetEverything();
});

test("what the server took is gone from the outbox", async () => {
  const { send, outbox } = await aPage();

  await send(letter("Hello"));
  await vi.waitFor(() => expect(outbox.value).toEqual([]));

  expect(server.reply).toHaveBeenCalledOnce();
  expect(await kept()).toEqual([]);
});

test("without a line it is tried again under the same key", async () => {
  server.reply.mockRejectedValueOnce(new Offline());
  const { send, outbox } = await aPage();

  await send(letter("Hello"));
  await vi.waitFor(() => expect(outbox.value).toEqual([]), 3_000);

  const [first, second] = keysOf(server.reply);
  expect(second).toBe(first);
});

test("what was not sent before a reload is sent after it, under the same key", async () => {
  server.reply.mockImplementationOnce(() => new Promise(() => undefined));
  const before = await aPage();
  await before.send(letter("Hello"));

  const after = await aPage();
  await after.resume();
  await vi.waitFor(() => expect(after.outbox.value).toEqual([]));

  const [first, second] = keysOf(server.reply);
  expect(second).toBe(first);
});

test("a refusal is kept until somebody decides", async () => {
  const { send, retry, outbox } = await aPage();
  const { ApiError } = await import("../../api/errors");
  server.reply.mockRejectedValueOnce(new ApiError(400, "blank", "Too long.", null, null));
  await send(letter("Hello"));
  await vi.waitFor(() => expect(outbox.value[0]?.refused).toBe("Too long."));
  expect((await kept())[0]?.refused).toBe("Too long.");

  await retry(outbox.value[0]!.id);

  await vi.waitFor(() => expect(outbox.value).toEqual([]));
  expect(server.reply).toHaveBeenCalledTimes(2);
});

test("messages of a ticket are sent in the order in which they were written", async () => {
  server.reply.mockRejectedValueOnce(new Offline());
  const { send, outbox } = await aPage();

  await send(letter("one"));
  await send(letter("two"));
  await vi.waitFor(() => expect(outbox.value).toEqual([]), 3_000);

  expect(server.reply.mock.calls.map(([, , said]) => said.message)).toEqual(["one", "one", "two"]);
});

test("the status is set after the message, and alone if only that failed", async () => {
  server.change.mockRejectedValueOnce(new Offline());
  const { send, outbox } = await aPage();

  await send({ ...letter("Done"), after: { status: "resolved" } });
  await vi.waitFor(() => expect(outbox.value).toEqual([]), 3_000);

  expect(server.reply).toHaveBeenCalledOnce();
  expect(server.change).toHaveBeenCalledTimes(2);
});
