import { expect, test } from "vitest";
import type { TimelinePage } from "../../api/messages";
import type { Message } from "../../api/types";
import { prepend, put, reconcile, without } from "./thread-entries";

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

const message = (minute: number, changes: Partial<Message> = {}): Message => ({
  id: `m${minute}`,
  message_type: "customer_message",
  content: `text ${minute}`,
  rich_content: null,
  author_type: "customer",
  author_name: "Cleo",
  author_email: null,
  is_private: false,
  has_full_email_content: false,
  version: 0,
  created_at: at(minute),
  attachments: [],
  ...changes,
});

/** A page as the server gives it: newest first. */
const page = (minutes: number[], cursor: string | null = null): TimelinePage => ({
  results: minutes.toReversed().map((minute) => ({
    kind: "message",
    at: at(minute),
    ticket_id: null,
    message: message(minute),
    event: null,
  })),
  cursor,
});

const ids = (thread: { entries: { id: string }[] }): string[] => thread.entries.map(({ id }) => id);

test("the first page is what there is, oldest first", () => {
  const thread = reconcile(undefined, page([1, 2, 3], "older"));

  expect(ids(thread)).toEqual(["m1", "m2", "m3"]);
  expect(thread.older).toBe("older");
});

test("a newer page goes over what was known, and older entries stay", () => {
  const known = prepend(reconcile(undefined, page([3, 4], "c3")), page([1, 2], "c1"));

  const thread = reconcile(known, page([4, 5], "c4"));

  expect(ids(thread)).toEqual(["m1", "m2", "m3", "m4", "m5"]);
  expect(thread.older).toBe("c1");
});

test("what the page should hold and does not was deleted", () => {
  const known = reconcile(undefined, page([1, 2, 3]));

  expect(ids(reconcile(known, page([1, 3])))).toEqual(["m1", "m3"]);
});

test("what lies behind a gap is forgotten rather than shown with a hole", () => {
  const known = reconcile(undefined, page([1, 2]));

  const thread = reconcile(known, page([8, 9], "c8"));

  expect(ids(thread)).toEqual(["m8", "m9"]);
  expect(thread.older).toBe("c8");
});

test("an entry that has not changed stays the same object", () => {
  const known = reconcile(undefined, page([1, 2]));

  const thread = reconcile(known, page([1, 2, 3]));

  expect(thread.entries[0]).toBe(known.entries[0]);
});

test("an older page is put before, without what overlaps", () => {
  const thread = prepend(reconcile(undefined, page([2, 3], "c2")), page([1, 2], null));

  expect(ids(thread)).toEqual(["m1", "m2", "m3"]);
  expect(thread.older).toBeNull();
});

test("a message is put where it belongs, and replaces what it was", () => {
  const known = reconcile(undefined, page([1, 3]));

  const thread = put(put(known, message(2)), message(3, { content: "edited", version: 1 }));

  expect(ids(thread)).toEqual(["m1", "m2", "m3"]);
  expect(thread.entries[2]?.message?.content).toBe("edited");
  expect(ids(without(thread, "m2"))).toEqual(["m1", "m3"]);
});
