import { useEffect, useState } from "preact/hooks";
import { merged } from "../../../api/merging";
import { list } from "../../../api/tickets";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Disclosure } from "../../../kit/disclosure";
import { Skeleton } from "../../../kit/skeleton";
import { queryOf } from "../../parts/ticket-search";
import { onEvent } from "../../store/live";
import { inProject, project } from "../../store/session";
import { ticket as known, takeAll } from "../../store/tickets";
import { BriefTicket } from "./brief-ticket";

const SHOWN = 5;

type Ids = string[] | null | undefined;

/** What else the same customer has. */
export function OtherTickets({ ticket }: { ticket: Ticket }) {
  const [ids, setIds] = useState<Ids>(undefined);
  const query = queryOf("", ticket);
  const wanted = new URLSearchParams(query).toString();
  useEffect(() => {
    if (!wanted) return setIds([]);
    list(project.peek()?.id ?? 0, { ...query, limit: String(SHOWN + 1) }).then(
      ({ results }) => {
        takeAll(results);
        setIds(results.map(({ id }) => id).filter((id) => id !== ticket.id));
      },
      () => setIds(null),
    );
  }, [wanted]);
  const found = (ids ?? []).flatMap((id) => known(id)?.value ?? []);
  return (
    <Disclosure
      name="others"
      title={t("section_tickets")}
      aside={
        found.length > 0 && (
          <a class="others-all" href={`${inProject("tickets")}?${wanted}`}>
            {t("tickets_all")}
          </a>
        )
      }
    >
      {ids === undefined ? (
        <Waiting />
      ) : found.length ? (
        <ul class="brief-tickets">
          {found.slice(0, SHOWN).map((each) => (
            <BriefTicket key={each.id} ticket={each} />
          ))}
        </ul>
      ) : (
        <p class="muted">{t(ids === null ? "failed" : "tickets_none")}</p>
      )}
    </Disclosure>
  );
}

/** Tickets that were made a part of this one. */
export function MergedTickets({ ticket }: { ticket: Ticket }) {
  const [found, setFound] = useState<Awaited<ReturnType<typeof merged>>>([]);
  useEffect(() => {
    const ask = () => void merged(project.peek()?.id ?? 0, ticket.id).then(setFound, () => {});
    ask();
    return onEvent(({ ticket_id, type }) => {
      if (ticket_id === ticket.id && /^ticket\.(absorbed|unmerged)$/.test(type)) ask();
    });
  }, [ticket.id]);
  if (found.length === 0) return null;
  return (
    <Disclosure name="merged" title={t("section_merged")}>
      <ul class="brief-tickets">
        {found.map((each) => (
          <BriefTicket key={each.id} ticket={each} />
        ))}
      </ul>
    </Disclosure>
  );
}

function Waiting() {
  return (
    <div class="others-waiting" aria-busy="true">
      <Skeleton width="90%" />
      <Skeleton width="65%" />
    </div>
  );
}
