import { X } from "lucide-preact";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { moment, Time } from "../../../kit/time";
import { ChannelIcon } from "../../parts/channel-icon";
import { mayWrite } from "../../store/session";
import { toggleTag } from "../actions/acts";
import { Fact, Facts } from "./facts";

/** Where the ticket came from, and how it stands. */
export function TicketFacts({ ticket }: { ticket: Ticket }) {
  const detail = ticket.channel_detail;
  return (
    <Facts>
      <Fact name={t("fact_channel")}>
        <ChannelIcon channel={ticket.channel_source} />{" "}
        {detail === "widget_embedded" || detail === "widget_api"
          ? t(`channel_${detail}`)
          : t(`channel_${ticket.channel_source}`)}
      </Fact>
      <Fact name={t("fact_subject")}>{ticket.email_subject}</Fact>
      <Fact name={t("fact_from")}>{ticket.email_from}</Fact>
      <Fact name={t("fact_to")}>{ticket.email_to}</Fact>
      <Fact name={t("fact_cc")}>{ticket.cc_participants.join(", ")}</Fact>
      <Fact name={t("fact_created")}>
        <Time at={ticket.created_at} how={moment} />
      </Fact>
      <Fact name={t("fact_updated")}>
        <Time at={ticket.updated_at} how={moment} />
      </Fact>
      <Fact name={t("fact_due")}>{ticket.sla_due_at && <Time at={ticket.sla_due_at} how={moment} />}</Fact>
      <Fact name={t("fact_tags")}>{ticket.tags.length > 0 && <Tags ticket={ticket} />}</Fact>
    </Facts>
  );
}

function Tags({ ticket }: { ticket: Ticket }) {
  return (
    <ul class="fact-tags">
      {ticket.tags.map((tag) => (
        <li key={tag}>
          <span class="truncate">{tag}</span>
          {mayWrite.value && (
            <button
              type="button"
              aria-label={t("tag_remove", { tag })}
              onClick={() => void toggleTag(ticket, tag)}
            >
              <X size={11} aria-hidden="true" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
