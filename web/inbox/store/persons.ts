/** Changing what is known of people: in sight at once, in each of their tickets. */

import { type Profile, edit as tell } from "../../api/persons";
import type { Person } from "../../api/types";
import { onEvent } from "./live";
import { project } from "./session";
import { knownTickets, refresh, show } from "./tickets";

type Known = Record<string, unknown>;

/** What is null goes, the rest is set. */
export function merged(properties: Known, changes: Known): Known {
  return Object.fromEntries(
    Object.entries({ ...properties, ...changes }).filter(([, value]) => value !== null),
  );
}

type Properties = Person["properties"];

const put = (person: Pick<Person, "id">, change: Person): string[] =>
  show((ticket) => ticket.person?.id === person.id, { person: change });

export async function edit<Whom extends Person | Profile>(person: Whom, changes: Known): Promise<Profile> {
  const before = knownTickets().find((ticket) => ticket.person?.id === person.id)?.person;
  if (before)
    put(before, { ...before, properties: merged(before.properties as Known, changes) as Properties });
  try {
    const found = await tell(project.peek()?.id ?? 0, person.id, changes);
    if (before) put(before, { ...before, name: found.name, properties: found.properties });
    return found;
  } catch (error) {
    if (before) put(before, before);
    throw error;
  }
}

/** Somebody else did: their tickets that are here are asked for anew. */
onEvent(({ type, data }) => {
  if (type !== "person.changed") return;
  for (const ticket of knownTickets()) if (ticket.person?.id === data.person_id) refresh(ticket.id);
});
