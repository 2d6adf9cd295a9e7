import { expect, test } from "vitest";
import { visible } from "./profile";

test.each([
  ["Ada Lovelace", "Ada Lovelace"],
  ["  Ada ", "Ada"],
  ["evil\u202egnp.exe", "evilgnp.exe"],
  ["\u2067right\u2066left\u2069", "rightleft"],
  ["A\u200bda\ufeff", "Ada"],
  ["su\u00adp\u2060port", "support"],
  ["🏳️\u200d🌈", "🏳️\u200d🌈"],
  ["می\u200cخواهم", "می\u200cخواهم"],
  ["\u202e\u200b ", ""],
  [7, ""],
])("of %j a name shows %j", (given, shown) => {
  expect(visible(given)).toBe(shown);
});
