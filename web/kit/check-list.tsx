import "./check-list.css";

interface CheckListProps<T> {
  label: string;
  options: readonly (readonly [value: T, label: string])[];
  value: T[];
  mono?: boolean;
  onChange: (value: T[]) => void;
}

/** Any of a few, all in sight. */
export function CheckList<T extends string | number>(props: CheckListProps<T>) {
  const { label, options, value, mono = false, onChange } = props;
  const toggle = (option: T, on: boolean) =>
    onChange(on ? [...value, option] : value.filter((other) => other !== option));
  return (
    <div class={`check-list ${mono ? "mono" : ""}`} role="group" aria-label={label}>
      {options.map(([option, text]) => (
        <label key={option}>
          <input
            type="checkbox"
            checked={value.includes(option)}
            onChange={(e) => toggle(option, e.currentTarget.checked)}
          />
          <bdi>{text}</bdi>
        </label>
      ))}
    </div>
  );
}
