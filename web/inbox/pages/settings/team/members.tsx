import { UserRoundMinus } from "lucide-preact";
import { useState } from "preact/hooks";
import { ApiError } from "../../../../api/errors";
import * as server from "../../../../api/organization";
import type { Level, Member } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Avatar } from "../../../../kit/avatar";
import { Badge } from "../../../../kit/badge";
import { IconButton } from "../../../../kit/button";
import { Confirm } from "../../../../kit/confirm";
import { Switch } from "../../../../kit/field";
import { relative, Time } from "../../../../kit/time";
import { toast } from "../../../../kit/toast";
import { Panel, Row } from "../../../sections/panel";
import { tell } from "../../../shell/failure";
import { begin, level, me, nameOf } from "../../../store/session";
import { loadTeam } from "../../../store/team";
import { givable, options } from "./levels";
import "../../../../kit/select.css";

interface MembersProps {
  organization: string;
  members: Member[];
  take: (members: Member[]) => void;
  readOnly: boolean;
}

function explain(error: unknown): void {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "last_owner" || code === "belongs_elsewhere") toast(t(code), { tone: "danger" });
  else tell(error);
}

/** Everybody, with what they may do. */
export function Members({ organization, members, take, readOnly }: MembersProps) {
  const [leaving, setLeaving] = useState<Member | null>(null);

  async function change(member: Member, wanted: Level): Promise<void> {
    const shown = (as: Level) =>
      take(members.map((each) => (each.user.id === member.user.id ? { ...each, level: as } : each)));
    shown(wanted);
    try {
      await server.changeLevel(organization, member.user.id, wanted);
      if (member.user.id === me.value?.id) await begin();
    } catch (error) {
      shown(member.level);
      explain(error);
    }
  }

  async function remove({ user }: Member, isClosing: boolean): Promise<void> {
    if (isClosing) await server.deactivate(organization, user.id);
    else await server.removeMember(organization, user.id);
    if (user.id === me.value?.id) return void location.assign("/");
    take(members.filter((each) => each.user.id !== user.id));
    void loadTeam(true);
  }

  return (
    <Panel title={t("members_count", { count: members.length })} flush>
      <ul>
        {members.map((member) => (
          <MemberRow
            key={member.user.id}
            member={member}
            readOnly={readOnly || (member.level === "owner" && level.value !== "owner")}
            onLevel={(wanted) => void change(member, wanted)}
            onRemove={() => setLeaving(member)}
          />
        ))}
      </ul>
      {leaving && (
        <Leaving
          member={leaving}
          run={(isClosing) => remove(leaving, isClosing)}
          onClose={() => setLeaving(null)}
        />
      )}
    </Panel>
  );
}

interface LeavingProps {
  member: Member;
  run: (isClosing: boolean) => Promise<void>;
  onClose: () => void;
}

/** Leaves the organization; whoever is sure closes the account with it. */
function Leaving({ member: { user }, run, onClose }: LeavingProps) {
  const [isClosing, setClosing] = useState(false);
  return (
    <Confirm
      title={t("remove_member", { name: nameOf(user) })}
      action={t("remove")}
      run={() => run(isClosing)}
      onClose={onClose}
      onError={explain}
    >
      <p>{t("remove_member_text")}</p>
      {user.id !== me.value?.id && (
        <Switch
          label={t("close_account")}
          hint={t("close_account_hint")}
          checked={isClosing}
          onChange={setClosing}
        />
      )}
    </Confirm>
  );
}

interface MemberRowProps {
  member: Member;
  readOnly: boolean;
  onLevel: (level: Level) => void;
  onRemove: () => void;
}

function MemberRow({
  member: { user, level: theirs, last_seen_at },
  readOnly,
  onLevel,
  onRemove,
}: MemberRowProps) {
  const name = nameOf(user);
  return (
    <Row
      start={<Avatar name={name} />}
      title={
        <>
          <bdi>{name}</bdi>
          {user.id === me.value?.id && <Badge>{t("you")}</Badge>}
        </>
      }
      text={
        <span class="parts">
          {name !== user.email && <bdi class="truncate">{user.email}</bdi>}
          <span>{last_seen_at ? <LastSeen at={last_seen_at} /> : t("never_seen")}</span>
        </span>
      }
      end={
        readOnly ? (
          <Badge>{t(`level_${theirs}`)}</Badge>
        ) : (
          <>
            <select
              class="input select level-select"
              aria-label={t("level_of", { name })}
              title={t(`level_${theirs}_hint`)}
              value={theirs}
              onChange={(e) => onLevel(e.currentTarget.value as Level)}
            >
              {options(givable()).map(([value, label]) => (
                <option key={value} value={value} title={t(`level_${value}_hint`)}>
                  {label}
                </option>
              ))}
            </select>
            <IconButton label={t("remove_item", { name })} onClick={onRemove}>
              <UserRoundMinus size={16} aria-hidden="true" />
            </IconButton>
          </>
        )
      }
    />
  );
}

function LastSeen({ at }: { at: string }) {
  const [before, after] = t("last_seen", { when: "\u0000" }).split("\u0000");
  return (
    <>
      {before}
      <Time at={at} how={relative} />
      {after}
    </>
  );
}
