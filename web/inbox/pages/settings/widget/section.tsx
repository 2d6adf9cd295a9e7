import * as server from "../../../../api/project";
import { t } from "../../../../i18n";
import { Switch, TextField } from "../../../../kit/field";
import { TextAreaField } from "../../../../kit/select";
import { useForm } from "../../../sections/form";
import { SectionHead } from "../../../sections/layout";
import { Panel } from "../../../sections/panel";
import { FormPanels } from "../../../sections/save-bar";
import { inProject } from "../../../store/session";
import type { SectionProps } from "../sections";
import { ColorField } from "./color-field";
import { CornerField } from "./corner-field";
import { Preview } from "./preview";
import { DEFAULTS, patchOf, widgetOf } from "./values";
import "./section.css";

export default function Widget({ project, take, readOnly }: SectionProps) {
  const form = useForm(inProject("settings/widget"), widgetOf(server.settingsOf(project)), async (changes) =>
    take(await server.changeSettings(project.id, patchOf(changes))),
  );
  const { values, text, toggle } = form;

  return (
    <div class="widget-section">
      <SectionHead title={t("widget")} text={t("widget_text")} />
      <FormPanels form={form} readOnly={readOnly}>
        <Panel title={t("widget_looks")}>
          <Switch label={t("widget_enabled")} hint={t("widget_enabled_hint")} {...toggle("widget_enabled")} />
          <ColorField {...text("widget_color")} />
          <CornerField
            value={values.widget_position}
            changed={form.isChanged("widget_position")}
            onPick={(widget_position) => form.set({ widget_position })}
          />
        </Panel>
        <Panel title={t("widget_words")} text={t("widget_words_text")}>
          <TextAreaField
            label={t("widget_greeting")}
            rows={2}
            maxLength={1000}
            placeholder={DEFAULTS.widget_greeting_text}
            {...text("widget_greeting_text")}
          />
          <TextField
            label={t("widget_placeholder")}
            maxLength={1000}
            placeholder={DEFAULTS.widget_placeholder_text}
            {...text("widget_placeholder_text")}
          />
        </Panel>
        <Panel title={t("widget_form")} text={t("widget_form_text")}>
          <Switch label={t("widget_require_email")} {...toggle("widget_require_email")} />
          {values.widget_require_email && (
            <>
              <Switch label={t("widget_collect_name")} {...toggle("widget_collect_name")} />
              <TextField
                label={t("widget_form_title")}
                maxLength={1000}
                placeholder={DEFAULTS.widget_identification_form_title}
                {...text("widget_identification_form_title")}
              />
              <TextAreaField
                label={t("widget_form_description")}
                rows={2}
                maxLength={1000}
                placeholder={DEFAULTS.widget_identification_form_description}
                {...text("widget_identification_form_description")}
              />
            </>
          )}
        </Panel>
        <Panel title={t("widget_more")}>
          <Switch label={t("widget_attachments")} {...toggle("widget_attachments_enabled")} />
          <Switch
            label={t("widget_restore")}
            hint={t("widget_restore_hint")}
            {...toggle("restore_enabled")}
          />
        </Panel>
      </FormPanels>
      <Preview values={values} />
    </div>
  );
}
