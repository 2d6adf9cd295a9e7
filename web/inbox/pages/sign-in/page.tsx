import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { TextField } from "../../../kit/field";
import { PasswordField } from "../../../kit/password-field";
import { signIn } from "../../store/session";
import { Front } from "./front";
import { refusal } from "./refusal";

export default function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      await signIn(email.trim(), password);
    } catch (error) {
      setWrong(refusal(error));
      setBusy(false);
    }
  }

  return (
    <Front title={t("sign_in_title")}>
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
        />
        <PasswordField
          label={t("password")}
          name="password"
          autocomplete="current-password"
          value={password}
          onText={setPassword}
          error={wrong}
        />
        <Button type="submit" variant="primary" busy={busy}>
          {t("sign_in")}
        </Button>
        <a href="/reset-password">{t("forgot_password")}</a>
      </form>
    </Front>
  );
}
