/** The same for all ticked tickets: shown at once, taken back if the server refuses, undone if one wants. */

import { batch } from "@preact/signals";
import * as server from "../../api/bulk";
import type { PatchTicket, Ticket } from "../../api/types";
import { t } from "../../i18n";
import { toast } from "../../kit/toast";
import { tell } from "../shell/failure";
import { look, recheck, remove } from "./list";
import { project } from "./session";
import { refresh, ticket } from "./tickets";

const AT_ONCE = 500;

type Field = "status" | "priority" | "assignee" | "snoozed_until";

const here = (): number => project.peek()?.id ?? 0;

function portions<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) =>
    all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}

/** Shows a change of each ticket; returns what takes it back. */
function pretend(ids: readonly string[], shown: (ticket: Ticket) => Partial<Ticket>): () => void {
  const before = ids.flatMap((id) => {
    const kept = ticket(id);
    return kept ? [[kept, kept.peek()] as const] : [];
  });
  batch(() => {
    for (const [kept, was] of before) kept.value = { ...was, ...shown(was) };
  });
  return () =>
    batch(() => {
      for (const [kept, was] of before) kept.value = was;
    });
}

async function perform(
  ids: readonly string[],
  shown: (ticket: Ticket) => Partial<Ticket>,
  ask: (portion: string[]) => Promise<{ skipped: unknown[] }>,
): Promise<boolean> {
  const takeBack = pretend(ids, shown);
  try {
    const answers = await Promise.all(portions(ids).map(ask));
    const skipped = answers.reduce((sum, answer) => sum + answer.skipped.length, 0);
    if (skipped) toast(t("skipped", { count: skipped }), { tone: "danger" });
    for (const id of ids) refresh(id);
    await recheck(ids);
    return true;
  } catch (error) {
    takeBack();
    tell(error);
    return false;
  }
}

/** Former values and who had them. */
function groups(ids: readonly string[], field: Field): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const id of ids) {
    const value = JSON.stringify(ticket(id)?.peek()[field] ?? null);
    found.set(value, [...(found.get(value) ?? []), id]);
  }
  return found;
}

function patchOf(field: Field, value: unknown): PatchTicket {
  if (field !== "assignee" || value === null) return { [field]: value } as PatchTicket;
  const { type, id } = value as { type: string; id: string | number };
  return { assignee: { type, id } as PatchTicket["assignee"] };
}

const set = (ids: readonly string[], field: Field, value: unknown): Promise<boolean> =>
  perform(
    ids,
    () => ({ [field]: value }),
    (portion) => server.changeMany(here(), portion, patchOf(field, value)),
  );

/** One field of all of them; the toast has the way back. */
export async function setAll(ids: readonly string[], field: Field, value: unknown): Promise<void> {
  const before = groups(ids, field);
  if (!(await set(ids, field, value))) return;
  const undo = async () => {
    for (const [former, those] of before) await set(those, field, JSON.parse(former));
    await look();
  };
  toast(t("changed", { count: ids.length }), { action: { label: t("undo"), run: () => void undo() } });
}

export async function tagAll(ids: readonly string[], action: "add" | "remove", tag: string): Promise<void> {
  await perform(
    ids,
    ({ tags }) => ({
      tags: action === "add" ? [...new Set([...tags, tag])] : tags.filter((one) => one !== tag),
    }),
    (portion) => server.tagMany(here(), portion, action, [tag]),
  );
}

export async function removeAll(ids: readonly string[]): Promise<void> {
  try {
    await remove(ids, async () => {
      for (const portion of portions(ids)) await server.removeMany(here(), portion);
    });
  } catch (error) {
    await look();
    tell(error);
    return;
  }
  const undo = async () => {
    for (const portion of portions(ids)) await server.restoreMany(here(), portion);
    await look();
  };
  toast(t("deleted", { count: ids.length }), {
    action: { label: t("undo"), run: () => undo().catch(tell) },
  });
}
