import { Plus, X } from "lucide-preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Button, IconButton } from "./button";
import { TextField } from "./field";
import "./list-field.css";

interface ListFieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  changed?: boolean;
  disabled?: boolean;
  /** What it means that there is none. */
  none: string;
  items: string[];
  placeholder?: string;
  onChange: (items: string[]) => void;
}

/** A few short texts, added and removed one by one. */
export function ListField(props: ListFieldProps) {
  const { label, hint, error, changed = false, disabled = false, none, items, placeholder, onChange } = props;
  const [text, setText] = useState("");

  function add(): void {
    const wanted = text.trim();
    if (wanted && !items.includes(wanted)) onChange([...items, wanted]);
    setText("");
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  }

  return (
    <div class="list-field">
      {items.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <ul class="list-chips">
          {items.map((item) => (
            <li key={item} class="list-chip">
              <bdi>{item}</bdi>
              {!disabled && (
                <IconButton
                  size="s"
                  label={t("remove_item", { name: item })}
                  onClick={() => onChange(items.filter((other) => other !== item))}
                >
                  <X size={12} aria-hidden="true" />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <div class="list-add" onKeyDown={onKeyDown}>
          <TextField
            label={label}
            hint={hint}
            error={error ?? null}
            changed={changed}
            value={text}
            {...(placeholder && { placeholder })}
            onText={setText}
          />
          <Button onClick={add} disabled={!text.trim()}>
            <Plus size={14} aria-hidden="true" />
            {t("add")}
          </Button>
        </div>
      )}
    </div>
  );
}
