import type { ComponentChildren, Ref } from "preact";
import { Field } from "./field";
import "./select.css";

interface SelectFieldProps<T extends string> {
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  changed?: boolean;
  disabled?: boolean;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onPick: (value: T) => void;
}

/** The browser's own list of choices: few, and all known. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, hint, error, changed = false, disabled = false, value, options, onPick } = props;
  return (
    <Field label={label} hint={hint} error={error ?? null} changed={changed}>
      {(ids) => (
        <select
          {...ids}
          class="input select"
          value={value}
          disabled={disabled}
          onChange={(e) => onPick(e.currentTarget.value as T)}
        >
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TextAreaFieldProps {
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  changed?: boolean;
  disabled?: boolean;
  required?: boolean;
  rows?: number;
  value: string;
  placeholder?: string;
  maxLength?: number;
  mono?: boolean;
  element?: Ref<HTMLTextAreaElement>;
  onText: (text: string) => void;
}

/** Grows with what is in it. */
export function TextAreaField(props: TextAreaFieldProps) {
  const { label, hint, error, changed = false, rows = 3, mono = false, element, onText, ...input } = props;
  return (
    <Field label={label} hint={hint} error={error ?? null} changed={changed}>
      {(ids) => (
        <textarea
          {...(input as object)}
          {...ids}
          ref={element ?? null}
          class={`input area ${mono ? "mono" : ""}`}
          rows={rows}
          onInput={(e) => onText(e.currentTarget.value)}
        />
      )}
    </Field>
  );
}
