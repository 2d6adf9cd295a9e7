import { useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { Segments } from "../../../../kit/segments";
import { PreviewWindow } from "./preview-window";
import { DEFAULTS, isColor, textOn, type WidgetValues } from "./values";
import "./preview.css";

export type Scene = "chat" | "form" | "button";

/** The widget on somebody's page, as it will look when this is saved. */
export function Preview({ values }: { values: WidgetValues }) {
  const [wanted, setWanted] = useState<Scene>("chat");
  const scene = wanted === "form" && !values.widget_require_email ? "chat" : wanted;
  const color = isColor(values.widget_color) ? values.widget_color : DEFAULTS.widget_color;
  return (
    <aside class="widget-preview" aria-label={t("preview")}>
      <Segments
        label={t("preview")}
        value={scene}
        options={[
          ["chat", t("preview_chat")],
          ...(values.widget_require_email ? ([["form", t("preview_form")]] as const) : []),
          ["button", t("preview_button")],
        ]}
        onPick={setWanted}
      />
      <div class="widget-preview-page" dir="ltr">
        <div class="widget-preview-bar">
          <i />
          <i />
          <i />
          <span>shop.example</span>
        </div>
        <div class="widget-preview-body" style={{ "--widget": color, "--on-widget": textOn(color) }}>
          <i class="widget-preview-line long" />
          <i class="widget-preview-line" />
          <i class="widget-preview-line" />
          <i class="widget-preview-line short" />
          <div class={`widget-preview-place ${values.widget_position}`}>
            {scene === "button" ? <Launcher /> : <PreviewWindow values={values} scene={scene} />}
          </div>
        </div>
      </div>
      {!values.widget_enabled && <p class="muted">{t("preview_hidden")}</p>}
    </aside>
  );
}

function Launcher() {
  return (
    <div class="widget-preview-launcher">
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
        <path
          fill="currentColor"
          d="M12 2C6.48 2 2 6.48 2 12c0 1.93.6 3.71 1.64 5.18L2.5 21.500l4.540-1.080A9.700 9.700 0 0 0 12 21.750c5.520 0 10-4.480 10-10S17.520 2 12 2Z"
        />
      </svg>
    </div>
  );
}
