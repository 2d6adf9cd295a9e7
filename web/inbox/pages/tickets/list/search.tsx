import { Search, X } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { IconButton } from "../../../../kit/button";
import { Kbd } from "../../../../kit/kbd";
import { useCommands } from "../../../keyboard/commands";
import { asked, setSearch } from "../../../store/asked";
import { listing } from "../../../store/list";
import { focusRow } from "./focus";

const PAUSE_MS = 220;

/** Searches as one writes, a moment after the last letter. */
export function SearchField() {
  const input = useRef<HTMLInputElement>(null);
  const { search } = asked.value;
  const [text, setText] = useState(search);
  useEffect(() => {
    // The address changed by other means: a view was chosen, or one went back.
    if (document.activeElement !== input.current || search === "") setText(search);
  }, [search]);
  useEffect(() => {
    if (text.trim() === asked.peek().search) return;
    const timer = setTimeout(() => setSearch(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useCommands([
    {
      id: "list.search",
      title: "search_tickets",
      group: "list",
      icon: Search,
      keys: ["/"],
      run: () => input.current?.select(),
    },
  ]);

  function empty(): void {
    setText("");
    setSearch("");
  }

  function onKeyDown(event: KeyboardEvent): void {
    const [first] = listing.peek()?.ids ?? [];
    if (event.key === "Escape") {
      if (text) empty();
      else input.current?.blur();
    } else if ((event.key === "ArrowDown" || event.key === "Enter") && first) {
      setSearch(text.trim());
      focusRow(first);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <search class="list-search">
      <Search size={15} aria-hidden="true" />
      <input
        ref={input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label={t("search_tickets")}
        placeholder={t("search_placeholder")}
        value={text}
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {text ? (
        <IconButton size="s" label={t("search_clear")} onClick={empty}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      ) : (
        <Kbd keys="/" />
      )}
    </search>
  );
}
