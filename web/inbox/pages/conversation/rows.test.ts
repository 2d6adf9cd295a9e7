import { expect, test } from "vitest";
import type { LoggedEvent, Message } from "../../../api/types";
import type { Entry } from "../../store/thread-entries";
import { firstUnreadOf, rowsOf } from "./rows";

const at = (day: number, minute: number): string => new Date(2026, 0, day, 12, minute).toISOString();

let count = 0;
const said = (when: string, changes: Partial<Message> = {}): Entry => {
  const id = `m${++count}`;
  const author = { author_type: "customer" as const, author_name: "Cleo", author_email: null };
  const message = { id, created_at: when, is_private: false, content: "", ...author, ...changes } as Message;
  return { id, at: when, ticket: "t", message, event: null };
};
const done = (when: string, type = "ticket.status_changed"): Entry => {
  const id = `e${++count}`;
  return { id, at: when, ticket: "t", message: null, event: { id, type, at: when } as LoggedEvent };
};
const kinds = (entries: Entry[], unread: string | null = null): string[] =>
  rowsOf({ ticket: "t", entries, sending: [], firstUnread: unread }).map((row) =>
    row.kind === "said"
      ? `${row.side} ${row.messages.length}`
      : row.kind === "changes"
        ? `changes ${row.events.length}`
        : row.kind,
  );

test("messages of one author stand together, until some time has passed", () => {
  const entries = [said(at(1, 0)), said(at(1, 5)), said(at(1, 40))];

  expect(kinds(entries)).toEqual(["day", "customer 2", "customer 1"]);
});

test("each day begins anew", () => {
  expect(kinds([said(at(1, 0)), said(at(2, 0))])).toEqual(["day", "customer 1", "day", "customer 1"]);
});

test("a note stands apart from the same author's reply", () => {
  const ada = { author_type: "support" as const, author_name: "Ada" };

  expect(kinds([said(at(1, 0), ada), said(at(1, 1), { ...ada, is_private: true })])).toEqual([
    "day",
    "team 1",
    "note 1",
  ]);
});

test("changes in a row are folded into one", () => {
  const entries = [
    done(at(1, 0)),
    done(at(1, 1)),
    said(at(1, 2)),
    done(at(1, 3)),
    done(at(1, 4), "note.edited"),
  ];

  expect(kinds(entries)).toEqual(["day", "changes 2", "customer 1", "changes 1"]);
});

test("what came in with a merge stands apart", () => {
  expect(kinds([said(at(1, 0)), { ...said(at(1, 1)), ticket: "other" }])).toEqual([
    "day",
    "customer 1",
    "customer 1",
  ]);
});

test("a line stands before what is unread", () => {
  const entries = [said(at(1, 0)), said(at(1, 1)), said(at(1, 2))];
  const unread = firstUnreadOf(entries, 2);

  expect(unread).toBe(entries[1]?.id);
  expect(kinds(entries, unread)).toEqual(["day", "customer 1", "unread", "customer 2"]);
  expect(firstUnreadOf(entries, 0)).toBeNull();
  expect(firstUnreadOf(entries, 9)).toBe(entries[0]?.id);
});
