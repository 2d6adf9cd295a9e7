import { signal } from "@preact/signals";
import type { Key } from "../../../../i18n";
import { type Command, useCommands } from "../../../keyboard/commands";
import { tell } from "../../../shell/failure";
import { selected } from "../../../store/selection";

export type Choice = "status" | "priority" | "assignee" | "tags" | "snooze";

export const CHOICES: [choice: Choice, title: Key, key: string][] = [
  ["status", "set_status", "s"],
  ["priority", "set_priority", "p"],
  ["assignee", "set_assignee", "a"],
  ["tags", "set_tags", "t"],
  ["snooze", "snooze", "z"],
];

/** Which of the pickers is open. */
export const choosing = signal<Choice | null>(null);

const ids = (): string[] => [...selected.peek()];
const acts = () => import("../../../store/bulk");

export const resolveAll = () => void acts().then(({ setAll }) => setAll(ids(), "status", "resolved"), tell);
export const deleteAll = () => void acts().then(({ removeAll }) => removeAll(ids()), tell);

const group = "list" as const;
const when = () => selected.peek().size > 0;

/** The same keys as for the open ticket: while rows are ticked, they are meant. */
const COMMANDS: Command[] = [
  ...CHOICES.map(([choice, title, key]) => ({
    id: `bulk.${choice}`,
    title,
    group,
    keys: [key],
    when,
    run: () => (choosing.value = choice),
  })),
  { id: "bulk.resolve", title: "resolve", group, keys: ["e"], when, run: resolveAll },
  { id: "bulk.delete", title: "delete", group, keys: ["#", "Delete"], when, run: deleteAll },
];

export function useBulkCommands(mayWrite: boolean): void {
  useCommands(mayWrite ? COMMANDS : [], [mayWrite]);
}
