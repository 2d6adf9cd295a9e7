import { BadgeCheck, ShieldQuestion, SquareArrowOutUpRight } from "lucide-preact";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Avatar } from "../../../kit/avatar";
import { Badge } from "../../../kit/badge";
import { CopyButton } from "../../../kit/copy";
import { tell } from "../../shell/failure";
import { customerOf, emailOf } from "../../store/customer";
import { edit } from "../../store/persons";
import { inProject, mayWrite } from "../../store/session";
import { change } from "../../store/tickets";
import { EditableName } from "./name";

/** Their name and address, and whether it is really them. */
export function PersonHead({ ticket }: { ticket: Ticket }) {
  const { person } = ticket;
  const [name, email] = [customerOf(ticket), emailOf(ticket)];
  return (
    <header class="person-head">
      <Avatar size="l" name={name} />
      <div class="person-who">
        <EditableName
          name={name}
          known={name !== email && name !== t("anonymous")}
          editable={mayWrite.value}
          onName={rename(ticket)}
        />
        {email && email !== name && (
          <span class="person-email">
            <span class="truncate muted" dir="auto" title={email}>
              {email}
            </span>
            <CopyButton text={email} label={t("copy_email")} />
          </span>
        )}
      </div>
      <div class="person-marks">
        <Verified verified={ticket.identity_verified} />
        {person && (
          <a class="person-page" href={inProject(`persons/${person.id}`)}>
            {t("person_page")}
            <SquareArrowOutUpRight size={12} class="mirrored" aria-hidden="true" />
          </a>
        )}
      </div>
    </header>
  );
}

/** Of a person everywhere; of somebody unknown in this ticket alone. */
const rename = (ticket: Ticket) => (name: string) => {
  if (ticket.person) return edit(ticket.person, { name: name || null }).catch(tell);
  const { name: _, ...others } = ticket.anonymous_traits as Record<string, unknown>;
  const anonymous_traits = (name ? { ...others, name } : others) as Ticket["anonymous_traits"];
  return change(ticket.id, { anonymous_traits }, { anonymous_traits }).catch(tell);
};

function Verified({ verified }: { verified: boolean | null }) {
  return verified ? (
    <Badge tone="info" title={t("person_verified_text")}>
      <BadgeCheck size={13} aria-hidden="true" />
      {t("person_verified")}
    </Badge>
  ) : (
    <Badge tone="warning" title={t("person_unverified_text")}>
      <ShieldQuestion size={13} aria-hidden="true" />
      {t("person_unverified")}
    </Badge>
  );
}
