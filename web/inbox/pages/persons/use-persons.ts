/** The list of persons for a search: the first page at once when it was seen before, then more at its end. */

import { useEffect, useState } from "preact/hooks";
import { list, type Profile } from "../../../api/persons";
import { project } from "../../store/session";

interface Persons {
  results: Profile[] | null;
  next: number | null;
  failed: unknown;
}

const seen = new Map<string, Persons>();
const NOTHING: Persons = { results: null, next: null, failed: null };
const PAGE = 50;

const unique = (persons: Profile[]): Profile[] => [
  ...new Map(persons.map((each) => [each.id, each])).values(),
];

export function usePersons(search: string): Persons & { more: () => void; again: () => void } {
  const id = project.value?.id ?? 0;
  const name = `${id}?${search}`;
  const [shown, setShown] = useState<Persons>(seen.get(name) ?? NOTHING);
  const [busy, setBusy] = useState(false);

  function take(found: Persons): void {
    seen.set(name, found);
    setShown(found);
  }

  function ask(signal?: AbortSignal): void {
    list(id, search, 0, PAGE, signal).then(
      (page) => !signal?.aborted && take({ ...page, failed: null }),
      (failed: unknown) => !signal?.aborted && setShown((now) => ({ ...now, failed })),
    );
  }

  useEffect(() => {
    const stop = new AbortController();
    setShown(seen.get(name) ?? NOTHING);
    ask(stop.signal);
    return () => stop.abort();
  }, [name]);

  async function more(): Promise<void> {
    if (shown.next === null || busy) return;
    setBusy(true);
    try {
      const page = await list(id, search, shown.next, PAGE);
      take({ results: unique([...(shown.results ?? []), ...page.results]), next: page.next, failed: null });
    } catch {
      // Its end is in sight again at the next scroll.
    } finally {
      setBusy(false);
    }
  }

  return { ...shown, more: () => void more(), again: () => ask() };
}
