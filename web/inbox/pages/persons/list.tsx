import { Search, UsersRound } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Profile } from "../../../api/persons";
import { t } from "../../../i18n";
import { Avatar } from "../../../kit/avatar";
import { Empty } from "../../../kit/empty";
import { Skeleton } from "../../../kit/skeleton";
import { Time } from "../../../kit/time";
import { useCommands } from "../../keyboard/commands";
import { go, place, withQuery } from "../../router";
import { Failure } from "../../shell/failure";
import { nameOfProfile, textIn } from "../../store/profile";
import { inProject } from "../../store/session";
import { usePersons } from "./use-persons";

const PAUSE_MS = 220;

/** Newest first, or whom a text finds. */
export function PersonList({ chosen }: { chosen: string | undefined }) {
  const search = place.value.query.get("search") ?? "";
  const { results, next, failed, more, again } = usePersons(search);
  const list = useRef<HTMLUListElement>(null);
  useMoving(list);
  return (
    <section class="person-list" aria-label={t("people")}>
      <header>
        <h1>{t("people")}</h1>
        <SearchField search={search} />
      </header>
      <div class="scroll person-rows" tabIndex={-1}>
        {results === null && failed ? (
          <Failure error={failed} onRetry={again} />
        ) : results === null ? (
          <Waiting />
        ) : results.length === 0 ? (
          <Empty
            icon={UsersRound}
            title={search ? t("persons_not_found", { text: search }) : t("persons_none")}
          >
            {!search && t("persons_none_text")}
          </Empty>
        ) : (
          <ul ref={list}>
            {results.map((person) => (
              <Row key={person.id} person={person} here={person.id === chosen} />
            ))}
            {next !== null && <End key={next} onSeen={more} />}
          </ul>
        )}
      </div>
    </section>
  );
}

function Row({ person, here }: { person: Profile; here: boolean }) {
  const name = nameOfProfile(person);
  const email = textIn(person.properties, "email");
  const query = place.value.query.toString();
  return (
    <li>
      <a
        class="person-row"
        href={inProject(`persons/${person.id}`) + (query && `?${query}`)}
        aria-current={here ? "page" : undefined}
      >
        <Avatar name={name} />
        <span class="truncate" dir="auto">
          {name}
        </span>
        <span class="person-row-time muted">
          <Time at={person.created_at} />
        </span>
        <span class="person-row-email muted truncate" dir="auto">
          {email && email !== name ? email : person.distinct_ids[0]}
        </span>
      </a>
    </li>
  );
}

function SearchField({ search }: { search: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search);
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => go(withQuery({ search: text.trim() }), { replace: true }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useCommands([
    {
      id: "persons.search",
      title: "persons_search",
      group: "list",
      icon: Search,
      keys: ["/"],
      run: () => input.current?.select(),
    },
  ]);
  return (
    <input
      ref={input}
      type="search"
      class="input"
      aria-label={t("persons_search")}
      placeholder={t("persons_search_hint")}
      value={text}
      autocomplete="off"
      onInput={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "ArrowDown")
          focusRow(document.querySelector(".person-rows"), 0);
        else return;
        event.preventDefault();
      }}
    />
  );
}

function focusRow(within: Element | null, place: number): void {
  const rows = [...(within?.querySelectorAll<HTMLElement>(".person-row") ?? [])];
  rows[Math.max(0, Math.min(place, rows.length - 1))]?.focus();
}

/** j and k as in the list of tickets: from row to row, and Enter opens. */
function useMoving(list: { current: HTMLElement | null }): void {
  const move = (step: number) => () => {
    const rows = [...(list.current?.querySelectorAll(".person-row") ?? [])];
    const at = rows.indexOf(document.activeElement as Element);
    const here = rows.findIndex((row) => row.ariaCurrent === "page");
    focusRow(list.current, at >= 0 ? at + step : here >= 0 ? here + step : 0);
  };
  useCommands([
    { id: "persons.next", title: "persons_next", group: "list", keys: ["j"], repeats: true, run: move(1) },
    {
      id: "persons.previous",
      title: "persons_previous",
      group: "list",
      keys: ["k"],
      repeats: true,
      run: move(-1),
    },
  ]);
}

/** Asks for more when it comes in sight. */
function End({ onSeen }: { onSeen: () => void }) {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), {
      rootMargin: "400px",
    });
    if (element.current) watch.observe(element.current);
    return () => watch.disconnect();
  }, [onSeen]);
  return <li ref={element} class="person-end" aria-hidden="true" />;
}

function Waiting() {
  return (
    <ul aria-busy="true">
      {Array.from({ length: 9 }, (_, place) => (
        <li key={place} class="person-row">
          <Skeleton width="2rem" height="2rem" round />
          <Skeleton width={`${45 + ((place * 17) % 35)}%`} />
        </li>
      ))}
    </ul>
  );
}
