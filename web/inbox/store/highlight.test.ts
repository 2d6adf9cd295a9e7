import { expect, test } from "vitest";
import { dueOf } from "./due";
import { pieces } from "./highlight";

const marked = (text: string, searched: string) =>
  pieces(text, searched)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join("");

test("each occurrence is marked, whatever its case", () => {
  expect(marked("Order or ORDER", "order")).toBe("[Order] or [ORDER]");
  expect(marked("nothing", "order")).toBe("nothing");
  expect(marked("", "order")).toBe("");
});

test("signs of patterns mean themselves", () => {
  expect(marked("a.b and axb (c", "a.b")).toBe("[a.b] and axb (c");
  expect(marked("why? (c", "? (")).toBe("why[? (]c");
  expect(marked("a/b-c", "/b-")).toBe("a[/b-]c");
});

test("a number finds a ticket, not a text", () => {
  expect(marked("order 42", "#42")).toBe("order 42");
});

test("what is due is near within the hour, and never once resolved", () => {
  const now = Date.parse("2026-01-01T12:00:00Z");
  const due = (sla_due_at: string | null, status: "open" | "resolved" = "open") =>
    dueOf({ sla_due_at, status }, now);
  expect(due("2026-01-01T11:59:59Z")).toBe("breached");
  expect(due("2026-01-01T12:59:59Z")).toBe("near");
  expect(due("2026-01-01T14:00:00Z")).toBe("calm");
  expect(due("2026-01-01T11:00:00Z", "resolved")).toBeNull();
  expect(due(null)).toBeNull();
});
