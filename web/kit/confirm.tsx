import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { TextField } from "./field";

interface ConfirmProps {
  title: string;
  children: ComponentChildren;
  /** What the button says: the deed itself, never "OK". */
  action: string;
  /** For what hurts most: this has to be typed first. */
  typed?: string;
  harmless?: boolean;
  run: () => Promise<unknown>;
  onClose: () => void;
  onError: (error: unknown) => void;
}

/** Asks before what cannot be undone; stays open until it is done. */
export function Confirm(props: ConfirmProps) {
  const { title, children, action, typed, harmless = false, run, onClose, onError } = props;
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState("");

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await run();
      onClose();
    } catch (error) {
      onError(error);
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form class="confirm" onSubmit={(event) => void submit(event)}>
        <div class="confirm-text muted">{children}</div>
        {typed && (
          <TextField
            label={t("type_to_confirm", { text: typed })}
            value={text}
            autocomplete="off"
            onText={setText}
          />
        )}
        <div class="confirm-buttons">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            type="submit"
            variant={harmless ? "primary" : "destructive"}
            busy={busy}
            disabled={typed !== undefined && text.trim() !== typed}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
