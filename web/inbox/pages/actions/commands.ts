/** What one can do with the open ticket, for keys, palette and menus. */

import { useEffect } from "preact/hooks";
import type { Ticket } from "../../../api/types";
import type { Key } from "../../../i18n";
import { type Command, useCommands } from "../../keyboard/commands";
import { tell } from "../../shell/failure";
import { current, type Menu, mayAct, menu } from "../../store/acting";
import { beginSplit, endSplit, splitting } from "../../store/splitting";

type Acts = typeof import("./acts");

const act = (
  id: string,
  title: Command["title"],
  keys: string[],
  run: (ticket: Ticket) => unknown,
  when: () => boolean = () => mayAct.peek(),
): Command => ({
  id: `ticket.${id}`,
  group: "ticket",
  title,
  keys,
  when,
  run: () => {
    const ticket = current.peek();
    if (ticket) void run(ticket);
  },
});

/** What is done comes when it is done first. */
const doing = (run: (acts: Acts, ticket: Ticket) => unknown) => (ticket: Ticket) =>
  import("./acts").then((acts) => run(acts, ticket)).catch(tell);

const opens = (name: Menu, title: Key, keys: string[], when?: () => boolean): Command =>
  act(
    name,
    title,
    keys,
    () => {
      menu.value = name;
    },
    when,
  );

const resolveOrReopen = () => (current.peek()?.status === "resolved" ? "reopen" : "resolve");

const COMMANDS: Command[] = [
  act(
    "resolve",
    resolveOrReopen,
    ["e"],
    doing((acts, ticket) => acts.resolveOrReopen(ticket)),
  ),
  opens("status", "set_status", ["s"]),
  opens("assignee", "set_assignee", ["a"]),
  act(
    "assign_me",
    "assign_me",
    ["Shift+a"],
    doing((acts, ticket) => acts.assign(ticket, "me")),
  ),
  opens("priority", "set_priority", ["p"]),
  opens("tags", "set_tags", ["t"]),
  opens("snooze", "snooze", ["z"]),
  act(
    "unread",
    "mark_unread",
    ["u"],
    doing((acts, ticket) => acts.leaveUnread(ticket)),
  ),
  act(
    "copy_link",
    "copy_link",
    ["l"],
    doing((acts, ticket) => acts.copyLink(ticket)),
    () => current.peek() !== null,
  ),
  opens("merge", "merge", ["m"], () => mayAct.peek() && !current.peek()?.merged_into),
  act("split", "split", ["Shift+m"], ({ id }) => {
    if (splitting.peek()?.ticket === id) endSplit();
    else beginSplit(id);
  }),
  act("split_end", "cancel", ["Escape"], endSplit, () => splitting.peek() !== null),
  act(
    "delete",
    "delete_ticket",
    ["#", "Backspace", "Delete"],
    doing((acts, ticket) => acts.remove(ticket)),
  ),
];

/** Offered as long as the inbox is there: each command knows whether a ticket is open. */
export function useTicketCommands(): void {
  useCommands(COMMANDS);
  const id = current.value?.id;
  useEffect(() => {
    menu.value = null;
    endSplit();
  }, [id]);
}
