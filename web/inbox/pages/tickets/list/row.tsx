import { type ReadonlySignal, type Signal, useComputed } from "@preact/signals";
import type { Ticket } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Avatar } from "../../../../kit/avatar";
import { Time } from "../../../../kit/time";
import { place } from "../../../router";
import { customerOf } from "../../../store/customer";
import type { Match } from "../../../store/pages";
import { active, selected } from "../../../store/selection";
import { inProject } from "../../../store/session";
import { Marked } from "./marked";
import "./row.css";
import { RowFacts } from "./row-facts";

interface RowProps {
  ticket: Signal<Ticket>;
  place: number;
  opened: boolean;
  /** The row that Tab leads to. */
  reach: ReadonlySignal<string | undefined>;
  searched: string;
  match: Match | undefined;
  onTick: (id: string, range: boolean) => void;
}

const hrefOf = (number: number): string => {
  const query = place.value.query.toString();
  return inProject(`tickets/${number}`) + (query && `?${query}`);
};

/** One ticket in three calm lines: who, what they said last, and how it stands. */
export function Row({ ticket: { value: ticket }, place, opened, reach, searched, match, onTick }: RowProps) {
  const { id, ticket_number, unread_team_count: unread } = ticket;
  const ticked = useComputed(() => selected.value.has(id));
  const reached = useComputed(() => reach.value === id);
  const name = customerOf(ticket);
  const tabIndex = reached.value ? 0 : -1;
  return (
    <div
      role="row"
      class={`row ${unread ? "unread" : ""}`}
      aria-selected={ticked.value}
      aria-rowindex={place + 1}
      data-id={id}
      data-opened={opened || undefined}
    >
      <div role="gridcell" class="row-tick">
        <Avatar name={name} />
        <input
          type="checkbox"
          checked={ticked.value}
          tabIndex={tabIndex}
          aria-label={t("select_ticket", { number: String(ticket_number) })}
          onClick={(event) => onTick(id, event.shiftKey)}
        />
      </div>
      <div role="gridcell" class="row-cell">
        <a
          class="row-link"
          href={hrefOf(ticket_number)}
          tabIndex={tabIndex}
          aria-current={opened ? "page" : undefined}
          onFocus={() => (active.value = id)}
        >
          <span class="row-line">
            {unread > 0 && <span class="sr-only">{t("unread_messages", { count: unread })}</span>}
            <span class="row-name truncate" dir="auto">
              <Marked text={name} searched={match?.field === "name" ? searched : ""} />
            </span>
            <span class="row-time">
              <Time at={ticket.last_message_at ?? ticket.created_at} />
            </span>
          </span>
          <Said ticket={ticket} searched={searched} match={match} />
          <RowFacts ticket={ticket} />
        </a>
      </div>
    </div>
  );
}

/** What was said last, or where the search found its text. */
function Said({ ticket, searched, match }: { ticket: Ticket; searched: string; match: Match | undefined }) {
  const { email_subject: subject, last_message_text: last } = ticket;
  const found = match && match.field !== "name" && match.field !== "email_subject" ? match.text : null;
  const inSubject = match?.field === "email_subject" ? searched : "";
  return (
    <span class={`row-said ${found ? "found" : "truncate"}`} dir="auto">
      {subject && !found && (
        <>
          <span class="row-subject">
            <Marked text={subject} searched={inSubject} />
          </span>{" "}
        </>
      )}
      <Marked text={found ?? last ?? t("no_messages")} searched={searched} />
    </span>
  );
}
