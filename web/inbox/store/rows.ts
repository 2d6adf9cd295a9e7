/** The order of rows, apart from what stands in them. */

/** How many of `fresh` are new to `shown`, or stand elsewhere among the others. */
export function moved(shown: readonly string[], fresh: readonly string[]): number {
  const places = new Map(shown.map((id, place) => [id, place]));
  const found = fresh.map((id) => places.get(id));
  // Behind the last one we know, there are only those that slid in from the next page.
  const end = found.findLastIndex((place) => place !== undefined) + 1 || fresh.length;
  const known = found.slice(0, end).filter((place) => place !== undefined);
  return end - longestRise(known);
}

/** The length of the longest sequence that is in order already: whatever is not in it has moved. */
function longestRise(places: number[]): number {
  const ends: number[] = [];
  for (const place of places) {
    const at = ends.findIndex((end) => end >= place);
    ends[at === -1 ? ends.length : at] = place;
  }
  return ends.length;
}

/** `shown` and behind it what of `more` is not in it yet. */
export function joinRows(shown: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...shown, ...more])];
}

/** The row `step` further on; the nearest one where the present row has gone. */
export function neighbour(
  rows: readonly string[],
  from: string | null,
  step: number,
  lost = 0,
): string | undefined {
  if (rows.length === 0) return undefined;
  const at = from === null ? -1 : rows.indexOf(from);
  if (at === -1)
    return rows[from === null ? (step > 0 ? 0 : rows.length - 1) : Math.min(lost, rows.length - 1)];
  return rows[Math.max(0, Math.min(rows.length - 1, at + step))];
}

/** All rows from one to the other, whichever stands first. */
export function between(rows: readonly string[], one: string, other: string): string[] {
  const [from, to] = [rows.indexOf(one), rows.indexOf(other)].sort((a, b) => a - b);
  return from === undefined || to === undefined || from < 0 ? [other] : rows.slice(from, to + 1);
}
