import { Eye, EyeOff } from "lucide-preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { IconButton } from "./button";
import { CopyButton } from "./copy";
import "./copy.css";

const BEGINNING = 4;

/** A secret: copied without being shown, and shown when somebody asks for it. */
export function SecretField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const [open, setOpen] = useState(false);
  const Icon = open ? EyeOff : Eye;
  return (
    <div class="copy-field">
      <span class="copy-label">{label}</span>
      <div class="copy-value" dir="ltr">
        <code tabIndex={0} aria-label={label}>
          {open ? value : value.slice(0, BEGINNING) + "•".repeat(20)}
        </code>
        <IconButton
          size="s"
          label={`${open ? t("hide") : t("show")}: ${label}`}
          aria-pressed={open}
          onClick={() => setOpen(!open)}
        >
          <Icon size={14} aria-hidden="true" />
        </IconButton>
        <CopyButton text={value} label={`${t("copy")}: ${label}`} />
      </div>
      {hint && <p class="hint muted">{hint}</p>}
    </div>
  );
}
