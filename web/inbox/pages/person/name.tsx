import { Pencil } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../../i18n";

interface NameProps {
  name: string;
  /** Whether it is a name at all, and not what stands in for one. */
  known: boolean;
  editable: boolean;
  /** Where the page is about them. */
  first?: boolean;
  onName: (name: string) => unknown;
}

/** A heading that one may write in. */
export function EditableName({ name, known, editable, first = false, onName }: NameProps) {
  const Heading = first ? "h1" : "h2";
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!editable) return <Heading class="truncate">{name}</Heading>;
  if (!editing)
    return (
      <Heading>
        <button ref={button} type="button" class="person-name" onClick={() => setEditing(true)}>
          <span class="truncate">{name}</span>
          <Pencil size={12} aria-hidden="true" />
          <span class="sr-only">
            {t(known ? "property_edit" : "person_name_none", { name: t("person_edit_name") })}
          </span>
        </button>
      </Heading>
    );
  return (
    <NameField
      name={known ? name : ""}
      onDone={(wanted) => {
        setEditing(false);
        if (wanted !== null && wanted !== (known ? name : "")) void onName(wanted);
        requestAnimationFrame(() => button.current?.focus());
      }}
    />
  );
}

function NameField({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const done = useRef(false);
  const finish = (wanted: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(wanted);
  };
  return (
    <input
      class="input person-name-field"
      aria-label={t("person_edit_name")}
      defaultValue={name}
      maxLength={400}
      ref={(element) => element?.focus()}
      onBlur={(event) => finish(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        finish(event.key === "Enter" ? event.currentTarget.value.trim() : null);
      }}
    />
  );
}
