/** What the palette shows for a text: what is at hand at once, what the server finds a moment later. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { list } from "../../../api/persons";
import { useTicketSearch } from "../../parts/ticket-search";
import { project } from "../../store/session";
import { load, views } from "../../store/views";
import {
  commandEntries,
  type Entry,
  localTickets,
  personEntry,
  recentEntries,
  ticketEntry,
  unique,
  viewEntries,
} from "./entries";
import { ranked } from "./rank";

const PAUSE_MS = 180;
const PEOPLE = 4;
const TICKETS = 8;

function usePeople(text: string): Entry[] {
  const [found, setFound] = useState<Entry[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    if (!text) return setFound([]);
    const timer = setTimeout(() => {
      list(project.peek()?.id ?? 0, text, 0, PEOPLE, stop.signal).then(
        ({ results }) => !stop.signal.aborted && setFound(results.map(personEntry)),
        () => {},
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return found;
}

export function useEntries(typed: string): { entries: Entry[]; busy: boolean } {
  const text = typed.trim();
  const { found, busy } = useTicketSearch(text, { idle: text === "" });
  const people = usePeople(text);
  useEffect(() => {
    if (views.peek().length === 0) void load().catch(() => {});
  }, []);
  const own = useMemo(() => [...commandEntries(), ...viewEntries()], []);
  const entries = useMemo(() => {
    if (!text) return [...recentEntries(), ...own];
    const isNumber = /^#?\d+$/.test(text);
    const tickets = unique([...localTickets(text), ...found.map((each) => ticketEntry(each))]);
    const commands = ranked(own, text, ({ label }) => label);
    const shown = tickets.slice(0, TICKETS);
    return isNumber ? [...shown, ...commands, ...people] : [...commands, ...shown, ...people];
  }, [text, found, people, own]);
  return { entries, busy };
}
