/** The address is the state: what one sees can be linked, and the back button goes back. */

import { computed, signal } from "@preact/signals";

export interface Place {
  path: string;
  query: URLSearchParams;
}

const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });

export const place = signal<Place>(here());
addEventListener("popstate", () => (place.value = here()));

/** The place of ours that `href` names, however a browser reads it (`//`, a backslash, tabs); else the beginning. */
export function ownPath(href: string | null): string {
  if (!href?.startsWith("/") || !URL.canParse(href, location.origin)) return "/";
  const { origin, pathname, search } = new URL(href, location.origin);
  return origin === location.origin ? pathname + search : "/";
}

/** Goes there, or stays in place of the present address with `replace`. */
export function go(href: string, { replace = false } = {}): void {
  if (href === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", href);
  place.value = here();
}

/** The same path with other parameters; an empty value removes one. */
export function withQuery(changes: Record<string, string | null>): string {
  const query = new URLSearchParams(place.value.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  return place.value.path + (text ? `?${text}` : "");
}

/** `/projects/:project/tickets/:ref?` against a path: the parameters, or null. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const found = path.split("/").filter(Boolean);
  if (found.length > wanted.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = found[index];
    const optional = part.endsWith("?");
    if (value === undefined && !optional) return null;
    if (part.startsWith(":")) parameters[part.slice(1).replace("?", "")] = decodeURIComponent(value ?? "");
    else if (part !== value) return null;
  }
  return parameters;
}

/** The project that the address is about. */
export const projectInAddress = computed(
  () => Number(match("/projects/:project/:a?/:b?/:c?", place.value.path)?.project) || null,
);

/** Links of ours are followed without loading the page anew. */
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
    return;
  const link = (event.target as Element).closest?.("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api/")) return;
  event.preventDefault();
  go(link.pathname + link.search);
});
