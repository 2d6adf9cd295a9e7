import * as server from "../../../../api/project";
import type { Status } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Switch } from "../../../../kit/field";
import { SelectField } from "../../../../kit/select";
import { useForm } from "../../../sections/form";
import { SectionHead } from "../../../sections/layout";
import { Panel } from "../../../sections/panel";
import { FormPanels } from "../../../sections/save-bar";
import { inProject } from "../../../store/session";
import type { SectionProps } from "../sections";
import { Recipients } from "./recipients";

const STATUSES: Status[] = ["new", "open", "pending", "on_hold", "resolved"];

export default function Conversations({ project, take, readOnly }: SectionProps) {
  const settings = server.settingsOf(project);
  const form = useForm(
    inProject("settings/conversations"),
    {
      reopen_on_customer_reply: settings.reopen_on_customer_reply ?? true,
      status_on_team_reply: (settings.status_on_team_reply ?? "") as Status | "",
      notification_recipients: settings.notification_recipients ?? [],
    },
    async ({ status_on_team_reply: status, ...others }) =>
      take(
        await server.changeSettings(project.id, {
          ...others,
          ...(status !== undefined && { status_on_team_reply: status || null }),
        }),
      ),
  );
  return (
    <>
      <SectionHead title={t("conversations")} text={t("conversations_text")} />
      <FormPanels form={form} readOnly={readOnly}>
        <Panel title={t("status_panel")}>
          <Switch
            label={t("reopen_on_reply")}
            hint={t("reopen_hint")}
            {...form.toggle("reopen_on_customer_reply")}
          />
          <SelectField
            label={t("status_on_reply")}
            hint={t("status_on_reply_hint")}
            value={form.values.status_on_team_reply}
            error={form.error("status_on_team_reply")}
            changed={form.isChanged("status_on_team_reply")}
            options={[
              ["", t("status_stays")],
              ...STATUSES.map((status) => [status, t(`status_${status}`)] as const),
            ]}
            onPick={(status_on_team_reply) => form.set({ status_on_team_reply })}
          />
        </Panel>
        <Panel title={t("recipients_panel")} text={t("recipients_text")}>
          <Recipients
            value={form.values.notification_recipients}
            error={form.error("notification_recipients")}
            readOnly={readOnly}
            onChange={(notification_recipients) => form.set({ notification_recipients })}
          />
        </Panel>
      </FormPanels>
    </>
  );
}
