import { Check } from "lucide-preact";
import type { ComponentChildren, RefObject } from "preact";
import { useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { Popover } from "./popover";
import "./picker.css";

export interface Option<T> {
  value: T;
  label: string;
  icon?: ComponentChildren;
  hint?: string;
  selected?: boolean;
  /** Options of one group stand together under its name. */
  group?: string;
}

export interface PickerProps<T> {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  options: Option<T>[];
  onPick: (value: T) => void;
  onClose: () => void;
  /** Stays open, for picking several. */
  multiple?: boolean;
  /** Offers what was typed when no option has that name. */
  create?: (text: string) => Option<T> | null;
  placeholder?: string;
  align?: "start" | "end";
}

function matching<T>(options: Option<T>[], text: string): Option<T>[] {
  const wanted = text.trim().toLocaleLowerCase();
  return wanted ? options.filter((option) => option.label.toLocaleLowerCase().includes(wanted)) : options;
}

/** Choose by typing, by arrows, or by hand. */
export function Picker<T>(props: PickerProps<T>) {
  const {
    anchor,
    label,
    options,
    onPick,
    onClose,
    multiple = false,
    create,
    placeholder,
    align = "start",
  } = props;
  const id = useId();
  const search = useRef<HTMLInputElement>(null);
  // What is in a panel that is not shown yet cannot take the focus.
  useLayoutEffect(() => search.current?.focus(), []);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const shown = useMemo(() => {
    const found = matching(options, text);
    const known = found.some(
      (option) => option.label.toLocaleLowerCase() === text.trim().toLocaleLowerCase(),
    );
    const made = text.trim() && !known ? create?.(text.trim()) : null;
    return made ? [...found, made] : found;
  }, [options, text, create]);
  const current = Math.min(at, shown.length - 1);

  function pick(option: Option<T> | undefined): void {
    if (!option) return;
    onPick(option.value);
    if (multiple) setText("");
    else onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((current + step + shown.length) % Math.max(shown.length, 1));
    else if (event.key === "Enter") pick(shown[current]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <Popover anchor={anchor} onClose={onClose} label={label} align={align}>
      <div class="picker" onKeyDown={onKeyDown}>
        <input
          class="picker-search"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown.length ? `${id}-${current}` : undefined}
          aria-label={label}
          placeholder={placeholder ?? label}
          value={text}
          autocomplete="off"
          ref={search}
          onInput={(e) => {
            setText(e.currentTarget.value);
            setAt(0);
          }}
        />
        {/* What is pressed must not take the focus from where one types. */}
        <ul
          onMouseDown={(e) => e.preventDefault()}
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          aria-multiselectable={multiple}
        >
          {shown.map((option, index) => (
            <PickerRow
              key={`${option.group ?? ""}${option.label}`}
              option={option}
              heading={option.group !== shown[index - 1]?.group ? option.group : undefined}
              id={`${id}-${index}`}
              active={index === current}
              onHover={() => setAt(index)}
              onPick={() => pick(option)}
            />
          ))}
        </ul>
        {shown.length === 0 && <p class="picker-none muted">{t("nothing_found")}</p>}
      </div>
    </Popover>
  );
}

interface RowProps<T> {
  option: Option<T>;
  heading: string | undefined;
  id: string;
  active: boolean;
  onHover: () => void;
  onPick: () => void;
}

function PickerRow<T>({ option, heading, id, active, onHover, onPick }: RowProps<T>) {
  return (
    <>
      {heading && (
        <li class="picker-group" role="presentation">
          {heading}
        </li>
      )}
      <li
        id={id}
        class="picker-option"
        role="option"
        aria-selected={Boolean(option.selected)}
        data-active={active || undefined}
        ref={(element) => void (active && element?.scrollIntoView({ block: "nearest" }))}
        onPointerMove={onHover}
        onClick={onPick}
      >
        {option.icon}
        <span class="truncate">{option.label}</span>
        {option.hint && <small class="truncate">{option.hint}</small>}
        {option.selected && <Check size={14} aria-hidden="true" />}
      </li>
    </>
  );
}
