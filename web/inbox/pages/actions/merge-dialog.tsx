import { ArrowRight, Merge } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { Dialog } from "../../../kit/dialog";
import { TextField } from "../../../kit/field";
import { StatusIcon } from "../../parts/status-icon";
import { tell } from "../../shell/failure";
import { customerOf } from "../../store/customer";
import { merge } from "./acts";
import "./merge-dialog.css";
import { useTicketSearch } from "../../parts/ticket-search";

/** Choose the ticket that this one becomes a part of, and see what that means. */
export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const [into, setInto] = useState<Ticket | null>(null);
  const [busy, setBusy] = useState(false);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => confirm.current?.focus(), [into]);

  async function submit(): Promise<void> {
    if (!into) return;
    setBusy(true);
    try {
      await merge(ticket, into);
      onClose();
    } catch (error) {
      tell(error);
      setBusy(false);
    }
  }

  return (
    <Dialog
      wide
      title={t("merge_title", { number: `#${ticket.ticket_number}` })}
      onClose={onClose}
      footer={
        into && (
          <>
            <Button onClick={() => setInto(null)}>{t("back")}</Button>
            <Button element={confirm} variant="primary" busy={busy} onClick={() => void submit()}>
              <Merge size={15} aria-hidden="true" />
              {t("merge_do", { into: `#${into.ticket_number}` })}
            </Button>
          </>
        )
      }
    >
      {into ? <Outlook ticket={ticket} into={into} /> : <Choice ticket={ticket} onChosen={setInto} />}
    </Dialog>
  );
}

function Choice({ ticket, onChosen }: { ticket: Ticket; onChosen: (ticket: Ticket) => void }) {
  const [text, setText] = useState("");
  const { found, busy } = useTicketSearch(text, { likely: ticket });
  const shown = found.filter(({ id, merged_into }) => id !== ticket.id && !merged_into);
  return (
    <>
      <TextField
        type="search"
        label={t("merge_search")}
        placeholder={t("merge_search_hint")}
        value={text}
        autofocus
        autocomplete="off"
        onText={setText}
      />
      <ul class="merge-found scroll" aria-busy={busy} aria-label={t("tickets")}>
        {shown.map((each) => (
          <li key={each.id}>
            <button type="button" onClick={() => onChosen(each)}>
              <Brief ticket={each} />
            </button>
          </li>
        ))}
        {!busy && shown.length === 0 && <li class="muted merge-none">{t("nothing_found")}</li>}
      </ul>
    </>
  );
}

function Brief({ ticket }: { ticket: Ticket }) {
  return (
    <span class="merge-ticket">
      <StatusIcon status={ticket.status} named />
      <strong class="truncate">{customerOf(ticket)}</strong>
      <span class="muted">#{ticket.ticket_number}</span>
      <span class="merge-said muted truncate" dir="auto">
        {ticket.email_subject ?? ticket.last_message_text}
      </span>
    </span>
  );
}

function Outlook({ ticket, into }: { ticket: Ticket; into: Ticket }) {
  const values = { number: `#${ticket.ticket_number}`, into: `#${into.ticket_number}` };
  return (
    <>
      <div class="merge-both">
        <Brief ticket={ticket} />
        <ArrowRight size={18} class="mirrored" role="img" aria-label={t("merge_into")} />
        <Brief ticket={into} />
      </div>
      <ul class="merge-outlook">
        <li>{t("merge_effect_resolved", values)}</li>
        <li>{t("merge_effect_stays", values)}</li>
        <li>{t("merge_effect_back", values)}</li>
      </ul>
    </>
  );
}
