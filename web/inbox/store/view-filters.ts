/** The list's parameters as the filters of a saved view: the way back from stored-views. */

import { DEFAULT_ORDER, items, type Stored } from "./filters";
import { type Json, LISTS, OURS, WORDS } from "./stored-views";

function assigneeOut(item: string): unknown {
  const [type, id = ""] = item.split(":");
  if (type === "user") return { type, id: Number(id) };
  return type === "role" ? { type, id } : item;
}

export function toStored({ filters, search, order }: Stored): Json {
  const found: Json = {};
  for (const [key, name] of Object.entries(LISTS)) {
    const values = items(name, filters[name]);
    if (values.length) found[key] = values;
  }
  for (const [key, name] of Object.entries({ ...WORDS, ...OURS }))
    if (filters[name]) found[key] = filters[name];
  const assignee = items("assignee", filters.assignee).map(assigneeOut);
  if (assignee.length) found.assignee = assignee;
  const matter = filters.tags_all ? "tags_all" : "tags";
  const tags = items(matter, filters[matter]);
  if (tags.length) Object.assign(found, { tags, tagsMatch: matter === "tags_all" ? "all" : "any" });
  const without = items("tags_exclude", filters.tags_exclude);
  if (without.length) found.tagsExclude = without;
  if (search) found.search = search;
  if (order !== DEFAULT_ORDER)
    found.sorting = { columnKey: order.replace("-", ""), order: order.startsWith("-") ? -1 : 1 };
  return found;
}
