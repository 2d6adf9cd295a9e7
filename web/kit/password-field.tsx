import { Eye, EyeOff } from "lucide-preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { IconButton } from "./button";
import { Field } from "./field";
import "./password-field.css";

interface PasswordFieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  autocomplete: "current-password" | "new-password";
  name?: string;
  value: string;
  autofocus?: boolean;
  onText: (text: string) => void;
}

/** Can be looked at: whoever sees what they type chooses better, and errs less. */
export function PasswordField(props: PasswordFieldProps) {
  const { label, hint, error, onText, ...input } = props;
  const [open, setOpen] = useState(false);
  const Icon = open ? EyeOff : Eye;
  return (
    <Field label={label} hint={hint} error={error ?? null}>
      {(ids) => (
        <div class="password-field">
          <input
            {...(input as object)}
            {...({ type: open ? "text" : "password" } as object)}
            {...ids}
            class="input"
            required
            maxLength={256}
            spellcheck={false}
            autocapitalize="off"
            onInput={(e) => onText(e.currentTarget.value)}
          />
          <IconButton
            size="s"
            label={open ? t("hide_password") : t("show_password")}
            onClick={() => setOpen(!open)}
          >
            <Icon size={15} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </Field>
  );
}
