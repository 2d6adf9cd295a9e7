import { prefer } from "../../../../api/account";
import { t } from "../../../../i18n";
import { Switch } from "../../../../kit/field";
import { SectionHead } from "../../../sections/layout";
import { Panel } from "../../../sections/panel";
import { tell } from "../../../shell/failure";
import { enter, me } from "../../../store/session";
import { KindRow } from "./kind-row";
import { Permission } from "./permission";
import { DEFAULTS, KINDS, type Preferences, WAYS } from "./preferences";
import "./section.css";

export default function Notifications() {
  const user = me.value!;
  const mine = ((user.preferences as { notifications?: Preferences }).notifications ?? {}) as Preferences;

  async function save(changed: Preferences): Promise<void> {
    me.value = { ...user, preferences: { ...user.preferences, notifications: changed } };
    try {
      enter(await prefer({ notifications: changed }));
    } catch (error) {
      me.value = user;
      tell(error);
    }
  }

  return (
    <>
      <SectionHead title={t("notifications")} text={t("notifications_text")} />
      <Permission />
      <Panel title={t("notify_what")} text={t("notify_email_text")} flush>
        <table class="notify">
          <thead>
            <tr>
              <th scope="col">
                <span class="sr-only">{t("notify_what")}</span>
              </th>
              {WAYS.map((way) => (
                <th key={way} scope="col">
                  {t(`notify_${way}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {KINDS.map((kind) => (
              <KindRow
                key={kind}
                kind={kind}
                mine={mine}
                onChange={(way, on) => void save({ ...mine, [kind]: { ...mine[kind], [way]: on } })}
              />
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title={t("notify_browser")}>
        <Switch
          label={t("notify_sound")}
          hint={t("notify_sound_hint")}
          checked={mine.sound ?? DEFAULTS.sound}
          onChange={(sound) => void save({ ...mine, sound })}
        />
      </Panel>
    </>
  );
}
