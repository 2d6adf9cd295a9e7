import { useState } from "preact/hooks";
import { changePassword } from "../../../../api/account";
import { ApiError } from "../../../../api/errors";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { PasswordField } from "../../../../kit/password-field";
import { toast } from "../../../../kit/toast";
import { Panel } from "../../../sections/panel";
import { tell } from "../../../shell/failure";
import { enter, me } from "../../../store/session";

const EMPTY = { current_password: "", password: "" };

export function ChangePassword() {
  const [values, setValues] = useState(EMPTY);
  const [wrong, setWrong] = useState<{ attr: string; text: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const about = (attr: string) => (wrong?.attr === attr ? wrong.text : null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      enter(await changePassword(values.current_password, values.password));
      setValues(EMPTY);
      toast(t("password_changed"));
    } catch (error) {
      if (error instanceof ApiError && error.attr) setWrong({ attr: error.attr, text: error.detail });
      else tell(error);
    }
    setBusy(false);
  }

  return (
    <Panel title={t("change_password")} text={t("change_password_text")}>
      <form class="panel-form" onSubmit={(event) => void submit(event)}>
        <input type="hidden" autocomplete="username" value={me.value?.email ?? ""} />
        <div class="panel-two">
          <PasswordField
            label={t("current_password")}
            autocomplete="current-password"
            value={values.current_password}
            error={about("current_password")}
            onText={(current_password) => setValues({ ...values, current_password })}
          />
          <PasswordField
            label={t("new_password")}
            hint={t("password_hint")}
            autocomplete="new-password"
            value={values.password}
            error={about("password")}
            onText={(password) => setValues({ ...values, password })}
          />
        </div>
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabled={!values.current_password || !values.password}
        >
          {t("change_password")}
        </Button>
      </form>
    </Panel>
  );
}
