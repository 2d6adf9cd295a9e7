/** Icons and order of the commands that are there from the first moment on: only menus want them. */

import {
  AlarmClock,
  Bell,
  Check,
  CircleDot,
  CircleHelp,
  Inbox,
  Link2,
  LogOut,
  type LucideIcon,
  MailOpen,
  Merge,
  Monitor,
  Moon,
  PanelRight,
  Search,
  Settings,
  SignalHigh,
  Split,
  SquarePen,
  Sun,
  Tag,
  Trash2,
  UserPlus,
  UserRound,
  UserRoundCheck,
  Users,
} from "lucide-preact";
import type { Command } from "../keyboard/commands";

const ICONS: Record<string, LucideIcon> = {
  "go.inbox": Inbox,
  "go.people": Users,
  "go.settings": Settings,
  "go.account": UserRound,
  "go.notifications": Bell,
  "app.palette": Search,
  "app.compose": SquarePen,
  "app.help": CircleHelp,
  "app.theme_light": Sun,
  "app.theme_dark": Moon,
  "app.theme_system": Monitor,
  "app.sign_out": LogOut,
  "ticket.resolve": Check,
  "ticket.status": CircleDot,
  "ticket.assignee": UserPlus,
  "ticket.assign_me": UserRoundCheck,
  "ticket.priority": SignalHigh,
  "ticket.tags": Tag,
  "ticket.snooze": AlarmClock,
  "ticket.unread": MailOpen,
  "ticket.copy_link": Link2,
  "ticket.merge": Merge,
  "ticket.split": Split,
  "ticket.delete": Trash2,
  "ticket.person": PanelRight,
};

const NAMES = Object.keys(ICONS);

/** As menus list them: these in this order, then the others. */
export function inOrder(commands: Command[]): Command[] {
  const placeOf = ({ id }: Command): number => (NAMES.indexOf(id) + NAMES.length + 1) % (NAMES.length + 1);
  return [...commands].sort((a, b) => placeOf(a) - placeOf(b));
}

export const iconOf = ({ id, icon }: Command): LucideIcon | undefined => icon ?? ICONS[id];
