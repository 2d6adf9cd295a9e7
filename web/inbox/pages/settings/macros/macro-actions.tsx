import { useEffect } from "preact/hooks";
import type { Priority, Status } from "../../../../api/types";
import { t } from "../../../../i18n";
import { TextField } from "../../../../kit/field";
import { SelectField } from "../../../../kit/select";
import { nameOf } from "../../../store/session";
import { loadTeam, team } from "../../../store/team";
import type { Draft } from "./draft";

const STATUSES: Status[] = ["new", "open", "pending", "on_hold", "resolved"];
const PRIORITIES: Priority[] = ["low", "medium", "high", "critical"];

interface MacroActionsProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
}

/** What the macro does to the ticket. */
export function MacroActions({ draft, set }: MacroActionsProps) {
  useEffect(() => void loadTeam(), []);
  const { users, roles } = team.value;
  const asItIs = ["", t("macro_as_is")] as const;
  return (
    <fieldset class="macro-actions">
      <legend>{t("macro_does")}</legend>
      <div class="panel-two">
        <SelectField
          label={t("macro_status")}
          value={draft.status}
          options={[asItIs, ...STATUSES.map((status) => [status, t(`status_${status}`)] as const)]}
          onPick={(status) => set({ status })}
        />
        <SelectField
          label={t("macro_priority")}
          value={draft.priority}
          options={[asItIs, ...PRIORITIES.map((each) => [each, t(`priority_${each}`)] as const)]}
          onPick={(priority) => set({ priority })}
        />
        <SelectField
          label={t("macro_assignee")}
          value={draft.assignee}
          options={[
            asItIs,
            ...users.map((user) => [`user:${user.id}`, nameOf(user)] as const),
            ...roles.map((role) => [`role:${role.id}`, role.name] as const),
          ]}
          onPick={(assignee) => set({ assignee })}
        />
        <TextField
          label={t("macro_tags")}
          hint={t("macro_tags_hint")}
          autocomplete="off"
          value={draft.tags}
          onText={(tags) => set({ tags })}
        />
      </div>
    </fieldset>
  );
}
