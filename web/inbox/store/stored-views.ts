/** Between the filters of a saved view, as the contract names them, and the list's parameters. */

import { DEFAULT_ORDER, type Filter, type Filters, joined, ORDERS, type Order, type Stored } from "./filters";

export type Json = Record<string, unknown>;

/** Of ours alone; the contract has no name for them. */
export const OURS: Record<string, Filter> = {
  snoozed: "snoozed",
  unread: "unread",
  channelDetail: "channel_detail",
  distinctIds: "distinct_ids",
  emails: "emails",
};
export const LISTS: Record<string, Filter> = {
  status: "status",
  priority: "priority",
  aiTriageResult: "ai_triage_result",
};
export const WORDS: Record<string, Filter> = {
  channel: "channel_source",
  sla: "sla",
  dateFrom: "date_from",
  dateTo: "date_to",
};

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value ? [value] : []).filter((item) => typeof item === "string");

function word(value: unknown): string {
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "all" ? value : "";
}

function assignees(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item: unknown) => {
    if (typeof item === "string") return item && item !== "all" ? [item] : [];
    const { type, id } = (item ?? {}) as Json;
    return type && id ? [`${type}:${id}`] : [];
  });
}

/** Shapes that we do not know are left out. */
export function fromStored(stored: Json): Stored {
  const found: Filters = {};
  const set = (name: Filter, value: string) => value && (found[name] = value);
  for (const [key, name] of Object.entries(LISTS)) set(name, texts(stored[key]).join(","));
  for (const [key, name] of Object.entries({ ...WORDS, ...OURS })) set(name, word(stored[key]));
  set("assignee", assignees(stored.assignee).join(","));
  const matter = stored.tagsMatch === "all" ? "tags_all" : "tags";
  set(matter, joined(matter, texts(stored.tags)));
  set("tags_exclude", joined("tags_exclude", texts(stored.tagsExclude)));
  return { filters: found, search: word(stored.search), order: orderOf(stored.sorting) };
}

function orderOf(sorting: unknown): Order {
  const { columnKey, order } = (sorting ?? {}) as Json;
  const name = `${order === -1 ? "-" : ""}${columnKey}`;
  return ORDERS.find((known) => known === name) ?? DEFAULT_ORDER;
}
