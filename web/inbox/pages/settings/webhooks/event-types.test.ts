import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { typesFor } from "./event-types";

test("every documented event that can be sent can be chosen", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../../docs/api/events.md"), "utf8");
  const documented = [...page.matchAll(/^\| `((?:ticket|message|note|person)\.\w+)` \|/gm)].map(
    ([, type]) => type!,
  );
  expect(typesFor(false).toSorted()).toEqual([...documented, "webhook.disabled"].toSorted());
});
