import { Check, Copy } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { IconButton } from "./button";
import "./copy.css";

const SAID_MS = 1600;

/** Copies the text, and says so in its own place. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const Icon = done ? Check : Copy;
  return (
    <>
      <IconButton
        size="s"
        label={label ?? t("copy")}
        data-done={done || undefined}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
      >
        <Icon size={14} aria-hidden="true" />
      </IconButton>
      <span class="sr-only" role="status">
        {done && t("copied")}
      </span>
    </>
  );
}

/** A value that is read, selected and copied, never edited. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  return (
    <div class="copy-field">
      <span class="copy-label">{label}</span>
      <div class="copy-value" dir="ltr">
        <code tabIndex={0} aria-label={label}>
          {value}
        </code>
        <CopyButton text={value} label={`${t("copy")}: ${label}`} />
      </div>
      {hint && <p class="hint muted">{hint}</p>}
    </div>
  );
}

/** Program text, from left to right in every language. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <div class="code-block" dir="ltr">
      <pre class="scroll" tabIndex={0} role="group" aria-label={label}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={`${t("copy")}: ${label}`} />
    </div>
  );
}
