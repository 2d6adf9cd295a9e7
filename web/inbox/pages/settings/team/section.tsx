import * as server from "../../../../api/organization";
import { t } from "../../../../i18n";
import { SectionHead } from "../../../sections/layout";
import { PanelSkeleton } from "../../../sections/panel";
import { Loaded, useResource } from "../../../sections/resource";
import { project as here } from "../../../store/session";
import type { SectionProps } from "../sections";
import { Invites } from "./invites";
import { Members } from "./members";

export default function Team({ readOnly }: SectionProps) {
  const organization = here.value?.organization;
  const id = organization?.id ?? "";
  const members = useResource(() => server.members(id), [id]);
  return (
    <>
      <SectionHead title={t("team")} text={t("team_text", { organization: organization?.name ?? "" })} />
      <Loaded of={members} skeleton={<PanelSkeleton rows={4} />}>
        {(found) => (
          <>
            {!readOnly && <Invites organization={id} members={found} />}
            <Members organization={id} members={found} take={members.set} readOnly={readOnly} />
          </>
        )}
      </Loaded>
    </>
  );
}
