/** What is shown of the many things that are known of a person. */

type Known = Record<string, unknown>;
export type Pair = [name: string, value: string];

/** A value in one line. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined
    ? ""
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
}

/** What was typed, as the kind of value it was before; a new one is a number or a truth if it looks so. */
export function readValue(text: string, before?: unknown): unknown {
  if (typeof before === "string") return text;
  try {
    const value: unknown = JSON.parse(text);
    const isScalar = typeof value === "number" || typeof value === "boolean";
    return isScalar || typeof before === "object" ? value : text;
  } catch {
    return text;
  }
}

const HEAD = new Set(["name", "email"]);

/** What people set, before what an analytics script noted ($…); name and address stand above already. */
export function parted(properties: Known, all = false): { own: Pair[]; noted: Pair[] } {
  const pairs = Object.entries(properties)
    .filter(([name]) => all || !HEAD.has(name))
    .map(([name, value]): Pair => [name, textOf(value)]);
  const isNoted = ([name]: Pair) => name.startsWith("$");
  return all
    ? { own: pairs, noted: [] }
    : { own: pairs.filter((pair) => !isNoted(pair)), noted: pairs.filter(isNoted) };
}

export type Device = "browser" | "system" | "kind" | "place" | "language" | "came_from";

const joined = (properties: Known, ...names: string[]): string =>
  names
    .map((name) => textOf(properties[name]))
    .filter(Boolean)
    .join(" ");

/** As analytics scripts call it. */
export function deviceOf(properties: Known): [Device, string][] {
  const found: [Device, string][] = [
    ["browser", joined(properties, "$browser", "$browser_version")],
    ["system", joined(properties, "$os", "$os_version")],
    ["kind", joined(properties, "$device_type")],
    [
      "place",
      [properties.$geoip_city_name, properties.$geoip_country_name].map(textOf).filter(Boolean).join(", "),
    ],
    ["language", joined(properties, "$browser_language")],
    ["came_from", joined(properties, "$initial_referring_domain").replace("$direct", "")],
  ];
  return found.filter(([, value]) => value);
}

const LINKS = new Set(["current_url", "session_replay_url"]);

/** What else a page told of the session. */
export const shownContext = (context: Known): Pair[] =>
  Object.entries(context)
    .filter(([name, value]) => !LINKS.has(name) && value !== null && value !== "")
    .map(([name, value]) => [name, textOf(value)]);

/** The part of an address that tells pages apart. */
export function pathOf(href: string): string {
  const { host, pathname, search } = new URL(href);
  return pathname === "/" && !search ? host : host + pathname + search;
}
