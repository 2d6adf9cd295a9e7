import { t } from "../../../../i18n";
import type { Scene } from "./preview";
import { DEFAULTS, type WidgetValues } from "./values";

type Text = Exclude<keyof typeof DEFAULTS, "widget_color">;

const shown = (values: WidgetValues, name: Text): string => values[name].trim() || DEFAULTS[name];

/** The open widget. What stands in it in English is English for customers, too. */
export function PreviewWindow({ values, scene }: { values: WidgetValues; scene: Scene }) {
  return (
    <div class="widget-preview-window">
      <header>
        Support chat
        <svg width="14" height="14" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 5l14 14M19 5 5 19" stroke="currentColor" stroke-width="2.500" fill="none" />
        </svg>
      </header>
      {scene === "form" ? <Form values={values} /> : <Chat values={values} />}
    </div>
  );
}

function Chat({ values }: { values: WidgetValues }) {
  return (
    <>
      <div class="widget-preview-messages">
        <small>Support</small>
        <p class="them">{shown(values, "widget_greeting_text")}</p>
        <p class="you">{t("preview_customer")}</p>
      </div>
      <div class="widget-preview-write">
        <span class="truncate">{shown(values, "widget_placeholder_text")}</span>
        <b>
          <svg width="14" height="14" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 11 21 3l-7 18-3-7-8-3Z" fill="currentColor" />
          </svg>
        </b>
      </div>
      {values.restore_enabled && (
        <div class="widget-preview-foot">
          Don't see your previous tickets? <u>Recover them here</u>
        </div>
      )}
    </>
  );
}

function Form({ values }: { values: WidgetValues }) {
  return (
    <div class="widget-preview-form">
      <strong>{shown(values, "widget_identification_form_title")}</strong>
      <p>{shown(values, "widget_identification_form_description")}</p>
      {values.widget_collect_name && (
        <>
          <small>Name (optional)</small>
          <span>Your name</span>
        </>
      )}
      <small>Email</small>
      <span>you@example.com</span>
      <b>Start Chat</b>
    </div>
  );
}
