import { AtSign, X } from "lucide-preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { list, type Profile } from "../../../api/persons";
import { t } from "../../../i18n";
import { Avatar } from "../../../kit/avatar";
import { IconButton } from "../../../kit/button";
import { Field } from "../../../kit/field";
import { isAddress, type Recipient, write } from "../../store/composing";
import { nameOfProfile, textIn } from "../../store/profile";
import { project } from "../../store/session";

const PAUSE_MS = 180;
const SHOWN = 6;

const recipientOf = (person: Profile): Recipient => ({
  name: nameOfProfile(person),
  email: textIn(person.properties, "email"),
  distinctId: person.distinct_ids[0] ?? "",
});

function useFound(text: string): Recipient[] | null {
  const [found, setFound] = useState<Recipient[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    if (!text.trim()) return setFound(null);
    const timer = setTimeout(() => {
      list(project.peek()?.id ?? 0, text.trim(), 0, SHOWN, stop.signal).then(
        ({ results }) => !stop.signal.aborted && setFound(results.map(recipientOf)),
        () => !stop.signal.aborted && setFound([]),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return found;
}

/** Somebody known, found by a few letters, or a whole address. */
export function RecipientField({ to, mails }: { to: Recipient | null; mails: boolean }) {
  return to ? <Chosen to={to} /> : <Search mails={mails} />;
}

function Chosen({ to }: { to: Recipient }) {
  return (
    <div class="field">
      <span class="recipient-label">{t("compose_to")}</span>
      <div class="recipient">
        <Avatar size="s" name={to.name} />
        <strong class="truncate">{to.name}</strong>
        {to.email !== to.name && <span class="muted truncate">{to.email}</span>}
        <IconButton size="s" label={t("compose_change")} onClick={() => write({ to: null })}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}

function Search({ mails }: { mails: boolean }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = useFound(text);
  const typed = text.trim();
  const isNew = mails && isAddress(typed) && !found?.some(({ email }) => email === typed);
  const options = [...(found ?? []), ...(isNew ? [{ name: typed, email: typed, distinctId: "" }] : [])];
  const current = Math.min(at, options.length - 1);
  useEffect(() => input.current?.focus(), []);
  const pick = (option: Recipient | undefined) => option && write({ to: option });

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) setAt((current + step + options.length) % options.length);
    else if (event.key === "Enter" && !event.isComposing && !event.ctrlKey && !event.metaKey)
      pick(options[current]);
    else return;
    event.preventDefault();
  }

  return (
    <div class="recipient-search">
      <Field
        label={t("compose_to")}
        hint={found?.length === 0 && !isNew && t(mails ? "compose_to_none" : "compose_no_way")}
      >
        {(ids) => (
          <input
            {...ids}
            ref={input}
            class="input"
            role="combobox"
            autocomplete="off"
            autofocus
            aria-expanded={options.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={options.length ? `${id}-${current}` : undefined}
            placeholder={t("compose_to_hint")}
            value={text}
            onKeyDown={onKeyDown}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
            }}
          />
        )}
      </Field>
      <ul id={`${id}-list`} role="listbox" aria-label={t("compose_to")} hidden={options.length === 0}>
        {options.map((option, index) => (
          <li
            key={option.distinctId || option.email}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            onPointerMove={() => setAt(index)}
            onClick={() => pick(option)}
          >
            {option.distinctId ? (
              <Avatar size="s" name={option.name} />
            ) : (
              <AtSign size={16} aria-hidden="true" />
            )}
            <span class="truncate">
              {option.distinctId ? option.name : t("compose_to_new", { email: option.email })}
            </span>
            {option.distinctId && <span class="muted truncate">{option.email}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
