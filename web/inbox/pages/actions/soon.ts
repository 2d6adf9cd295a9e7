import { language } from "../../../i18n";

const DAY_MS = 86_400_000;

/** A moment ahead of us in few letters: the hour today, the weekday within a week, else the date. */
export function soon(at: string, now = Date.now()): string {
  const date = new Date(at);
  const ahead = date.getTime() - now;
  const today = new Date(now).toDateString() === date.toDateString();
  const hour = { hour: "numeric", minute: "2-digit" } as const;
  const how: Intl.DateTimeFormatOptions = today
    ? hour
    : ahead < 6 * DAY_MS
      ? { weekday: "short", ...hour }
      : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(language.value, how).format(date);
}
