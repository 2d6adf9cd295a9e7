import { RotateCw, TriangleAlert } from "lucide-preact";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { discard, retry } from "../../store/outbox";
import type { Outgoing } from "../../store/outgoing";

function explained({ refused, isSaid }: Outgoing): string {
  if (!refused) return t("not_sent_uncertain");
  return t(isSaid ? "not_followed" : "not_sent", { reason: refused });
}

/** How far a message is on its way; what to do when the server does not take it. */
export function OutgoingState({ outgoing }: { outgoing: Outgoing }) {
  if (outgoing.refused === null)
    return <p class="said-state">{t(outgoing.attempts > 1 ? "waiting_for_line" : "sending")}</p>;
  return (
    <div class="said-refused" role="alert">
      <TriangleAlert size={14} aria-hidden="true" />
      <span>{explained(outgoing)}</span>
      <Button size="s" onClick={() => void retry(outgoing.id)}>
        <RotateCw size={13} aria-hidden="true" />
        {t("retry")}
      </Button>
      <Button size="s" variant="quiet" onClick={() => void discard(outgoing.id)}>
        {t("discard")}
      </Button>
    </div>
  );
}
