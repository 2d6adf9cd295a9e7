import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { inWords } from "../../../kit/kbd";
import { Picker } from "../../../kit/picker";
import { available, type Command, commands, nameOfCommand } from "../../keyboard/commands";
import { assigneeOptions, itemOf, priorityOptions, statusOptions } from "../../parts/choices";
import { iconOf, inOrder } from "../../parts/command-icons";
import SnoozePicker from "../../parts/snooze-picker";
import { type Menu, menu } from "../../store/acting";
import { loadTeam } from "../../store/team";
import { assign, setPriority, setStatus, snooze } from "./acts";
import { MergeDialog } from "./merge-dialog";
import { TagPicker } from "./tag-picker";

interface MenuProps {
  ticket: Ticket;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Whichever menu is open. */
export default function Menus({ menu: name, ticket, anchor }: Omit<MenuProps, "onClose"> & { menu: Menu }) {
  // A menu may have opened another one in its place.
  const onClose = () => {
    if (menu.peek() === name) menu.value = null;
  };
  const properties = { ticket, anchor, onClose };
  useEffect(() => onClose, []);
  switch (name) {
    case "status":
      return (
        <Picker
          {...properties}
          label={t("set_status")}
          options={statusOptions([ticket.status])}
          onPick={(status) => void setStatus(ticket, status)}
        />
      );
    case "priority":
      return (
        <Picker
          {...properties}
          label={t("set_priority")}
          options={priorityOptions([ticket.priority])}
          onPick={(priority) => void setPriority(ticket, priority)}
        />
      );
    case "assignee":
      return <AssigneePicker {...properties} />;
    case "tags":
      return <TagPicker {...properties} />;
    case "snooze":
      return (
        <SnoozePicker
          {...properties}
          snoozed={ticket.snoozed_until !== null}
          onPick={(until) => void snooze(ticket, until)}
        />
      );
    case "more":
      return <MoreMenu {...properties} />;
    case "merge":
      return <MergeDialog ticket={ticket} onClose={onClose} />;
  }
}

function AssigneePicker({ ticket, ...properties }: MenuProps) {
  useEffect(() => void loadTeam(), []);
  return (
    <Picker
      {...properties}
      label={t("set_assignee")}
      options={assigneeOptions([itemOf(ticket.assignee)])}
      onPick={(item) => void assign(ticket, item)}
    />
  );
}

const isOfTicket = (command: Command): boolean =>
  command.group === "ticket" && command.id.startsWith("ticket.");

function iconFor(command: Command) {
  const Icon = iconOf(command);
  return Icon && <Icon size={15} aria-hidden="true" />;
}

/** All there is to do, also what has no button of its own here. */
function MoreMenu({ anchor, onClose }: MenuProps) {
  const offered = inOrder([...commands.value.values()].filter((each) => isOfTicket(each) && available(each)));
  return (
    <Picker
      anchor={anchor}
      align="end"
      label={t("actions")}
      options={offered.map((command) => ({
        value: command,
        label: nameOfCommand(command),
        icon: iconFor(command),
        ...(command.keys?.[0] && { hint: inWords(command.keys[0]) }),
      }))}
      onPick={(command) => command.run()}
      onClose={onClose}
    />
  );
}
