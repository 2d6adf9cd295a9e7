/** Everything one can do, by name: keys, palette and help read the same list. */

import { computed, signal } from "@preact/signals";
import type { LucideIcon } from "lucide-preact";
import { useLayoutEffect } from "preact/hooks";
import { type Key, t } from "../../i18n";

export interface Command {
  id: string;
  /** What it would do now. */
  title: Key | (() => Key);
  /** What stands for the names in the title. */
  values?: Record<string, string | number>;
  group: "go" | "ticket" | "list" | "write" | "app";
  icon?: LucideIcon;
  /** As in `Mod+k`, `j`, `?`, or `g i` for one after the other; the first one is shown. */
  keys?: string[];
  /** Whether it makes sense now. */
  when?: () => boolean;
  /** Also while one writes in a field. */
  whileTyping?: boolean;
  /** Also while a dialog or a popover is open. */
  whileCovered?: boolean;
  /** Again and again while its key is held down. */
  repeats?: boolean;
  run: () => void;
}

const offers = signal<readonly Command[]>([]);

/** By id, in the order of their offering; what was offered last wins, so that a dialog can take keys over. */
export const commands = computed<ReadonlyMap<string, Command>>(() => {
  const found = new Map<string, Command>();
  for (const command of offers.value) {
    found.delete(command.id);
    found.set(command.id, command);
  }
  return found;
});

/** Offers commands until what it returns is called. */
export function offer(offered: readonly Command[]): () => void {
  offers.value = [...offers.peek(), ...offered];
  return () => {
    offers.value = offers.peek().filter((command) => !offered.includes(command));
  };
}

/** Offers commands as long as the component is there, from when it is seen. */
export function useCommands(offered: Command[], dependencies: unknown[] = []): void {
  useLayoutEffect(() => offer(offered), dependencies);
}

/** What it is called at present. */
export const nameOfCommand = ({ title, values }: Command): string =>
  t(typeof title === "string" ? title : title(), values);

export const available = (command: Command): boolean => command.when?.() ?? true;

export function run(id: string): void {
  const command = commands.peek().get(id);
  if (command && available(command)) command.run();
}
