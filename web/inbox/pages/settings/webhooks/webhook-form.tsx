import type { Webhook } from "../../../../api/types";
import * as server from "../../../../api/webhooks";
import { t } from "../../../../i18n";
import { Switch, TextField } from "../../../../kit/field";
import { useForm } from "../../../sections/form";
import { Panel } from "../../../sections/panel";
import { FormPanels } from "../../../sections/save-bar";
import { inProject } from "../../../store/session";
import { WantedEvents } from "./wanted-events";

interface WebhookFormProps {
  project: number;
  webhook: Webhook;
  take: (webhook: Webhook) => void;
}

export function WebhookForm({ project, webhook, take }: WebhookFormProps) {
  const { id, url, description, event_types, public_only, enabled } = webhook;
  const form = useForm(
    inProject(`settings/webhooks/${id}`),
    { url, description, event_types, public_only, enabled },
    async (changes) => take(await server.change(project, id, changes)),
  );
  return (
    <FormPanels form={form}>
      <Panel title={t("settings")}>
        <Switch label={t("webhook_enabled")} hint={t("webhook_enabled_hint")} {...form.toggle("enabled")} />
        <TextField
          label={t("webhook_url")}
          hint={t("webhook_url_hint")}
          type="url"
          maxLength={2000}
          {...form.text("url")}
        />
        <TextField label={t("webhook_description")} maxLength={500} {...form.text("description")} />
        <WantedEvents value={form.values} error={form.error("event_types")} onChange={form.set} />
      </Panel>
    </FormPanels>
  );
}
