import { Search } from "lucide-preact";
import { useId, useState } from "preact/hooks";
import { t } from "../../../i18n";
import { Dialog } from "../../../kit/dialog";
import { Kbd } from "../../../kit/kbd";
import type { Entry } from "./entries";
import "./palette.css";
import { useEntries } from "./use-entries";

/** Everything there is, by a few letters. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const { entries, busy } = useEntries(text);
  const current = Math.min(at, entries.length - 1);

  function choose(entry: Entry | undefined, from: EventTarget | null): void {
    if (!entry) return;
    // The focus is back where it was, and keys are heard again, before anything else begins.
    (from as Element).closest("dialog")?.close();
    onClose();
    entry.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const last = entries.length - 1;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = { PageDown: Math.min(current + 8, last), PageUp: Math.max(current - 8, 0) }[event.key];
    if (step) setAt((current + step + entries.length) % Math.max(entries.length, 1));
    else if (to !== undefined) setAt(to);
    else if (event.key === "Enter" && !event.isComposing) choose(entries[current], event.target);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog wide bare title={t("command_palette")} onClose={onClose}>
      <div class="palette" onKeyDown={onKeyDown}>
        <div class="palette-search">
          <Search size={17} aria-hidden="true" />
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={entries.length ? `${id}-${current}` : undefined}
            aria-label={t("command_palette")}
            placeholder={t("palette_placeholder")}
            autocomplete="off"
            autofocus
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
            }}
          />
        </div>
        <ul id={`${id}-list`} class="palette-list scroll" role="listbox" aria-label={t("command_palette")}>
          {entries.map((entry, index) => (
            <Row
              key={`${entry.group}${entry.id}`}
              id={`${id}-${index}`}
              entry={entry}
              heading={entry.group !== entries[index - 1]?.group ? entry.group : undefined}
              active={index === current}
              onHover={() => setAt(index)}
              onChoose={(target) => choose(entry, target)}
            />
          ))}
          {entries.length === 0 && (
            <li role="presentation" class="palette-none muted">
              {!busy && t("nothing_found")}
            </li>
          )}
        </ul>
        <p class="palette-foot" aria-hidden="true">
          <span>
            <Kbd keys="ArrowUp" /> <Kbd keys="ArrowDown" /> {t("palette_move")}
          </span>
          <span>
            <Kbd keys="Enter" /> {t("palette_choose")}
          </span>
          <span>
            <Kbd keys="Escape" /> {t("close")}
          </span>
        </p>
      </div>
    </Dialog>
  );
}

interface RowProps {
  id: string;
  entry: Entry;
  heading: string | undefined;
  active: boolean;
  onHover: () => void;
  onChoose: (target: EventTarget) => void;
}

function Row({ id, entry, heading, active, onHover, onChoose }: RowProps) {
  return (
    <>
      {heading && (
        <li class="palette-group" role="presentation">
          {heading}
        </li>
      )}
      <li
        id={id}
        class="palette-entry"
        role="option"
        aria-selected={active}
        ref={(element) => void (active && element?.scrollIntoView({ block: "nearest" }))}
        onPointerMove={onHover}
        onClick={(event) => onChoose(event.currentTarget)}
      >
        <span class="palette-icon">{entry.icon}</span>
        <span class="palette-label truncate">{entry.label}</span>
        {entry.hint && (
          <span class="palette-hint muted truncate" dir="auto">
            {entry.hint}
          </span>
        )}
        {entry.keys && <Kbd keys={entry.keys} />}
      </li>
    </>
  );
}
