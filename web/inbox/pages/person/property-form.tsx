import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";

interface PropertyFormProps {
  /** That of the property that is edited; a new one gets its name here. */
  name?: string;
  value?: string;
  /** Without a value nothing is to be done. */
  onDone: (name: string, value: string) => void;
}

/** One property's value, and its name if it has none yet. */
export function PropertyForm({ name, value = "", onDone }: PropertyFormProps) {
  const [typed, setTyped] = useState(name ?? "");
  const [text, setText] = useState(value);
  const isNew = name === undefined;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  return (
    <form
      ref={form}
      class="property-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(typed.trim(), text.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        event.preventDefault();
        onDone("", "");
      }}
    >
      {isNew && (
        <input
          class="input"
          aria-label={t("property_name")}
          placeholder={t("property_name")}
          value={typed}
          required
          maxLength={200}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <input
        class="input"
        aria-label={isNew ? t("property_value") : name}
        placeholder={t("property_value")}
        value={text}
        required
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="s" variant="primary">
        {t("save")}
      </Button>
      <Button size="s" onClick={() => onDone("", "")}>
        {t("cancel")}
      </Button>
    </form>
  );
}
