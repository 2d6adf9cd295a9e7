import { expect, test } from "vitest";
import { forField, presets } from "./snooze";

const offered = (text: string) =>
  presets(new Date(text)).map(([preset, date]) => `${preset} ${forField(date)}`);

test("on a Wednesday at noon all are on offer", () => {
  expect(offered("2026-11-25T12:30")).toEqual([
    "later_today 2026-11-25T15:00",
    "tomorrow 2026-11-26T09:00",
    "next_week 2026-11-30T09:00",
  ]);
});

test("in the evening today is over", () => {
  expect(offered("2026-11-25T18:05")[0]).toBe("tomorrow 2026-11-26T09:00");
  expect(offered("2026-11-25T16:59")[0]).toBe("later_today 2026-11-25T18:00");
});

test("on a Sunday tomorrow is next week already", () => {
  expect(offered("2026-11-29T19:00")).toEqual(["tomorrow 2026-11-30T09:00"]);
});
