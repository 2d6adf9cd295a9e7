import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import * as server from "../../../../api/organization";
import type { Me } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Badge } from "../../../../kit/badge";
import { Button } from "../../../../kit/button";
import { go } from "../../../router";
import { NameDialog } from "../../../sections/name-dialog";
import { Panel, Row } from "../../../sections/panel";
import { begin, project } from "../../../store/session";

interface ProjectsProps {
  organization: Me["organizations"][number];
  readOnly: boolean;
}

/** The projects beside this one, and the way to another. */
export function Projects({ organization, readOnly }: ProjectsProps) {
  const [asks, setAsks] = useState(false);

  async function create(name: string): Promise<void> {
    const { id } = await server.createProject(organization.id, name);
    await begin();
    go(`/projects/${id}/settings/install`);
  }

  return (
    <Panel
      title={t("projects_panel")}
      text={t("projects_panel_text")}
      flush
      action={
        !readOnly && (
          <Button size="s" onClick={() => setAsks(true)}>
            <Plus size={14} aria-hidden="true" />
            {t("new_project")}
          </Button>
        )
      }
    >
      <ul>
        {organization.projects.map(({ id, name }) => (
          <Row
            key={id}
            title={<a href={`/projects/${id}/settings`}>{name}</a>}
            end={id === project.value?.id && <Badge tone="accent">{t("present_project")}</Badge>}
          />
        ))}
      </ul>
      {asks && (
        <NameDialog
          title={t("new_project")}
          label={t("project_name")}
          action={t("create")}
          save={create}
          onClose={() => setAsks(false)}
        />
      )}
    </Panel>
  );
}
