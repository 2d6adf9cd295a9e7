import * as organizations from "../../../../api/organization";
import * as projects from "../../../../api/project";
import { t } from "../../../../i18n";
import { CopyField } from "../../../../kit/copy";
import { TextField } from "../../../../kit/field";
import { useForm } from "../../../sections/form";
import { SectionHead } from "../../../sections/layout";
import { Panel } from "../../../sections/panel";
import { FormPanels } from "../../../sections/save-bar";
import { begin, project as here, inProject } from "../../../store/session";
import type { SectionProps } from "../sections";
import { Projects } from "./projects";

export default function General({ project, take, readOnly }: SectionProps) {
  const organization = here.value?.organization;
  const form = useForm(
    inProject("settings/general"),
    { name: project.name, organization: organization?.name ?? "" },
    async ({ name, organization: wanted }) => {
      if (name !== undefined) take(await projects.rename(project.id, name));
      if (wanted !== undefined && organization) await organizations.rename(organization.id, wanted);
      await begin();
    },
  );
  return (
    <>
      <SectionHead title={t("general")} text={t("general_text")} />
      <FormPanels form={form} readOnly={readOnly}>
        <Panel title={t("project_panel")}>
          <TextField
            label={t("project_name")}
            hint={t("project_name_hint")}
            maxLength={200}
            {...form.text("name")}
          />
          <CopyField
            label={t("project_number")}
            value={String(project.id)}
            hint={t("project_number_hint", { id: String(project.id) })}
          />
        </Panel>
        <Panel title={t("organization_panel")}>
          <TextField
            label={t("organization_name")}
            hint={t("organization_name_hint")}
            maxLength={200}
            {...form.text("organization")}
          />
        </Panel>
      </FormPanels>
      {organization && <Projects organization={organization} readOnly={readOnly} />}
    </>
  );
}
