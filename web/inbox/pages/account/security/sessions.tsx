import { Monitor, Smartphone } from "lucide-preact";
import { endOtherSessions, endSession, sessions } from "../../../../api/account";
import type { Session } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Badge } from "../../../../kit/badge";
import { Button } from "../../../../kit/button";
import { full, relative } from "../../../../kit/time";
import { toast } from "../../../../kit/toast";
import { Panel, PanelSkeleton, Row } from "../../../sections/panel";
import { Loaded, useResource } from "../../../sections/resource";
import { tell } from "../../../shell/failure";
import { deviceOf, isHandheld } from "./device";

function nameOfDevice(agent: string): string {
  const { browser, system } = deviceOf(agent);
  if (browser && system) return t("session_on", { browser, system });
  return browser ?? system ?? t("session_unknown");
}

/** Every browser that is signed in, and the end of each. */
export function Sessions() {
  const known = useResource(sessions, []);

  async function end(session: Session, all: Session[]): Promise<void> {
    known.set(all.filter(({ id }) => id !== session.id));
    try {
      await endSession(session.id);
    } catch (error) {
      known.set(all);
      tell(error);
    }
  }

  async function endOthers(): Promise<void> {
    toast(t("sessions_ended", { count: await endOtherSessions() }));
    await known.reload();
  }

  return (
    <Loaded of={known} skeleton={<PanelSkeleton />}>
      {(all) => (
        <Panel
          title={t("sessions")}
          text={t("sessions_text")}
          flush
          action={
            all.length > 1 && (
              <Button size="s" variant="danger" onClick={() => endOthers().catch(tell)}>
                {t("sessions_end_others")}
              </Button>
            )
          }
        >
          <ul>
            {all.map((session) => (
              <SessionRow key={session.id} session={session} onEnd={() => void end(session, all)} />
            ))}
          </ul>
        </Panel>
      )}
    </Loaded>
  );
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const { user_agent, address, last_seen_at, is_current } = session;
  const Icon = isHandheld(user_agent) ? Smartphone : Monitor;
  const name = nameOfDevice(user_agent);
  return (
    <Row
      start={<Icon size={18} strokeWidth={1.75} aria-hidden="true" />}
      title={
        <>
          <span title={user_agent}>{name}</span>
          {is_current && <Badge tone="success">{t("session_this")}</Badge>}
        </>
      }
      text={
        <>
          <bdi>{address}</bdi> ·{" "}
          <time dateTime={last_seen_at} title={full(last_seen_at)}>
            {t("session_last", { when: relative(last_seen_at) })}
          </time>
        </>
      }
      end={
        !is_current && (
          <Button size="s" aria-label={t("session_end_of", { browser: name })} onClick={onEnd}>
            {t("session_end")}
          </Button>
        )
      }
    />
  );
}
