/** The registry as a page of shortcuts. */

import { t } from "../../../i18n";
import { type Command, nameOfCommand } from "../../keyboard/commands";

export interface Line {
  group: Command["group"];
  name: string;
  keys: string[];
}

/** What is said of one ticket goes for several, too: the line of the ticket is enough. */
const FIRST: Command["group"][] = ["ticket", "go", "list", "write", "app"];

/** Commands with the same name but for a number: one line from the first to the last. */
function inOne(numbered: Command[]): Line[] {
  const [first, last] = [numbered[0], numbered.at(-1)];
  if (!first || !last || typeof first.title !== "string") return [];
  const [from, to] = [first.keys?.[0] ?? "", last.keys?.[0] ?? ""];
  return [
    {
      group: first.group,
      name: t(first.title, { ...first.values, count: `${from}–${to}` }),
      keys: [from, to],
    },
  ];
}

export function linesOf(all: readonly Command[]): Line[] {
  const withKeys = all.filter(({ keys }) => keys?.length);
  const numbered = withKeys.filter(({ values }) => values && "count" in values);
  const seen = new Set<string>();
  const lines = withKeys
    .filter((command) => !numbered.includes(command))
    .sort((a, b) => FIRST.indexOf(a.group) - FIRST.indexOf(b.group))
    .map((command): Line => ({
      group: command.group,
      name: nameOfCommand(command),
      keys: command.keys ?? [],
    }))
    .filter(({ name, keys }) => {
      const known = `${name} ${keys[0]}`;
      return !seen.has(known) && seen.add(known);
    });
  return [...lines, ...inOne(numbered)];
}
