/** What the present address asks the list for, and the ways to ask for something else. */

import { computed } from "@preact/signals";
import { go, place } from "../router";
import { type Asked, DEFAULT_ORDER, type Filter, type Filters, type Order, read, write } from "./filters";
import { inProject } from "./session";
import { storedView } from "./views";

export const asked = computed<Asked>(() => read(place.value.query, storedView));

/** The saved view one is in, as it is stored. */
const stored = () => (asked.peek().view ? storedView(asked.peek().view ?? "") : undefined);

function follow(query: URLSearchParams, replace = false): void {
  const text = query.toString();
  go(place.peek().path + (text ? `?${text}` : ""), { replace });
}

export function setFilters(filters: Filters): void {
  follow(write(asked.peek(), filters, stored()));
}

export function setFilter(name: Filter, value: string): void {
  const { [name]: _, ...others } = asked.peek().filters;
  setFilters(value ? { ...others, [name]: value } : others);
}

/** Each letter would be a step of the back button: only the first one is. */
export function setSearch(search: string): void {
  const before = asked.peek();
  follow(write({ ...before, search }, before.filters, stored()), before.search !== "" && search !== "");
}

export function setOrder(order: Order): void {
  const before = asked.peek();
  follow(write({ ...before, order }, before.filters, stored()));
}

export function searchEverywhere(): void {
  const before = asked.peek();
  follow(write({ ...before, view: null, order: DEFAULT_ORDER }, {}));
}

/** A view's address: the list alone, on a phone, and beside the open ticket elsewhere. */
export const hrefOfView = (view: string): string =>
  `${inProject("tickets")}?view=${encodeURIComponent(view)}`;
