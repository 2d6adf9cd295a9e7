import { useState } from "preact/hooks";
import { accept } from "../../../api/invites";
import { signIn as enterWith } from "../../../api/session";
import type { Invitation } from "../../../api/types";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { PasswordField } from "../../../kit/password-field";
import { go } from "../../router";
import { tell } from "../../shell/failure";
import { enter, me, signOut } from "../../store/session";
import { Front } from "../sign-in/front";
import { refusal } from "../sign-in/refusal";

interface JoinProps {
  token: string;
  invitation: Invitation;
}

/** For whoever has an account: joins as who they are, after signing in if need be. */
export function JoinKnown({ token, invitation }: JoinProps) {
  const { email } = invitation;
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const signedIn = me.value?.email;
  const isOther = signedIn !== undefined && signedIn.toLowerCase() !== email.toLowerCase();

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      if (!signedIn) enter(await enterWith(email, password));
      enter(await accept(token));
      go("/", { replace: true });
    } catch (error) {
      setWrong(refusal(error));
      setBusy(false);
    }
  }

  const title = t("join_title", { organization: invitation.organization_name });
  if (isOther)
    return (
      <Front title={title} text={t("join_other", { email: signedIn, invited: email })}>
        <div class="front-actions">
          <Button variant="primary" onClick={() => signOut().catch(tell)}>
            {t("sign_out")}
          </Button>
          <a href="/">{t("to_inbox")}</a>
        </div>
      </Front>
    );
  return (
    <Front title={title} text={t("join_text", { email })}>
      <form onSubmit={(event) => void submit(event)}>
        {!signedIn && (
          <>
            <input type="hidden" name="username" autocomplete="username" value={email} />
            <PasswordField
              label={t("password")}
              name="password"
              autocomplete="current-password"
              autofocus
              value={password}
              onText={setPassword}
              error={wrong}
            />
          </>
        )}
        {signedIn && wrong && (
          <p class="wrong" role="alert">
            {wrong}
          </p>
        )}
        <Button type="submit" variant="primary" busy={busy}>
          {signedIn ? t("join") : t("join_sign_in")}
        </Button>
      </form>
    </Front>
  );
}
