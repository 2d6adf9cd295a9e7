import { rename } from "../../../../api/account";
import { LANGUAGES, language, speak, t } from "../../../../i18n";
import { CopyField } from "../../../../kit/copy";
import { TextField } from "../../../../kit/field";
import { Segments } from "../../../../kit/segments";
import { SelectField } from "../../../../kit/select";
import { useForm } from "../../../sections/form";
import { SectionHead } from "../../../sections/layout";
import { Panel } from "../../../sections/panel";
import { FormPanels } from "../../../sections/save-bar";
import { choose, theme } from "../../../shell/theme";
import { enter, me } from "../../../store/session";

export default function Profile() {
  const user = me.value!;
  const form = useForm(
    "/account/profile",
    { first_name: user.first_name, last_name: user.last_name },
    async (changes) => enter(await rename(changes)),
  );
  return (
    <>
      <SectionHead title={t("profile")} text={t("profile_text")} />
      <FormPanels form={form}>
        <Panel title={t("profile_name")}>
          <div class="panel-two">
            <TextField
              label={t("first_name")}
              autocomplete="given-name"
              maxLength={100}
              {...form.text("first_name")}
            />
            <TextField
              label={t("last_name")}
              autocomplete="family-name"
              maxLength={100}
              {...form.text("last_name")}
            />
          </div>
          <CopyField label={t("email")} value={user.email} hint={t("email_text")} />
        </Panel>
      </FormPanels>
      <Panel title={t("looks")} text={t("looks_text")}>
        <div class="field">
          <span class="field-label">{t("theme")}</span>
          <div>
            <Segments
              label={t("theme")}
              value={theme.value}
              options={[
                ["system", t("theme_system")],
                ["light", t("theme_light")],
                ["dark", t("theme_dark")],
              ]}
              onPick={choose}
            />
          </div>
        </div>
        <SelectField
          label={t("language")}
          value={language.value}
          options={(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]).map(
            (name) => [name, LANGUAGES[name]] as const,
          )}
          onPick={(wanted) => void speak(wanted)}
        />
      </Panel>
    </>
  );
}
