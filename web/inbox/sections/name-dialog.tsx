import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button } from "../../kit/button";
import { Dialog } from "../../kit/dialog";
import { TextField } from "../../kit/field";
import { wording } from "../shell/failure";

interface NameDialogProps {
  title: string;
  label: string;
  action: string;
  value?: string;
  hint?: string;
  placeholder?: string;
  maxLength?: number;
  save: (name: string) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for one name, and says beside it what is wrong with it. */
export function NameDialog(props: NameDialogProps) {
  const { title, label, action, value = "", hint, placeholder, maxLength = 200, save, onClose } = props;
  const [text, setText] = useState(value);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await save(text.trim());
      onClose();
    } catch (error) {
      setWrong(wording(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form class="confirm" onSubmit={(event) => void submit(event)}>
        <TextField
          label={label}
          hint={hint}
          value={text}
          {...(placeholder && { placeholder })}
          error={wrong}
          required
          autofocus
          autocomplete="off"
          maxLength={maxLength}
          onText={setText}
        />
        <div class="confirm-buttons">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={!text.trim()}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
