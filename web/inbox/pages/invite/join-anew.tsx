import { useState } from "preact/hooks";
import { ApiError } from "../../../api/errors";
import { accept } from "../../../api/invites";
import type { Invitation } from "../../../api/types";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { TextField } from "../../../kit/field";
import { PasswordField } from "../../../kit/password-field";
import { go } from "../../router";
import { enter } from "../../store/session";
import { Front } from "../sign-in/front";
import { refusal } from "../sign-in/refusal";

interface JoinProps {
  token: string;
  invitation: Invitation;
}

/** For whoever has no account here: joining makes one. */
export function JoinAnew({ token, invitation }: JoinProps) {
  const [names, setNames] = useState({ first_name: "", last_name: "" });
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<{ attr: string; text: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const about = (attr: string) => (wrong?.attr === attr ? wrong.text : null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      enter(await accept(token, { ...names, password }));
      go("/", { replace: true });
    } catch (error) {
      const isAboutName = error instanceof ApiError && error.attr === "first_name";
      setWrong({ attr: isAboutName ? "first_name" : "password", text: refusal(error) });
      setBusy(false);
    }
  }

  return (
    <Front
      title={t("join_title", { organization: invitation.organization_name })}
      text={t("join_text", { email: invitation.email })}
    >
      <form onSubmit={(event) => void submit(event)}>
        <input type="hidden" name="username" autocomplete="username" value={invitation.email} />
        <div class="front-two">
          <TextField
            label={t("first_name")}
            name="first_name"
            autocomplete="given-name"
            required
            autofocus
            maxLength={100}
            value={names.first_name}
            onText={(first_name) => setNames({ ...names, first_name })}
            error={about("first_name")}
          />
          <TextField
            label={t("last_name")}
            name="last_name"
            autocomplete="family-name"
            maxLength={100}
            value={names.last_name}
            onText={(last_name) => setNames({ ...names, last_name })}
          />
        </div>
        <PasswordField
          label={t("password")}
          hint={t("password_hint")}
          name="password"
          autocomplete="new-password"
          value={password}
          onText={setPassword}
          error={about("password")}
        />
        <Button type="submit" variant="primary" busy={busy}>
          {t("join")}
        </Button>
      </form>
    </Front>
  );
}
