import { AlarmClock, Hourglass } from "lucide-preact";
import type { Ticket } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Avatar } from "../../../../kit/avatar";
import { brief, distance, full, now, relative } from "../../../../kit/time";
import { ChannelIcon } from "../../../parts/channel-icon";
import { PriorityIcon } from "../../../parts/priority-icon";
import { StatusIcon } from "../../../parts/status-icon";
import { dueOf } from "../../../store/due";
import { assigneeName } from "../../../store/team";
import "./row-facts.css";

const TAGS_SHOWN = 2;

/** How the ticket stands, in signs as small as they may be. */
export function RowFacts({ ticket }: { ticket: Ticket }) {
  const { assignee, tags } = ticket;
  return (
    <span class="row-facts">
      <StatusIcon status={ticket.status} named />
      {ticket.priority && <PriorityIcon priority={ticket.priority} named />}
      <ChannelIcon channel={ticket.channel_source} />
      <span class="row-number">#{ticket.ticket_number}</span>
      <Waits ticket={ticket} />
      <span class="row-tags">
        {tags.slice(0, TAGS_SHOWN).map((tag) => (
          <span key={tag} class="tag truncate">
            {tag}
          </span>
        ))}
        {tags.length > TAGS_SHOWN && (
          <span class="tag more" title={tags.slice(TAGS_SHOWN).join(", ")}>
            +{tags.length - TAGS_SHOWN}
          </span>
        )}
      </span>
      {assignee && (
        <span
          class="row-assignee"
          role="img"
          aria-label={t("assigned_to", { name: assigneeName(assignee) })}
          title={t("assigned_to", { name: assigneeName(assignee) })}
        >
          <Avatar size="s" name={assigneeName(assignee)} />
        </span>
      )}
    </span>
  );
}

/** What the clock has to do with it: snoozed until, or due at. */
function Waits({ ticket }: { ticket: Ticket }) {
  const { snoozed_until: until, sla_due_at: due } = ticket;
  if (until)
    return (
      <span class="waits" title={full(until)}>
        <AlarmClock size={12} aria-hidden="true" />
        <span class="sr-only">{t("snoozed_until", { when: full(until) })}</span>
        <span aria-hidden="true">{brief(until)}</span>
      </span>
    );
  const state = dueOf(ticket, now.value);
  if (!state || !due) return null;
  const said = t(state === "breached" ? "overdue" : "due", { when: relative(due) });
  return (
    <span class={`waits ${state}`} title={`${said} · ${full(due)}`}>
      <Hourglass size={11} aria-hidden="true" />
      <span class="sr-only">{said}</span>
      <span aria-hidden="true">{distance(due)}</span>
    </span>
  );
}
