/** Who writes to the team. */

import { api, body, once } from "./client";

const PERSONS = "/api/projects/{project_id}/persons";
const PERSON = `${PERSONS}/{person_id}` as const;

const in_ = (project: number) => ({ project_id: String(project) });
const of = (project: number, id: string) => ({ path: { ...in_(project), person_id: id } });

export type Profile = Awaited<ReturnType<typeof retrieve>>;

export interface PersonPage {
  results: Profile[];
  /** Where the next page begins; null at the end. */
  next: number | null;
}

export async function list(
  project: number,
  search: string,
  offset = 0,
  limit = 50,
  signal?: AbortSignal,
): Promise<PersonPage> {
  const query = { limit, offset, ...(search && { search }) };
  const { results, next } = await body(
    api.GET(PERSONS, { params: { path: in_(project), query }, ...(signal && { signal }) }),
  );
  return { results, next: next === null ? null : offset + results.length };
}

export const retrieve = (project: number, id: string) => body(api.GET(PERSON, { params: of(project, id) }));

/** Sets what is given; a null unsets. */
export const edit = (project: number, id: string, properties: Record<string, unknown>): Promise<Profile> =>
  body(
    api.PATCH(PERSON, {
      params: of(project, id),
      body: { properties },
      headers: once(crypto.randomUUID()),
    }),
  );
