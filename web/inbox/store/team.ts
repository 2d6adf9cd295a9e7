/** Who can be assigned or mentioned: the members and roles of the project's organization. */

import { signal } from "@preact/signals";
import * as server from "../../api/team";
import { t } from "../../i18n";
import * as cache from "./cache";
import { me, nameOf, project } from "./session";

export type Team = Awaited<ReturnType<typeof server.team>>;
export type Teammate = Team["users"][number];
export type TeamRole = Team["roles"][number];

/** Empty until it is loaded. */
export const team = signal<Team>({ users: [], roles: [] });

let loaded: number | undefined;
let asked: Promise<void> | undefined;

/** Asks once per project; what was known before shows until the answer is there. */
export async function loadTeam(again = false): Promise<void> {
  const id = project.peek()?.id;
  if (!id) return;
  if (loaded !== id || again) asked = fetchTeam(id);
  await asked;
}

let turns = 0;

async function fetchTeam(id: number): Promise<void> {
  const turn = ++turns;
  const first = loaded !== id;
  loaded = id;
  const kept = first ? await cache.recall<Team>("lists", `team:${id}`) : undefined;
  if (kept && loaded === id) team.value = kept;
  try {
    const found = await server.team(id);
    // An earlier answer does not know who has come since.
    if (loaded !== id || turn !== turns) return;
    team.value = found;
    void cache.keep("lists", [{ id: `team:${id}`, data: found }]);
  } catch {
    loaded = undefined;
  }
}

export const teammate = (id: number): Teammate | undefined => team.value.users.find((user) => user.id === id);

export const role = (id: string): TeamRole | undefined => team.value.roles.find((role) => role.id === id);

interface AssigneeLike {
  type: "user" | "role";
  id: string | number;
  user?: { email: string } | null;
  role?: { name: string } | null;
}

/** The name under which somebody stands in rows, pickers and sentences. */
export function assigneeName(assignee: AssigneeLike | null): string {
  if (!assignee) return t("nobody");
  if (assignee.type === "role") return role(String(assignee.id))?.name ?? assignee.role?.name ?? "";
  const id = Number(assignee.id);
  const user = id === me.value?.id ? me.value : teammate(id);
  return user ? nameOf(user) : (assignee.user?.email ?? "");
}
