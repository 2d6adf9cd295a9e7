/** Who is who, for sentences about the team. */

import { t } from "../../../i18n";
import { me, nameOf } from "../../store/session";
import { assigneeName, teammate } from "../../store/team";

export function nameOfUser(id: number, email = ""): string {
  const user = me.value?.id === id ? me.value : teammate(id);
  return user ? nameOf(user) : email.replace(/@.*/, "") || t("who_somebody");
}

export const nameOfAssignee = (assignee: { type: "user" | "role"; id: string | number }): string =>
  assigneeName(assignee) || t(assignee.type === "user" ? "who_somebody" : "who_role");
