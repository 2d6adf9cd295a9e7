import * as server from "../../../../api/project";
import { t } from "../../../../i18n";
import { CopyField } from "../../../../kit/copy";
import { ListField } from "../../../../kit/list-field";
import { useForm } from "../../../sections/form";
import { SectionHead } from "../../../sections/layout";
import { Panel } from "../../../sections/panel";
import { FormPanels } from "../../../sections/save-bar";
import { inProject } from "../../../store/session";
import type { SectionProps } from "../sections";
import { Snippet } from "./snippet";

export default function Install({ project, take, readOnly }: SectionProps) {
  const settings = server.settingsOf(project);
  const form = useForm(
    inProject("settings/install"),
    { widget_domains: settings.widget_domains ?? [] },
    async (changes) => take(await server.changeSettings(project.id, changes)),
  );
  return (
    <>
      <SectionHead title={t("install")} text={t("install_text")} />
      <Snippet project={project} />
      <FormPanels form={form} readOnly={readOnly}>
        <Panel title={t("domains_panel")} text={t("domains_text")}>
          <ListField
            label={t("domain")}
            hint={t("domain_hint")}
            none={t("domains_none")}
            placeholder="shop.example"
            items={form.values.widget_domains}
            error={form.error("widget_domains")}
            changed={form.isChanged("widget_domains")}
            disabled={readOnly}
            onChange={(widget_domains) => form.set({ widget_domains })}
          />
        </Panel>
      </FormPanels>
      <Panel title={t("tokens_panel")} text={t("tokens_text")}>
        <CopyField label={t("server_address")} value={location.origin} />
        <CopyField label={t("project_token")} value={project.api_token} />
        <CopyField label={t("widget_token")} value={settings.widget_public_token} />
      </Panel>
    </>
  );
}
