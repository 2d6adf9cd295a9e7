import { useId } from "preact/hooks";
import type { Position } from "../../../../api/project";
import { t } from "../../../../i18n";
import "./corner-field.css";

const CORNERS: Position[] = ["top_left", "top_right", "bottom_left", "bottom_right"];

interface CornerFieldProps {
  value: Position;
  changed: boolean;
  onPick: (corner: Position) => void;
}

/** A page in small: the corner that is pressed is where the widget goes. */
export function CornerField({ value, changed, onPick }: CornerFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <span id={id} class="field-label" data-changed={changed || undefined}>
        {t("widget_position")}
      </span>
      <div class="corners" role="radiogroup" aria-labelledby={id} dir="ltr">
        {CORNERS.map((corner) => (
          <label key={corner} class={corner} title={t(corner)}>
            <input
              type="radio"
              class="sr-only"
              name={id}
              aria-label={t(corner)}
              checked={corner === value}
              onChange={() => onPick(corner)}
            />
            <i />
          </label>
        ))}
      </div>
      <p class="hint">{t(value)}</p>
    </div>
  );
}
