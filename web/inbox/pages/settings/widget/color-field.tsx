import { t } from "../../../../i18n";
import { Field } from "../../../../kit/field";
import { DEFAULTS, isColor } from "./values";
import "./color-field.css";

interface ColorFieldProps {
  value: string;
  error: string | null;
  changed: boolean;
  onText: (color: string) => void;
}

/** By hand or by its number. */
export function ColorField({ value, error, changed, onText }: ColorFieldProps) {
  return (
    <Field label={t("widget_color")} hint={t("widget_color_hint")} error={error} changed={changed}>
      {(ids) => (
        <div class="color-field" dir="ltr">
          <input
            type="color"
            aria-label={t("widget_color_pick")}
            value={isColor(value) ? value.toLowerCase() : DEFAULTS.widget_color}
            onInput={(e) => onText(e.currentTarget.value)}
          />
          <input
            {...ids}
            class="input"
            value={value}
            maxLength={7}
            spellcheck={false}
            autocomplete="off"
            placeholder={DEFAULTS.widget_color}
            onInput={(e) => onText(e.currentTarget.value)}
          />
        </div>
      )}
    </Field>
  );
}
