/** Tickets by number or text, while somebody types. */

import { useEffect, useState } from "preact/hooks";
import * as server from "../../api/tickets";
import type { Ticket } from "../../api/types";
import { emailOf } from "../store/customer";
import { project } from "../store/session";
import { takeAll } from "../store/tickets";

const PAUSE_MS = 180;
const SHOWN = "12";

interface Wanted {
  /** Without a text: other tickets of this one's customer, else the latest. */
  likely?: Ticket;
  /** Asks nothing. */
  idle?: boolean;
}

interface Found {
  found: Ticket[];
  busy: boolean;
}

/** `#12` and `12` name a ticket; anything else is searched for. */
export const numberIn = (text: string): string | null => /^\s*#?(\d{1,9})\s*$/.exec(text)?.[1] ?? null;

export function queryOf(text: string, likely?: Ticket): server.Query {
  const search = text.trim();
  if (search) return { search };
  const { distinct_id: distinct = "" } = likely ?? {};
  if (distinct) return { distinct_ids: distinct };
  const email = likely && emailOf(likely);
  return email ? { emails: email } : {};
}

async function ask(
  id: number,
  text: string,
  likely: Ticket | undefined,
  stop: AbortSignal,
): Promise<Ticket[]> {
  const number = numberIn(text);
  const query = { ...queryOf(text, likely), limit: SHOWN };
  const [named, page] = await Promise.all([
    number ? server.retrieve(id, number, true).catch(() => null) : null,
    server.list(id, query, "", stop),
  ]);
  const results = named ? [named, ...page.results.filter((each) => each.id !== named.id)] : page.results;
  const others = results.filter((each) => each.id !== likely?.id);
  if (text.trim() || others.length) return others;
  return (await server.list(id, { limit: SHOWN }, "", stop)).results;
}

export function useTicketSearch(text: string, { likely, idle = false }: Wanted = {}): Found {
  const [found, setFound] = useState<Found>({ found: [], busy: !idle });
  useEffect(() => {
    if (idle) return setFound({ found: [], busy: false });
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        ask(project.peek()?.id ?? 0, text, likely, stop.signal).then(
          (tickets) => {
            if (stop.signal.aborted) return;
            takeAll(tickets);
            setFound({ found: tickets, busy: false });
          },
          () => !stop.signal.aborted && setFound({ found: [], busy: false }),
        );
      },
      text ? PAUSE_MS : 0,
    );
    setFound(({ found }) => ({ found, busy: true }));
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, likely?.id, idle]);
  return found;
}
