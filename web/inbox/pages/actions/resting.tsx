import { AlarmClock, Merge } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { moment } from "../../../kit/time";
import { place } from "../../router";
import { inProject, mayWrite } from "../../store/session";
import { ticket as known, refresh } from "../../store/tickets";
import { snooze, unmerge } from "./acts";
import "./resting.css";

/** Says what makes this ticket rest, with the way back. */
export default function Resting({ ticket }: { ticket: Ticket }) {
  return (
    <>
      {ticket.merged_into && <MergedInto ticket={ticket} into={ticket.merged_into} />}
      {ticket.snoozed_until && (
        <p class="ticket-banner">
          <AlarmClock size={15} aria-hidden="true" />
          <span>{t("snoozed_until", { when: moment(ticket.snoozed_until) })}</span>
          {mayWrite.value && (
            <Button size="s" variant="quiet" onClick={() => void snooze(ticket, null)}>
              {t("snooze_end")}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

function MergedInto({ ticket, into }: { ticket: Ticket; into: string }) {
  const target = known(into)?.value;
  useEffect(() => {
    if (!target) refresh(into);
  }, [into]);
  const number = target?.ticket_number;
  return (
    <p class="ticket-banner">
      <Merge size={15} aria-hidden="true" />
      <span>
        {t("merged_banner")}{" "}
        <a
          href={
            inProject(`tickets/${number ?? into}`) + (place.value.query.size ? `?${place.value.query}` : "")
          }
        >
          {number ? `#${number}` : t("merged_target")}
        </a>
      </span>
      {mayWrite.value && (
        <Button size="s" variant="quiet" onClick={() => void unmerge(ticket)}>
          {t("unmerge")}
        </Button>
      )}
    </p>
  );
}
