/** Keys to commands. */

import { menu } from "../store/acting";
import { overlay } from "../store/overlay";
import { available, type Command, commands } from "./commands";
import { follows, nameOfKey } from "./names";

/** For the second key of two. */
const PATIENCE_MS = 1_200;
const PRESSED = /^(checkbox|radio|button|submit|reset|color|range|file)$/;
const PRESSABLE = "a[href], button, summary, [role=button], [role=option], [role=menuitem], [role=tab]";
const MOVED_BY_ARROWS =
  "[type=radio], [type=range], [role=tab], [role=option], [role=menuitem], [role=slider]";

const isWriting = (target: Element): boolean =>
  (target instanceof HTMLElement && target.isContentEditable) ||
  /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
  (target instanceof HTMLInputElement && !PRESSED.test(target.type));

/** Something lies over the page, or is about to, and has the keys to itself. */
const isCovered = (): boolean =>
  menu.peek() !== null ||
  overlay.peek() !== null ||
  document.querySelector("dialog[open], [popover=auto]:popover-open") !== null;

/** What has the focus does something of its own with that key. */
const isItsOwn = (target: Element, key: string): boolean =>
  (/^(Enter|Space)$/.test(key) && target.closest(PRESSABLE) !== null) ||
  (key.startsWith("Arrow") && target.matches(MOVED_BY_ARROWS));

let pressed: { keys: string[]; at: number } = { keys: [], at: 0 };

/** The command that was offered last of those with these keys; or that there are some that go on from here. */
function wanted(keys: readonly string[], mayRun: (command: Command) => boolean): Command | "begun" | null {
  let begun = false;
  for (const command of [...commands.peek().values()].reverse()) {
    const found = (command.keys ?? []).map((each) => follows(each, keys));
    if (found.every((each) => each === "no") || !mayRun(command)) continue;
    if (found.includes("done")) return command;
    begun = true;
  }
  return begun ? "begun" : null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (/^(Shift|Control|Alt|Meta|AltGraph)$/.test(event.key)) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const name = nameOfKey(event);
  if (isItsOwn(target, name)) return;
  const [writing, covered] = [isWriting(target), isCovered()];
  const mayRun = (command: Command) =>
    (!writing || command.whileTyping === true) &&
    (!covered || command.whileCovered === true) &&
    (!event.repeat || command.repeats === true) &&
    available(command);
  const before = event.timeStamp - pressed.at < PATIENCE_MS ? pressed.keys : [];
  let keys = [...before, name];
  let found = wanted(keys, mayRun);
  if (!found && before.length) {
    keys = [name];
    found = wanted(keys, mayRun);
  }
  pressed = { keys: found === "begun" ? keys : [], at: event.timeStamp };
  if (!found) return;
  event.preventDefault();
  if (found !== "begun") found.run();
}

addEventListener("keydown", onKeyDown);
