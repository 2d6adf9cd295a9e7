import { useState } from "preact/hooks";
import { confirmReset } from "../../../api/account";
import { ApiError } from "../../../api/errors";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { PasswordField } from "../../../kit/password-field";
import { go } from "../../router";
import { enter } from "../../store/session";
import { Front } from "../sign-in/front";
import { refusal } from "../sign-in/refusal";

export function ChoosePassword({ token, onAgain }: { token: string; onAgain: () => void }) {
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [isDead, setDead] = useState(false);
  const [busy, setBusy] = useState(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      enter(await confirmReset(token, password));
      go("/", { replace: true });
    } catch (error) {
      if (error instanceof ApiError && error.attr === "token") setDead(true);
      else setWrong(refusal(error));
      setBusy(false);
    }
  }

  if (isDead)
    return (
      <Front title={t("link_dead_title")} text={t("reset_dead_text")}>
        <div class="front-actions">
          <Button variant="primary" onClick={onAgain}>
            {t("reset_again")}
          </Button>
        </div>
      </Front>
    );
  return (
    <Front title={t("choose_title")} text={t("choose_text")}>
      <form onSubmit={(event) => void submit(event)}>
        <PasswordField
          label={t("new_password")}
          hint={t("password_hint")}
          name="password"
          autocomplete="new-password"
          autofocus
          value={password}
          onText={setPassword}
          error={wrong}
        />
        <Button type="submit" variant="primary" busy={busy}>
          {t("choose")}
        </Button>
      </form>
    </Front>
  );
}
