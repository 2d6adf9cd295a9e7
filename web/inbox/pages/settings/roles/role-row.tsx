import { Pencil, Trash2, UserRoundPlus } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import * as server from "../../../../api/organization";
import type { Member, Role } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Avatar } from "../../../../kit/avatar";
import { IconButton } from "../../../../kit/button";
import { Picker } from "../../../../kit/picker";
import { NameDialog } from "../../../sections/name-dialog";
import { Row } from "../../../sections/panel";
import { tell } from "../../../shell/failure";
import { nameOf } from "../../../store/session";
import { DeleteRole } from "./delete-role";

interface RoleRowProps {
  organization: string;
  role: Role;
  roles: Role[];
  members: Member[];
  readOnly: boolean;
  take: (roles: Role[]) => void;
}

/** A role, who is in it, and changing either. */
export function RoleRow({ organization, role, roles, members, readOnly, take }: RoleRowProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<"members" | "rename" | "delete" | null>(null);
  const close = () => setOpen(null);
  const put = (changed: Role) => take(roles.map((each) => (each.id === changed.id ? changed : each)));
  const names = members.filter(({ user }) => role.members.includes(user.id)).map(({ user }) => nameOf(user));

  async function toggle(user: number): Promise<void> {
    const isIn = role.members.includes(user);
    put({ ...role, members: isIn ? role.members.filter((id) => id !== user) : [...role.members, user] });
    try {
      await (isIn ? server.leaveRole : server.joinRole)(organization, role.id, user);
    } catch (error) {
      put(role);
      tell(error);
    }
  }

  return (
    <>
      <Row
        title={<bdi>{role.name}</bdi>}
        text={
          names.length ? new Intl.ListFormat(document.documentElement.lang).format(names) : t("role_empty")
        }
        end={
          !readOnly && (
            <>
              <IconButton
                element={button}
                label={t("role_members", { name: role.name })}
                aria-haspopup="dialog"
                aria-expanded={open === "members"}
                onClick={() => setOpen("members")}
              >
                <UserRoundPlus size={16} aria-hidden="true" />
              </IconButton>
              <IconButton label={`${t("rename_role")}: ${role.name}`} onClick={() => setOpen("rename")}>
                <Pencil size={15} aria-hidden="true" />
              </IconButton>
              <IconButton label={t("delete_role", { name: role.name })} onClick={() => setOpen("delete")}>
                <Trash2 size={15} aria-hidden="true" />
              </IconButton>
            </>
          )
        }
      />
      {open === "members" && (
        <Picker
          anchor={button}
          label={t("role_members", { name: role.name })}
          align="end"
          multiple
          options={members.map(({ user }) => ({
            value: user.id,
            label: nameOf(user),
            icon: <Avatar name={nameOf(user)} size="s" />,
            selected: role.members.includes(user.id),
          }))}
          onPick={(user) => void toggle(user)}
          onClose={close}
        />
      )}
      {open === "rename" && (
        <NameDialog
          title={t("rename_role")}
          label={t("role_name")}
          action={t("save")}
          value={role.name}
          save={async (name) => put(await server.renameRole(organization, role.id, name))}
          onClose={close}
        />
      )}
      {open === "delete" && (
        <DeleteRole
          organization={organization}
          role={role}
          others={roles.filter(({ id }) => id !== role.id)}
          onDeleted={() => take(roles.filter(({ id }) => id !== role.id))}
          onClose={close}
        />
      )}
    </>
  );
}
