import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Time } from "../../../kit/time";
import { PriorityIcon } from "../../parts/priority-icon";
import { StatusIcon } from "../../parts/status-icon";
import { inProject } from "../../store/session";
import { assigneeName } from "../../store/team";

/** A ticket in two lines, for a wide page. */
export function TicketLine({ ticket }: { ticket: Ticket }) {
  return (
    <li>
      <a class="ticket-line" href={inProject(`tickets/${ticket.ticket_number}`)}>
        <StatusIcon status={ticket.status} named />
        <span class="ticket-line-said truncate" dir="auto">
          {ticket.email_subject ?? ticket.last_message_text ?? t("no_messages")}
        </span>
        <span class="muted">
          <Time at={ticket.last_message_at ?? ticket.created_at} />
        </span>
        <span class="ticket-line-facts muted">
          #{ticket.ticket_number}
          {ticket.priority && <PriorityIcon priority={ticket.priority} named />}
          {ticket.assignee && <span class="truncate">{assigneeName(ticket.assignee)}</span>}
          {ticket.tags.length > 0 && <span class="truncate">{ticket.tags.join(", ")}</span>}
        </span>
      </a>
    </li>
  );
}
