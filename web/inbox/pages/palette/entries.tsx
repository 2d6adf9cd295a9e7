/** What the palette offers without asking the server. */

import { Layers } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { Profile } from "../../../api/persons";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Avatar } from "../../../kit/avatar";
import { available, type Command, commands, nameOfCommand } from "../../keyboard/commands";
import { iconOf, inOrder } from "../../parts/command-icons";
import { StatusIcon } from "../../parts/status-icon";
import { go } from "../../router";
import { current } from "../../store/acting";
import { hrefOfView } from "../../store/asked";
import { customerOf } from "../../store/customer";
import { BUILT_IN, type BuiltIn } from "../../store/filters";
import { nameOfProfile, textIn } from "../../store/profile";
import { recent } from "../../store/recent";
import { inProject } from "../../store/session";
import { knownTickets, ticket } from "../../store/tickets";
import { views } from "../../store/views";
import { nameOfBuiltIn } from "../tickets/list/title";
import { ranked } from "./rank";

export interface Entry {
  id: string;
  group: string;
  label: string;
  hint?: string;
  keys?: string;
  icon?: ComponentChildren;
  run: () => void;
}

const RECENT = 6;
const LOCAL = 5;

/** Views have entries under their own names. */
const isListed = (id: string): boolean => id !== "app.palette" && !/^view\.\d/.test(id);

const ORDER = ["ticket", "write", "list", "go", "app"];

function commandEntry(command: Command): Entry {
  const Icon = iconOf(command);
  return {
    id: command.id,
    group: t(`group_${command.group}`),
    label: nameOfCommand(command),
    icon: Icon && <Icon size={16} aria-hidden="true" />,
    run: command.run,
    ...(command.keys?.[0] && { keys: command.keys[0] }),
  };
}

export function commandEntries(): Entry[] {
  return inOrder([...commands.value.values()])
    .filter((command) => isListed(command.id) && available(command))
    .sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group))
    .map(commandEntry);
}

export function viewEntries(): Entry[] {
  const entry = (id: string, label: string): Entry => ({
    id: `view:${id}`,
    group: t("views"),
    label,
    icon: <Layers size={16} aria-hidden="true" />,
    run: () => go(hrefOfView(id)),
  });
  return [
    ...(Object.keys(BUILT_IN) as BuiltIn[]).map((name) => entry(name, nameOfBuiltIn(name))),
    ...views.value.map((view) => entry(view.short_id, view.name)),
  ];
}

export const ticketEntry = (found: Ticket, group = t("tickets")): Entry => ({
  id: `ticket:${found.id}`,
  group,
  label: customerOf(found),
  hint: `#${found.ticket_number} · ${found.email_subject ?? found.last_message_text ?? ""}`,
  icon: <StatusIcon status={found.status} />,
  run: () => go(inProject(`tickets/${found.ticket_number}`)),
});

export const personEntry = (found: Profile): Entry => ({
  id: `person:${found.id}`,
  group: t("people"),
  label: nameOfProfile(found),
  hint: textIn(found.properties, "email"),
  icon: <Avatar size="s" name={nameOfProfile(found)} />,
  run: () => go(inProject(`persons/${found.id}`)),
});

export function recentEntries(): Entry[] {
  return recent.value
    .flatMap((id) => ticket(id)?.value ?? [])
    .filter(({ id }) => id !== current.peek()?.id)
    .slice(0, RECENT)
    .map((found) => ticketEntry(found, t("recent_tickets")));
}

/** Of the tickets that are here already: by number, name or subject. */
export function localTickets(text: string): Entry[] {
  const number = text.trim().replace(/^#/, "");
  const all = knownTickets();
  const named = all.filter((each) => String(each.ticket_number) === number);
  const found = ranked(all, text, (each) => `${customerOf(each)} ${each.email_subject ?? ""}`);
  return [...new Set([...named, ...found])].slice(0, LOCAL).map((each) => ticketEntry(each));
}

/** Each id once, as it came first. */
export function unique(entries: readonly Entry[]): Entry[] {
  return [...new Map([...entries].reverse().map((entry) => [entry.id, entry])).values()].reverse();
}
