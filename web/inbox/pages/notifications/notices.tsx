import { AtSign, BellOff, MessageCircle, UserPlus } from "lucide-preact";
import type { RefObject } from "preact";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { Empty } from "../../../kit/empty";
import { Popover } from "../../../kit/popover";
import { Skeleton } from "../../../kit/skeleton";
import { Time } from "../../../kit/time";
import { askPermission, permission, titleOfNotice } from "../../shell/announce";
import { tell } from "../../shell/failure";
import { hasOlder, type Kind, type Notice, notices, older, readAll, unread } from "../../store/notifications";
import { inProject } from "../../store/session";
import "./notices.css";

const ICONS: Record<Kind, typeof AtSign> = { mention: AtSign, assigned: UserPlus, reply: MessageCircle };

interface NoticesProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** What concerns oneself, the latest first. */
export default function Notices({ anchor, onClose }: NoticesProps) {
  const shown = notices.value;
  return (
    <Popover anchor={anchor} label={t("notifications")} onClose={onClose}>
      <div class="notices">
        <header>
          <h2>{t("notifications")}</h2>
          <Button size="s" variant="quiet" disabled={unread.value === 0} onClick={() => void readAll()}>
            {t("notifications_read_all")}
          </Button>
        </header>
        <Hint />
        {shown === null ? (
          <Waiting />
        ) : shown.length === 0 ? (
          <Empty icon={BellOff} title={t("notifications_none")}>
            {t("notifications_none_text")}
          </Empty>
        ) : (
          <ul>
            {shown.map((notice) => (
              <Row key={notice.id} notice={notice} onClose={onClose} />
            ))}
          </ul>
        )}
        {hasOlder.value && (
          <Button variant="quiet" onClick={() => older().catch(tell)}>
            {t("more")}
          </Button>
        )}
      </div>
    </Popover>
  );
}

function Row({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const Icon = ICONS[notice.kind];
  const fresh = notice.read_at === null;
  return (
    <li>
      <a
        class="notice"
        href={inProject(`tickets/${notice.ticket_number}`)}
        data-fresh={fresh || undefined}
        onClick={onClose}
      >
        <span class="notice-icon">
          <Icon size={15} aria-hidden="true" />
        </span>
        <span class="notice-title">
          <strong class="truncate">{titleOfNotice(notice)}</strong>
          <span class="muted">#{notice.ticket_number}</span>
        </span>
        <span class="notice-time muted">
          <Time at={notice.created_at} />
        </span>
        {notice.text && <span class="notice-text muted truncate">{notice.text}</span>}
        {fresh && <span class="sr-only">{t("notice_unread")}</span>}
      </a>
    </li>
  );
}

/** Asks for the browser's leave, once somebody reads this. */
function Hint() {
  if (permission.value === "denied") return <p class="notices-hint">{t("notifications_refused")}</p>;
  if (permission.value !== "default") return null;
  return (
    <p class="notices-hint">
      {t("notifications_hint")}
      <Button size="s" onClick={() => void askPermission()}>
        {t("notifications_allow")}
      </Button>
    </p>
  );
}

function Waiting() {
  return (
    <ul aria-busy="true">
      {[70, 55, 80].map((width) => (
        <li key={width} class="notice">
          <Skeleton width="1.5rem" height="1.5rem" round />
          <Skeleton width={`${width}%`} />
        </li>
      ))}
    </ul>
  );
}
