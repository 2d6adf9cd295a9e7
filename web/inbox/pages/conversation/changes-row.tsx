import { ChevronRight } from "lucide-preact";
import type { LoggedEvent, Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { clock, Time } from "../../../kit/time";
import { customerOf } from "../../store/customer";
import { sentence } from "./changes";

/** What was changed here: one line, several folded into one that opens. */
export function Changes({ events, ticket }: { events: LoggedEvent[]; ticket: Ticket }) {
  const [first] = events;
  if (events.length === 1 && first)
    return (
      <li class="changes">
        <Line event={first} ticket={ticket} />
      </li>
    );
  return (
    <li class="changes">
      <details>
        <summary>
          {t("changes_folded", { count: events.length })}
          <ChevronRight size={13} aria-hidden="true" />
        </summary>
        <ul>
          {events.map((event) => (
            <li key={event.id}>
              <Line event={event} ticket={ticket} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function Line({ event, ticket }: { event: LoggedEvent; ticket: Ticket }) {
  return (
    <p>
      <bdi>{sentence(event, customerOf(ticket))}</bdi> <Time at={event.at} how={clock} />
    </p>
  );
}
