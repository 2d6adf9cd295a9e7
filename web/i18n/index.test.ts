import { beforeAll, expect, test, vi } from "vitest";

vi.stubGlobal("document", { documentElement: {} });
vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => {} });
vi.stubGlobal("navigator", { languages: ["fr-FR", "ar-EG", "en"] });

const { preferred, speak, speakLate, t } = await import(".");

beforeAll(() => speakLate());

test("the first of the reader's languages that we have is spoken", () => {
  expect(preferred()).toBe("ar");
});

test("numbers and plurals are the language's own", async () => {
  expect(t("ticket_count", { count: 1 })).toBe("1 ticket");
  expect(t("ticket_count", { count: 1234 })).toBe("1,234 tickets");
  await speak("de");
  expect(t("ticket_count", { count: 1234 })).toBe("1.234 Tickets");
  await speak("en");
});

test("a name that reads the other way keeps the sentence in order", async () => {
  expect(t("assigned_to", { name: "Ada" })).toBe("Assigned to Ada");
  expect(t("assigned_to", { name: "\u202eadA" })).toBe("Assigned to \u2068\u202eadA\u2069");
  expect(t("assigned_to", { name: "آدا" })).toBe("Assigned to \u2068آدا\u2069");
  await speak("ar");
  expect(t("assigned_to", { name: "Ada" })).toContain("\u2068Ada\u2069");
  await speak("en");
});

test("what has no value stays visible, so that somebody notices", () => {
  expect(t("assigned_to")).toContain("{name}");
});
