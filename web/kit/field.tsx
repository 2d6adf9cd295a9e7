import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./field.css";

interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  /** Not saved yet. */
  changed?: boolean;
  children: (ids: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": boolean;
  }) => ComponentChildren;
}

/** A labelled control with its hint, and with what is wrong about it. */
export function Field({ label, hint, error, changed = false, children }: FieldProps) {
  const id = useId();
  const about = error || hint ? `${id}-about` : undefined;
  return (
    <div class="field">
      <label for={id} data-changed={changed || undefined}>
        {label}
      </label>
      {children({ id, "aria-describedby": about, "aria-invalid": Boolean(error) })}
      {error ? (
        <p id={about} class="wrong" role="alert">
          {error}
        </p>
      ) : (
        hint && (
          <p id={about} class="hint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

interface TextFieldProps {
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  changed?: boolean;
  type?: "text" | "email" | "password" | "url" | "search" | "number" | "color" | "datetime-local";
  name?: string;
  value: string;
  placeholder?: string;
  autocomplete?: string;
  required?: boolean;
  disabled?: boolean;
  autofocus?: boolean;
  minLength?: number;
  maxLength?: number;
  onText: (text: string) => void;
}

export function TextField({ label, hint, error, changed = false, onText, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error ?? null} changed={changed}>
      {(ids) => (
        <input {...(input as object)} {...ids} class="input" onInput={(e) => onText(e.currentTarget.value)} />
      )}
    </Field>
  );
}

interface SwitchProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  checked: boolean;
  changed?: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

export function Switch(props: SwitchProps) {
  const { label, hint, checked, changed = false, disabled = false, onChange } = props;
  return (
    <label class="switch">
      <span>
        <span data-changed={changed || undefined}>{label}</span>
        {hint && <small>{hint}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        disabled={disabled}
        onChange={(e) => onChange(e.currentTarget.checked)}
      />
    </label>
  );
}
