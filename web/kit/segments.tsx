import { useId } from "preact/hooks";
import "./segments.css";

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  disabled?: boolean;
  onPick: (value: T) => void;
}

/** One of a few, all in sight: radio buttons in one row. */
export function Segments<T extends string>(props: SegmentsProps<T>) {
  const { label, value, options, disabled = false, onPick } = props;
  const name = useId();
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {options.map(([option, text]) => (
        <label key={option}>
          <input
            type="radio"
            class="sr-only"
            name={name}
            value={option}
            checked={option === value}
            disabled={disabled}
            onChange={() => onPick(option)}
          />
          <span>{text}</span>
        </label>
      ))}
    </div>
  );
}
