import { useState } from "preact/hooks";
import * as server from "../../../../api/organization";
import type { Level } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { CopyField } from "../../../../kit/copy";
import { Dialog } from "../../../../kit/dialog";
import { TextField } from "../../../../kit/field";
import { SelectField } from "../../../../kit/select";
import { wording } from "../../../shell/failure";
import { givable, options } from "./levels";

interface InviteDialogProps {
  organization: string;
  onClose: () => void;
  onInvited: () => void;
}

/** Whom, and as what; then the link, which is shown this once. */
export function InviteDialog({ organization, onClose, onInvited }: InviteDialogProps) {
  const [email, setEmail] = useState("");
  const [level, setLevel] = useState<Level>("agent");
  const [link, setLink] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      setLink((await server.invite(organization, email.trim(), level)).link);
      onInvited();
    } catch (error) {
      setWrong(wording(error));
    }
    setBusy(false);
  }

  if (link)
    return (
      <Dialog title={t("invite_made", { email })} onClose={onClose}>
        <CopyField label={t("invite_link")} value={link} hint={t("shown_once")} />
        <div class="confirm-buttons">
          <Button variant="primary" onClick={onClose}>
            {t("done")}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t("invite_title")} onClose={onClose}>
      <form class="confirm" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t("email")}
          type="email"
          required
          autofocus
          autocomplete="off"
          maxLength={254}
          value={email}
          error={wrong}
          onText={setEmail}
        />
        <SelectField
          label={t("level")}
          hint={t(`level_${level}_hint`)}
          value={level}
          options={options(givable())}
          onPick={setLevel}
        />
        <div class="confirm-buttons">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {t("invite_make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
