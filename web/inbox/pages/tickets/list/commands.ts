import { type Command, useCommands } from "../../../keyboard/commands";
import { bringIn, listing, waiting } from "../../../store/list";
import { single } from "../../../store/panes";
import { active, clear, selectAll, selected, toggle } from "../../../store/selection";
import { ticket } from "../../../store/tickets";
import { isAtList, move, moveTicking, openNeighbour, openTicket } from "./focus";

const group = "list" as const;

const MOVING: Command[] = [
  {
    id: "list.next",
    title: "list_next",
    group,
    keys: ["j"],
    repeats: true,
    run: () => move(1),
  },
  {
    id: "list.previous",
    title: "list_previous",
    group,
    keys: ["k"],
    repeats: true,
    run: () => move(-1),
  },
  {
    id: "list.open",
    title: "list_open",
    group,
    keys: ["Enter"],
    when: () => active.peek() !== null && document.activeElement === document.body,
    run: () => active.peek() && openTicket(active.peek() ?? ""),
  },
  {
    id: "list.bring-in",
    title: "list_bring_in",
    group,
    keys: ["."],
    when: () => waiting.peek() > 0,
    run: bringIn,
  },
];

const SELECTING: Command[] = [
  {
    id: "list.select",
    title: "select_toggle",
    group,
    keys: ["x"],
    when: () => active.peek() !== null,
    run: () => toggle(active.peek() ?? ""),
  },
  {
    id: "list.select-down",
    title: "select_down",
    group,
    keys: ["Shift+j"],
    repeats: true,
    run: () => moveTicking(1),
  },
  {
    id: "list.select-up",
    title: "select_up",
    group,
    keys: ["Shift+k"],
    repeats: true,
    run: () => moveTicking(-1),
  },
  {
    id: "list.select-all",
    title: "select_all",
    group,
    keys: ["Mod+a"],
    when: isAtList,
    run: () => selectAll(listing.peek()?.ids ?? []),
  },
  {
    id: "list.select-none",
    title: "select_none",
    group,
    keys: ["Escape"],
    when: () => selected.peek().size > 0,
    run: clear,
  },
];

/** What one can do with the list where it stands. */
export function useListCommands(mayWrite: boolean): void {
  useCommands([...MOVING, ...(mayWrite ? SELECTING : [])], [mayWrite]);
}

/** On a phone the list is away while a ticket is open: the same keys open the next one. */
export function useNeighbourCommands(ref: string): void {
  const step = (by: number) => () => {
    const id = ticket(ref)?.peek().id;
    if (id) openNeighbour(id, by);
  };
  const when = () => single.peek();
  useCommands(
    [
      { id: "ticket.next", title: "list_next", group, keys: ["j"], when, run: step(1) },
      { id: "ticket.previous", title: "list_previous", group, keys: ["k"], when, run: step(-1) },
    ],
    [ref],
  );
}
