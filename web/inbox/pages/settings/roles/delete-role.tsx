import { useState } from "preact/hooks";
import * as server from "../../../../api/organization";
import type { Role } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Confirm } from "../../../../kit/confirm";
import { SelectField } from "../../../../kit/select";
import { tell } from "../../../shell/failure";

interface DeleteRoleProps {
  organization: string;
  role: Role;
  others: Role[];
  onDeleted: () => void;
  onClose: () => void;
}

/** Its tickets have to go somewhere: to another role, or to nobody. */
export function DeleteRole({ organization, role, others, onDeleted, onClose }: DeleteRoleProps) {
  const [heir, setHeir] = useState("none");
  return (
    <Confirm
      title={t("delete_role", { name: role.name })}
      action={t("delete")}
      run={async () => {
        await server.removeRole(organization, role.id, heir);
        onDeleted();
      }}
      onClose={onClose}
      onError={tell}
    >
      <SelectField
        label={t("tickets_go_to")}
        value={heir}
        options={[["none", t("nobody")], ...others.map(({ id, name }) => [id, name] as const)]}
        onPick={setHeir}
      />
    </Confirm>
  );
}
