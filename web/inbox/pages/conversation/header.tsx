import { BadgeCheck } from "lucide-preact";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Skeleton } from "../../../kit/skeleton";
import { customerOf } from "../../store/customer";
import { TicketActions } from "../actions/actions";
import { BackToList } from "../tickets/back";
import "./header.css";

/** Whose ticket it is, and what it is set to. */
export function ConversationHeader({ ticket }: { ticket: Ticket }) {
  return (
    <header class="conversation-header">
      <BackToList />
      <div class="conversation-title">
        <h1 class="truncate">{customerOf(ticket)}</h1>
        {ticket.identity_verified && (
          <span
            class="verified"
            role="img"
            aria-label={t("identity_verified")}
            title={t("identity_verified")}
          >
            <BadgeCheck size={15} aria-hidden="true" />
          </span>
        )}
        <span class="conversation-number">#{ticket.ticket_number}</span>
        {ticket.email_subject && <span class="conversation-subject truncate">{ticket.email_subject}</span>}
      </div>
      <TicketActions ticket={ticket} />
    </header>
  );
}

/** Of a ticket that is not there. */
export function UnknownHeader({ ref }: { ref: string }) {
  return (
    <header class="conversation-header">
      <BackToList />
      <h1 class="truncate">#{ref}</h1>
    </header>
  );
}

export function HeaderSkeleton() {
  return (
    <header class="conversation-header" aria-busy="true">
      <BackToList />
      <Skeleton width="9rem" height="0.875rem" />
    </header>
  );
}
