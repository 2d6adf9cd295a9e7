import { MessagesSquare } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Profile } from "../../../api/persons";
import { list } from "../../../api/tickets";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { Empty } from "../../../kit/empty";
import { Skeleton } from "../../../kit/skeleton";
import { tell } from "../../shell/failure";
import { onEvent } from "../../store/live";
import { project } from "../../store/session";
import { ticket as known, takeAll } from "../../store/tickets";
import { TicketLine } from "./ticket-line";

const PAGE = "25";

interface Found {
  ids: string[];
  cursor: string | null;
  count: number;
}

/** All tickets of a person, the latest first. */
export function PersonTickets({ person }: { person: Profile }) {
  const [found, setFound] = useState<Found | null>(null);
  const distinct_ids = person.distinct_ids.join(",");

  const ask = (cursor: string, before: string[]) =>
    list(project.peek()?.id ?? 0, { distinct_ids, limit: PAGE, order_by: "-updated_at" }, cursor).then(
      (page) => {
        takeAll(page.results);
        const ids = [...new Set([...before, ...page.results.map(({ id }) => id)])];
        setFound({ ids, cursor: page.cursor, count: page.count });
      },
      tell,
    );

  useEffect(() => {
    void ask("", []);
    return onEvent(({ type, ticket_id: id }) => {
      if (type === "ticket.created" || (id && known(id)?.peek().person?.id === person.id)) void ask("", []);
    });
  }, [distinct_ids]);

  const tickets = (found?.ids ?? []).flatMap((id) => known(id)?.value ?? []);
  return (
    <section class="person-tickets" aria-labelledby="person-tickets">
      <h2 id="person-tickets">
        {t("person_tickets")} {found && <span class="muted">{found.count}</span>}
      </h2>
      {found === null ? (
        <Waiting />
      ) : tickets.length === 0 ? (
        <Empty icon={MessagesSquare} title={t("person_tickets_none")} />
      ) : (
        <ul>
          {tickets.map((ticket) => (
            <TicketLine key={ticket.id} ticket={ticket} />
          ))}
        </ul>
      )}
      {found?.cursor && <Button onClick={() => void ask(found.cursor ?? "", found.ids)}>{t("more")}</Button>}
    </section>
  );
}

function Waiting() {
  return (
    <ul aria-busy="true">
      {[80, 60, 70].map((width) => (
        <li key={width} class="ticket-line">
          <Skeleton width={`${width}%`} />
        </li>
      ))}
    </ul>
  );
}
