/** When snoozed tickets come back. */

export type Preset = "later_today" | "tomorrow" | "next_week";

const MORNING = 9;
const EVENING = 18;
const LATER_HOURS = 3;
const MONDAY = 1;

const at = (from: Date, days: number, hour: number): Date =>
  new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, hour);

/** The moments on offer; "later today" only as long as there is one. */
export function presets(now: Date): [Preset, Date][] {
  const found: [Preset, Date][] = [];
  if (now.getHours() < EVENING)
    found.push(["later_today", at(now, 0, Math.min(now.getHours() + LATER_HOURS, EVENING))]);
  found.push(["tomorrow", at(now, 1, MORNING)]);
  const days = (MONDAY - now.getDay() + 7) % 7 || 7;
  if (days > 1) found.push(["next_week", at(now, days, MORNING)]);
  return found;
}

/** What a `datetime-local` field says: the local time, without its zone. */
export const forField = (date: Date): string =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
