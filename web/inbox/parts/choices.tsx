/** What the pickers offer for each thing one can set on a ticket. */

import { UserX } from "lucide-preact";
import type { Priority, Status } from "../../api/types";
import { t } from "../../i18n";
import { Avatar } from "../../kit/avatar";
import type { Option } from "../../kit/picker";
import { me, nameOf } from "../store/session";
import { team } from "../store/team";
import { PriorityIcon } from "./priority-icon";
import { StatusIcon } from "./status-icon";

export const STATUSES: Status[] = ["new", "open", "pending", "on_hold", "resolved"];
export const PRIORITIES: Priority[] = ["critical", "high", "medium", "low"];

export const statusOptions = (present: readonly (string | null)[] = []): Option<Status>[] =>
  STATUSES.map((status) => ({
    value: status,
    label: t(`status_${status}`),
    icon: <StatusIcon status={status} />,
    selected: present.includes(status),
  }));

export const priorityOptions = (present: readonly (string | null)[] = []): Option<Priority | null>[] =>
  [...PRIORITIES, null].map((priority) => ({
    value: priority,
    label: t(`priority_${priority ?? "none"}`),
    icon: <PriorityIcon priority={priority} />,
    selected: present.includes(priority),
  }));

/** As in the list's parameters: `me`, `unassigned`, `user:7`, `role:01a2…`. */
export type AssigneeItem = string;

/** Oneself first, nobody second, then the team and its roles. */
export function assigneeOptions(present: readonly AssigneeItem[] = []): Option<AssigneeItem>[] {
  const mine = me.value;
  const option = (value: AssigneeItem, label: string, more: Partial<Option<AssigneeItem>>) => ({
    value,
    label,
    selected: present.includes(value),
    ...more,
  });
  const { users, roles } = team.value;
  return [
    ...(mine
      ? [option("me", t("me"), { icon: <Avatar size="s" name={nameOf(mine)} />, hint: nameOf(mine) })]
      : []),
    option("unassigned", t("nobody"), { icon: <UserX size={20} strokeWidth={1.5} aria-hidden="true" /> }),
    ...users
      .filter(({ id, level }) => id !== mine?.id && level !== "viewer")
      .map((user) =>
        option(`user:${user.id}`, nameOf(user), {
          icon: <Avatar size="s" name={nameOf(user)} />,
          group: t("team_people"),
        }),
      ),
    ...roles.map((role) =>
      option(`role:${role.id}`, role.name, {
        icon: <Avatar size="s" name={role.name} />,
        hint: t("team_members", { count: role.members.length }),
        group: t("team_roles"),
      }),
    ),
  ];
}

/** What a PATCH wants for an item; oneself by one's own number. */
export function assigneeOf(item: AssigneeItem): { type: "user" | "role"; id: string | number } | null {
  if (item === "me") return { type: "user", id: me.peek()?.id ?? 0 };
  const [type, id = ""] = item.split(":");
  if (type === "user") return { type, id: Number(id) };
  return type === "role" ? { type, id } : null;
}

export const itemOf = (assignee: { type: string; id: string | number } | null): AssigneeItem =>
  assignee === null
    ? "unassigned"
    : assignee.type === "user" && assignee.id === me.value?.id
      ? "me"
      : `${assignee.type}:${assignee.id}`;
