import { signal } from "@preact/signals";
import { dates, numbers, spans } from "../i18n/formats";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/** Ticks once a minute, so that "5m" does not stay "5m". */
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 30_000);

/** "now", "5m", "3h", "2d", then the date: as long as a list's column is wide. */
export function brief(at: string, from = now.value): string {
  const seconds = (from - Date.parse(at)) / 1000;
  const format = (value: number, unit: "minute" | "hour" | "day") =>
    numbers({ style: "unit", unit, unitDisplay: "narrow" }).format(Math.floor(value));
  if (Math.abs(seconds) < MINUTE) return spans({ numeric: "auto" }).format(0, "second");
  if (seconds > 0 && seconds < HOUR) return format(seconds / MINUTE, "minute");
  if (seconds > 0 && seconds < DAY) return format(seconds / HOUR, "hour");
  if (seconds > 0 && seconds < 7 * DAY) return format(seconds / DAY, "day");
  const year = new Date(at).getFullYear() === new Date(from).getFullYear() ? undefined : "numeric";
  return dates({ day: "numeric", month: "short", year }).format(new Date(at));
}

/** "5m", "3h", "2d": how far away, in whichever direction. */
export function distance(at: string, from = now.value): string {
  const seconds = Math.abs(Date.parse(at) - from) / 1000;
  const [value, unit] =
    seconds < HOUR
      ? [seconds / MINUTE, "minute"]
      : seconds < DAY
        ? [seconds / HOUR, "hour"]
        : [seconds / DAY, "day"];
  const format = { style: "unit", unit: String(unit), unitDisplay: "narrow" } as const;
  return numbers(format).format(Math.floor(Number(value)));
}

/** "in 2 hours", "3 days ago". */
export function relative(at: string, from = now.value): string {
  const seconds = (Date.parse(at) - from) / 1000;
  const format = spans({ numeric: "auto" });
  const size = Math.abs(seconds);
  if (size < HOUR) return format.format(Math.round(seconds / MINUTE), "minute");
  if (size < DAY) return format.format(Math.round(seconds / HOUR), "hour");
  return format.format(Math.round(seconds / DAY), "day");
}

export const full = (at: string): string =>
  dates({ dateStyle: "full", timeStyle: "short" }).format(new Date(at));

export const clock = (at: string): string => dates({ timeStyle: "short" }).format(new Date(at));

/** Day and hour; the year only if it is another one. */
export function moment(at: string, from = now.value): string {
  const year = new Date(at).getFullYear() === new Date(from).getFullYear() ? undefined : "numeric";
  const date = { day: "numeric", month: "short", year } as const;
  return dates({ ...date, hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** A moment in few letters; the whole of it under the pointer. */
export function Time({ at, how = brief }: { at: string; how?: (at: string) => string }) {
  return (
    <time dateTime={at} title={full(at)}>
      {how(at)}
    </time>
  );
}
