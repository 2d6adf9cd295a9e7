import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Time } from "../../../kit/time";
import { StatusIcon } from "../../parts/status-icon";
import { inProject } from "../../store/session";

type Brief = Pick<Ticket, "ticket_number" | "status" | "last_message_text"> &
  Partial<Pick<Ticket, "email_subject" | "last_message_at" | "created_at">>;

/** A ticket in one line. */
export function BriefTicket({ ticket }: { ticket: Brief }) {
  const at = ticket.last_message_at ?? ticket.created_at;
  return (
    <li>
      <a class="brief-ticket" href={inProject(`tickets/${ticket.ticket_number}`)}>
        <StatusIcon status={ticket.status} named />
        <span class="truncate" dir="auto">
          {ticket.email_subject ?? ticket.last_message_text ?? t("no_messages")}
        </span>
        <span class="muted">{at ? <Time at={at} /> : `#${ticket.ticket_number}`}</span>
      </a>
    </li>
  );
}
