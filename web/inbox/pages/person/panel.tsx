import { X } from "lucide-preact";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { IconButton } from "../../../kit/button";
import { Disclosure } from "../../../kit/disclosure";
import { tell } from "../../shell/failure";
import { closePerson, personFits } from "../../store/panes";
import { edit } from "../../store/persons";
import { change } from "../../store/tickets";
import { PersonHead } from "./head";
import { MergedTickets, OtherTickets } from "./others";
import "./panel.css";
import { Properties } from "./properties";
import { SessionFacts } from "./session";
import { TicketFacts } from "./ticket-facts";

type Known = Record<string, unknown>;

/** Who writes, from where, and what is known of them. */
export function PersonPanel({ ticket }: { ticket: Ticket }) {
  const { person } = ticket;
  const traits = ticket.anonymous_traits as Known;
  const setTraits = (name: string, value: unknown) => {
    const { [name]: _, ...others } = traits;
    const anonymous_traits = (
      value === null ? others : { ...traits, [name]: value }
    ) as Ticket["anonymous_traits"];
    return change(ticket.id, { anonymous_traits }, { anonymous_traits }).catch(tell);
  };
  return (
    <div class="person-panel">
      {!personFits.value && (
        <div class="person-close">
          <IconButton label={t("close")} onClick={closePerson}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      )}
      <PersonHead ticket={ticket} />
      <Disclosure name="ticket" title={t("section_ticket")}>
        <TicketFacts ticket={ticket} />
      </Disclosure>
      <SessionFacts ticket={ticket} />
      {person && (
        <Disclosure name="properties" title={t("section_properties")}>
          <Properties
            properties={person.properties as Known}
            onChange={(name, value) => edit(person, { [name]: value }).catch(tell)}
          />
        </Disclosure>
      )}
      {(!person || Object.keys(traits).length > 0) && (
        <Disclosure name="traits" title={t("section_traits")}>
          <Properties properties={traits} hint={t("section_traits_hint")} onChange={setTraits} all />
        </Disclosure>
      )}
      <MergedTickets ticket={ticket} />
      <OtherTickets key={ticket.id} ticket={ticket} />
    </div>
  );
}
