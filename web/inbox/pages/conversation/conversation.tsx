import { useEffect, useState } from "preact/hooks";
import type { Ticket } from "../../../api/types";
import { Failure } from "../../shell/failure";
import { useTitle } from "../../shell/title";
import { customerOf } from "../../store/customer";
import { meet } from "../../store/opened";
import { mayWrite } from "../../store/session";
import { ticket } from "../../store/tickets";
import { TicketBanner } from "../actions/banner";
import { Composer } from "../composer/composer";
import { ConversationHeader, HeaderSkeleton, UnknownHeader } from "./header";
import { Presences } from "./presences";
import { Thread } from "./thread";
import { ThreadSkeleton } from "./thread-skeleton";
import "./conversation.css";

/** One ticket: whose it is, what was said, and what one says next. */
export function Conversation({ ref }: { ref: string }) {
  const [failed, setFailed] = useState<unknown>(null);
  const found = ticket(ref)?.value;
  const ask = () => {
    setFailed(null);
    return meet(ref).catch(setFailed);
  };
  useEffect(() => void ask(), [ref]);
  if (found) return <Opened key={found.id} ticket={found} />;
  if (failed)
    return (
      <>
        <UnknownHeader ref={ref} />
        <Failure error={failed} onRetry={ask} />
      </>
    );
  return (
    <>
      <HeaderSkeleton />
      <ThreadSkeleton />
    </>
  );
}

function Opened({ ticket }: { ticket: Ticket }) {
  useTitle(`${customerOf(ticket)} #${ticket.ticket_number}`);
  return (
    <div class="conversation">
      <ConversationHeader ticket={ticket} />
      <TicketBanner ticket={ticket} />
      <Thread ticket={ticket} />
      <Presences ticket={ticket.id} />
      {mayWrite.value && <Composer ticket={ticket} />}
    </div>
  );
}
