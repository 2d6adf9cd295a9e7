import { useRef } from "preact/hooks";
import { type Key, t } from "../../../../i18n";
import { TextAreaField } from "../../../../kit/select";
import { inserted } from "./draft";

/** What the composer fills in. */
const VARIABLES: [variable: string, title: Key][] = [
  ["person.first_name", "customer_first_name"],
  ["person.name", "customer_name"],
  ["person.email", "customer_email"],
  ["ticket.number", "macro_ticket_number"],
  ["agent.name", "agent_name"],
];

interface MacroTextProps {
  value: string;
  error: string | null;
  onText: (text: string) => void;
}

export function MacroText({ value, error, onText }: MacroTextProps) {
  const area = useRef<HTMLTextAreaElement>(null);

  function insert(variable: string): void {
    const { current } = area;
    if (!current) return;
    const [text, at] = inserted(value, `{{${variable}}}`, current.selectionStart, current.selectionEnd);
    onText(text);
    requestAnimationFrame(() => {
      current.focus();
      current.setSelectionRange(at, at);
    });
  }

  return (
    <>
      <TextAreaField
        label={t("macro_content")}
        hint={t("macro_content_hint")}
        rows={5}
        maxLength={50_000}
        value={value}
        error={error}
        element={area}
        onText={onText}
      />
      <div class="macro-variables" role="group" aria-label={t("macro_insert")}>
        {VARIABLES.map(([variable, title]) => (
          <button key={variable} type="button" title={`{{${variable}}}`} onClick={() => insert(variable)}>
            {t(title)}
          </button>
        ))}
      </div>
    </>
  );
}
