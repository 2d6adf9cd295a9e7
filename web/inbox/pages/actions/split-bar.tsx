import { Split } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { endSplit, splitting } from "../../store/splitting";
import { splitOff } from "./acts";

/** Stands in place of the other actions while one chooses messages. */
export default function SplitBar({ ticket }: { ticket: Ticket }) {
  const [busy, setBusy] = useState(false);
  const messages = splitting.value?.messages ?? new Set<string>();
  const count = messages.size;
  return (
    <div class="ticket-actions split-bar" role="toolbar" aria-label={t("split")}>
      <span class="truncate" role="status">
        {count ? t("split_count", { count }) : t("split_choose")}
      </span>
      <Button onClick={endSplit}>{t("cancel")}</Button>
      <Button
        variant="primary"
        busy={busy}
        disabled={count === 0}
        onClick={() => {
          setBusy(true);
          void splitOff(ticket, messages).finally(() => setBusy(false));
        }}
      >
        <Split size={15} aria-hidden="true" />
        {t("split_do")}
      </Button>
    </div>
  );
}
