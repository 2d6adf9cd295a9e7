import { Plus, UserRoundCog } from "lucide-preact";
import { useState } from "preact/hooks";
import * as server from "../../../../api/organization";
import type { Role } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Empty } from "../../../../kit/empty";
import { SectionHead } from "../../../sections/layout";
import { NameDialog } from "../../../sections/name-dialog";
import { Panel, PanelSkeleton } from "../../../sections/panel";
import { Loaded, useResource } from "../../../sections/resource";
import { project as here } from "../../../store/session";
import { loadTeam } from "../../../store/team";
import type { SectionProps } from "../sections";
import { RoleRow } from "./role-row";

export default function Roles({ readOnly }: SectionProps) {
  const id = here.value?.organization.id ?? "";
  const [asks, setAsks] = useState(false);
  const known = useResource(
    () =>
      Promise.all([server.roles(id), server.members(id)]).then(([roles, members]) => ({ roles, members })),
    [id],
  );
  const add = !readOnly && (
    <Button variant="primary" onClick={() => setAsks(true)}>
      <Plus size={15} aria-hidden="true" />
      {t("new_role")}
    </Button>
  );

  async function create(name: string): Promise<void> {
    await server.createRole(id, name);
    await known.reload();
    void loadTeam(true);
  }

  return (
    <>
      <SectionHead title={t("roles")} text={t("roles_text")} />
      <Loaded of={known} skeleton={<PanelSkeleton />}>
        {({ roles, members }) => {
          const take = (changed: Role[]) => {
            known.set({ roles: changed, members });
            void loadTeam(true);
          };
          return roles.length ? (
            <Panel title={t("roles")} flush action={add}>
              <ul>
                {roles.map((role) => (
                  <RoleRow
                    key={role.id}
                    organization={id}
                    role={role}
                    roles={roles}
                    members={members}
                    readOnly={readOnly}
                    take={take}
                  />
                ))}
              </ul>
            </Panel>
          ) : (
            <Empty icon={UserRoundCog} title={t("roles_none")} action={add}>
              {t("roles_none_text")}
            </Empty>
          );
        }}
      </Loaded>
      {asks && (
        <NameDialog
          title={t("new_role")}
          label={t("role_name")}
          placeholder={t("role_placeholder")}
          action={t("create")}
          save={create}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
