import { ChevronDown } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import type { Status } from "../../../api/types";
import { type Key, t } from "../../../i18n";
import { Button, IconButton } from "../../../kit/button";
import { Picker } from "../../../kit/picker";

const CHOICES: Status[] = ["resolved", "pending", "on_hold", "open"];

interface SendButtonProps {
  isNote: boolean;
  disabled: boolean;
  onSend: (status?: Status) => void;
}

/** Sends; beside it, sends and sets the status in one go. */
export function SendButton({ isNote, disabled, onSend }: SendButtonProps) {
  const more = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <span class="send-button">
      <Button
        variant="primary"
        size="s"
        keys="Mod+Enter"
        disabled={disabled}
        onClick={() => onSend()}
        class="send-now"
      >
        {t(isNote ? "add_note" : "send")}
      </Button>
      {!isNote && (
        <IconButton
          element={more}
          class="send-more"
          variant="primary"
          size="s"
          label={t("send_and_set")}
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          disabled={disabled}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronDown size={14} />
        </IconButton>
      )}
      {isOpen && (
        <Picker
          anchor={more}
          align="end"
          label={t("send_and_set")}
          options={CHOICES.map((status) => ({ value: status, label: t(`status_${status}` as Key) }))}
          onPick={onSend}
          onClose={() => setOpen(false)}
        />
      )}
    </span>
  );
}
