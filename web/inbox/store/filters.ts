/** What the list shows, as the address says it: a view, or filters of one's own, searched and in an order. */

export const FILTERS = [
  "status",
  "priority",
  "channel_source",
  "channel_detail",
  "assignee",
  "tags",
  "tags_all",
  "tags_exclude",
  "date_from",
  "date_to",
  "sla",
  "snoozed",
  "unread",
  "ai_triage_result",
  "distinct_ids",
  "emails",
] as const;
export type Filter = (typeof FILTERS)[number];
export type Filters = Partial<Record<Filter, string>>;

export const ORDERS = [
  "-updated_at",
  "updated_at",
  "-created_at",
  "created_at",
  "sla_due_at",
  "-sla_due_at",
  "snoozed_until",
  "-snoozed_until",
  "-ticket_number",
  "ticket_number",
] as const;
export type Order = (typeof ORDERS)[number];
export const DEFAULT_ORDER: Order = "-updated_at";

const UNRESOLVED = "new,open,pending,on_hold";

export const BUILT_IN = {
  open: { status: UNRESOLVED },
  mine: { status: UNRESOLVED, assignee: "me" },
  unassigned: { status: UNRESOLVED, assignee: "unassigned" },
  unread: { status: UNRESOLVED, unread: "true" },
  snoozed: { snoozed: "true" },
  sla_breached: { status: UNRESOLVED, sla: "breached" },
  resolved: { status: "resolved" },
  all: {},
} as const satisfies Record<string, Filters>;
export type BuiltIn = keyof typeof BUILT_IN;

/** What of a saved view decides: its filters as parameters, perhaps with a search and an order. */
export interface Stored {
  filters: Filters;
  search: string;
  order: Order;
}

export interface Asked {
  /** The built-in or saved view that one is in, also when its filters were changed since. */
  view: string | null;
  filters: Filters;
  /** Whether the filters are other ones than the view's. */
  edited: boolean;
  search: string;
  order: Order;
  /** A saved view that we have not loaded yet: the server knows its filters. */
  unknown: boolean;
}

const isBuiltIn = (view: string): view is BuiltIn => Object.hasOwn(BUILT_IN, view);

export function readFilters(query: URLSearchParams): Filters {
  const found: Filters = {};
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) found[name] = value;
  }
  return found;
}

/** What an address asks for. Filters in it are all there are; without any, the view's count. */
export function read(query: URLSearchParams, saved: (view: string) => Stored | undefined): Asked {
  const given = readFilters(query);
  const edited = Object.keys(given).length > 0;
  const named = query.get("view");
  const view = named ?? (edited || query.get("search") ? null : "open");
  const stored = view === null || isBuiltIn(view) ? undefined : saved(view);
  const base: Filters = view !== null && isBuiltIn(view) ? BUILT_IN[view] : (stored?.filters ?? {});
  return {
    view,
    filters: edited ? given : base,
    edited,
    search: query.get("search") ?? stored?.search ?? "",
    order: orderOf(query.get("order_by")) ?? stored?.order ?? DEFAULT_ORDER,
    unknown: view !== null && !isBuiltIn(view) && !stored && !edited,
  };
}

const orderOf = (name: string | null): Order | undefined => ORDERS.find((order) => order === name);

export const same = (one: Filters, other: Filters): boolean =>
  FILTERS.every((name) => (one[name] ?? "") === (other[name] ?? ""));

/** The address's parameters for these filters: a built-in view under its name, else each one. */
export function write(asked: Asked, filters: Filters, stored?: Stored): URLSearchParams {
  const query = new URLSearchParams();
  const builtIn = (Object.keys(BUILT_IN) as BuiltIn[]).find((name) => same(BUILT_IN[name], filters));
  if (stored && asked.view) {
    query.set("view", asked.view);
    if (!same(stored.filters, filters)) put(query, filters);
    if (Object.keys(filters).length === 0 && Object.keys(stored.filters).length > 0) query.set("view", "all");
  } else if (builtIn) query.set("view", builtIn);
  else put(query, filters);
  if (asked.search !== (stored?.search ?? "")) query.set("search", asked.search);
  if (asked.order !== (stored?.order ?? DEFAULT_ORDER)) query.set("order_by", asked.order);
  return query;
}

function put(query: URLSearchParams, filters: Filters): void {
  for (const name of FILTERS) if (filters[name]) query.set(name, filters[name]);
}

/** What the server is asked for. */
export function parameters(asked: Asked): Record<string, string> {
  return {
    ...(asked.unknown && asked.view ? { view: asked.view } : asked.filters),
    ...(asked.search && { search: asked.search, matches: "true" }),
    ...(asked.order !== DEFAULT_ORDER && { order_by: asked.order }),
  };
}

/** Lists of names that may contain commas are written as JSON. */
export const IN_JSON: readonly Filter[] = ["tags", "tags_all", "tags_exclude"];

export function items(name: Filter, value: string | undefined): string[] {
  if (!value) return [];
  if (!IN_JSON.includes(name)) return value.split(",").filter(Boolean);
  try {
    const found: unknown = JSON.parse(value);
    return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
  } catch {
    return [];
  }
}

export function joined(name: Filter, values: string[]): string {
  if (values.length === 0) return "";
  return IN_JSON.includes(name) ? JSON.stringify(values) : values.join(",");
}
