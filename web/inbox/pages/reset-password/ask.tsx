import { useState } from "preact/hooks";
import { askForReset } from "../../../api/account";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { TextField } from "../../../kit/field";
import { Front } from "../sign-in/front";
import { refusal } from "../sign-in/refusal";

export function AskForLink() {
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      await askForReset(email.trim());
      setSent(true);
    } catch (error) {
      setWrong(refusal(error));
    }
    setBusy(false);
  }

  if (isSent)
    return (
      <Front title={t("reset_sent_title")} text={t("reset_sent_text", { email: email.trim() })}>
        <div class="front-actions" role="status">
          <a href="/sign-in">{t("to_sign_in")}</a>
        </div>
      </Front>
    );
  return (
    <Front title={t("reset_title")} text={t("reset_text")}>
      <form onSubmit={(event) => void submit(event)}>
        <TextField
          label={t("email")}
          type="email"
          name="email"
          autocomplete="username"
          required
          autofocus
          value={email}
          onText={setEmail}
          error={wrong}
        />
        <Button type="submit" variant="primary" busy={busy}>
          {t("reset_ask")}
        </Button>
        <a href="/sign-in">{t("to_sign_in")}</a>
      </form>
    </Front>
  );
}
