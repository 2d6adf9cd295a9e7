import { expect, test } from "vitest";
import { type Asked, BUILT_IN, items, joined, parameters, read, type Stored, write } from "./filters";
import { fromStored } from "./stored-views";
import { toStored } from "./view-filters";

const VIP: Stored = { filters: { tags: '["vip"]' }, search: "", order: "-updated_at" };
const saved = (view: string) => (view === "abc" ? VIP : undefined);
const ask = (text: string): Asked => read(new URLSearchParams(text), saved);

test("an empty address asks for what is open", () => {
  expect(ask("")).toMatchObject({ view: "open", filters: BUILT_IN.open, edited: false });
});

test("filters in the address are all there are", () => {
  expect(ask("view=abc&priority=high")).toMatchObject({
    view: "abc",
    edited: true,
    filters: { priority: "high" },
  });
  expect(ask("priority=high").view).toBeNull();
});

test("a search looks everywhere unless it names a view", () => {
  expect(ask("search=refund")).toMatchObject({ view: null, filters: {}, search: "refund" });
  expect(parameters(ask("search=refund&view=mine"))).toEqual({
    ...BUILT_IN.mine,
    search: "refund",
    matches: "true",
  });
});

test("a view that we do not know yet is left to the server", () => {
  expect(parameters(ask("view=later"))).toEqual({ view: "later" });
  expect(parameters(ask("view=abc"))).toEqual({ tags: '["vip"]' });
});

test("filters that are a view's are written as that view", () => {
  const asked = ask("priority=high&order_by=created_at");
  expect(write(asked, BUILT_IN.mine).toString()).toBe("view=mine&order_by=created_at");
  expect(write(asked, {}).toString()).toBe("view=all&order_by=created_at");
});

test("a saved view keeps its name while its filters are changed", () => {
  const asked = ask("view=abc");
  const changed = write(asked, { ...VIP.filters, status: "open" }, VIP);
  expect(Object.fromEntries(changed)).toEqual({ view: "abc", tags: '["vip"]', status: "open" });
  expect(write(ask(changed.toString()), VIP.filters, VIP).toString()).toBe("view=abc");
});

test("tags may contain commas", () => {
  expect(items("tags", joined("tags", ["a,b", "c"]))).toEqual(["a,b", "c"]);
  expect(items("status", "new,open")).toEqual(["new", "open"]);
  expect(items("tags", "not json")).toEqual([]);
});

test("what a saved view stores comes back as it was", () => {
  const stored: Stored = {
    filters: {
      status: "new,open",
      priority: "high",
      channel_source: "email",
      assignee: "me,user:3,role:01a2",
      tags_all: '["a","b"]',
      tags_exclude: '["c"]',
      date_from: "-7d",
      sla: "at-risk",
      unread: "true",
      ai_triage_result: "clarified",
    },
    search: "refund",
    order: "sla_due_at",
  };
  expect(toStored(stored)).toMatchObject({
    assignee: ["me", { type: "user", id: 3 }, { type: "role", id: "01a2" }],
    tags: ["a", "b"],
    tagsMatch: "all",
    sorting: { columnKey: "sla_due_at", order: 1 },
  });
  expect(fromStored(toStored(stored))).toEqual(stored);
});

test("shapes of other times do not break a view", () => {
  expect(fromStored({ status: "open", channel: "all", assignee: "all", sorting: null, tags: 7 })).toEqual({
    filters: { status: "open" },
    search: "",
    order: "-updated_at",
  });
});
