import { Mail, UserRoundPlus, X } from "lucide-preact";
import { useState } from "preact/hooks";
import * as server from "../../../../api/organization";
import type { Invite, Member } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Badge } from "../../../../kit/badge";
import { Button, IconButton } from "../../../../kit/button";
import { Confirm } from "../../../../kit/confirm";
import { full } from "../../../../kit/time";
import { Panel, Row } from "../../../sections/panel";
import { useResource } from "../../../sections/resource";
import { tell } from "../../../shell/failure";
import { nameOf } from "../../../store/session";
import { InviteDialog } from "./invite-dialog";

interface InvitesProps {
  organization: string;
  members: Member[];
}

/** Who is asked to come, and asking more. */
export function Invites({ organization, members }: InvitesProps) {
  const [asks, setAsks] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Invite | null>(null);
  const invites = useResource(() => server.invites(organization), [organization]);
  const open = invites.value ?? [];
  const inviter = (id: number | null) => members.find(({ user }) => user.id === id)?.user;
  return (
    <Panel
      title={open.length ? t("invites_panel") : t("invite_title")}
      text={t("invite_text")}
      flush
      action={
        <Button variant="primary" onClick={() => setAsks(true)}>
          <UserRoundPlus size={15} aria-hidden="true" />
          {t("invite")}
        </Button>
      }
    >
      {open.length > 0 && (
        <ul>
          {open.map((invite) => (
            <Row
              key={invite.id}
              start={<Mail size={18} aria-hidden="true" />}
              title={<bdi>{invite.email}</bdi>}
              text={[
                t("invite_expires", { when: full(invite.expires_at) }),
                ...[inviter(invite.created_by)].flatMap((user) => (user ? [nameOf(user)] : [])),
              ].join(" · ")}
              end={
                <>
                  <Badge>{t(`level_${invite.level}`)}</Badge>
                  <IconButton
                    label={`${t("withdraw")}: ${invite.email}`}
                    onClick={() => setWithdrawn(invite)}
                  >
                    <X size={16} aria-hidden="true" />
                  </IconButton>
                </>
              }
            />
          ))}
        </ul>
      )}
      {asks && (
        <InviteDialog
          organization={organization}
          onClose={() => setAsks(false)}
          onInvited={() => void invites.reload()}
        />
      )}
      {withdrawn && (
        <Confirm
          title={t("withdraw")}
          action={t("withdraw")}
          run={async () => {
            await server.withdrawInvite(organization, withdrawn.id);
            invites.set(open.filter(({ id }) => id !== withdrawn.id));
          }}
          onClose={() => setWithdrawn(null)}
          onError={tell}
        >
          {t("withdraw_text", { email: withdrawn.email })}
        </Confirm>
      )}
    </Panel>
  );
}
