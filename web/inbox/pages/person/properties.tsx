import { Pencil, Plus, X } from "lucide-preact";
import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import { Button, IconButton } from "../../../kit/button";
import { mayWrite } from "../../store/session";
import { type Pair, parted, readValue } from "./known";
import { PropertyForm } from "./property-form";

type Known = Record<string, unknown>;

interface PropertiesProps {
  properties: Known;
  hint?: string;
  /** Names and addresses, too. */
  all?: boolean;
  /** Sets one; a null takes it away. */
  onChange: (name: string, value: unknown) => unknown;
}

/** What is known, to read and to change. */
export function Properties({ properties, hint, all = false, onChange }: PropertiesProps) {
  const [more, setMore] = useState(false);
  const [adding, setAdding] = useState(false);
  const { own, noted } = parted(properties, all);
  const shown = more ? [...own, ...noted] : own;
  const row = ([name, value]: Pair) => (
    <Property key={name} name={name} value={value} before={properties[name]} onChange={onChange} />
  );
  return (
    <>
      {hint && <p class="properties-hint muted">{hint}</p>}
      {shown.length > 0 ? <dl class="facts">{shown.map(row)}</dl> : <p class="muted">{t("property_none")}</p>}
      {noted.length > 0 && (
        <Button
          size="s"
          variant="quiet"
          class="properties-more"
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          {more ? t("property_fewer") : t("property_more", { count: noted.length })}
        </Button>
      )}
      {mayWrite.value &&
        (adding ? (
          <PropertyForm
            onDone={(name, value) => {
              setAdding(false);
              if (name && value) void onChange(name, readValue(value));
            }}
          />
        ) : (
          <Button size="s" variant="quiet" class="properties-more" onClick={() => setAdding(true)}>
            <Plus size={13} aria-hidden="true" />
            {t("property_add")}
          </Button>
        ))}
    </>
  );
}

interface PropertyProps {
  name: string;
  value: string;
  before: unknown;
  onChange: PropertiesProps["onChange"];
}

function Property({ name, value, before, onChange }: PropertyProps) {
  const [editing, setEditing] = useState(false);
  if (editing)
    return (
      <div class="fact-editing">
        <dt class="sr-only">{name}</dt>
        <dd>
          <PropertyForm
            name={name}
            value={value}
            onDone={(_, text) => {
              setEditing(false);
              if (text && text !== value) void onChange(name, readValue(text, before));
            }}
          />
        </dd>
      </div>
    );
  return (
    <div class="fact-own">
      <dt class="truncate" dir="auto" title={name}>
        {name}
      </dt>
      <dd>
        <span class="fact-value" dir="auto" title={value}>
          {value}
        </span>
        {mayWrite.value && (
          <span class="fact-tools">
            <IconButton size="s" label={t("property_edit", { name })} onClick={() => setEditing(true)}>
              <Pencil size={12} aria-hidden="true" />
            </IconButton>
            <IconButton
              size="s"
              label={t("property_remove", { name })}
              onClick={() => void onChange(name, null)}
            >
              <X size={13} aria-hidden="true" />
            </IconButton>
          </span>
        )}
      </dd>
    </div>
  );
}
