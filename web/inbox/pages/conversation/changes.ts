/** Changes of a ticket as sentences. */

import type { LoggedEvent } from "../../../api/types";
import { type Key, language, t } from "../../../i18n";
import { nameOfAssignee, nameOfUser } from "./names";

type Data = Record<string, unknown>;

function whoOf({ actor }: LoggedEvent, customer: string): string {
  if (actor.kind === "user") return nameOfUser(Number(actor.id));
  if (actor.kind === "person") return customer;
  return t(actor.kind === "rule" ? "who_rule" : "who_system");
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const date = (value: unknown): string =>
  new Intl.DateTimeFormat(language.value, { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(text(value)),
  );

const list = (values: string[]): string =>
  new Intl.ListFormat(language.value, { type: "unit" }).format(values);

function tagged(who: string, { tags, previous }: Data): string {
  const [now, before] = [tags, previous].map((found) => (Array.isArray(found) ? found.map(String) : []));
  const added = now!.filter((tag) => !before!.includes(tag));
  const removed = before!.filter((tag) => !now!.includes(tag));
  if (!removed.length) return t("change_tags_added", { who, value: list(added) });
  if (!added.length) return t("change_tags_removed", { who, value: list(removed) });
  return t("change_tags", { who, added: list(added), removed: list(removed) });
}

/** One sentence with `{value}`, or another one when there is none. */
const orNone =
  (field: string, set: Key, none: Key, show: (value: unknown) => string) =>
  (who: string, data: Data): string =>
    data[field] ? t(set, { who, value: show(data[field]) }) : t(none, { who });

const plain =
  (key: Key) =>
  (who: string): string =>
    t(key, { who });

const SENTENCES: Record<string, (who: string, data: Data) => string> = {
  "ticket.created": plain("change_created"),
  "ticket.status_changed": (who, { status }) =>
    t("change_status", { who, value: t(`status_${text(status)}` as Key) }),
  "ticket.priority_changed": (who, { priority }) =>
    t("change_priority", { who, value: t(`priority_${text(priority) || "none"}` as Key) }),
  "ticket.assigned": orNone("assignee", "change_assigned", "change_unassigned", (found) =>
    nameOfAssignee(found as Parameters<typeof nameOfAssignee>[0]),
  ),
  "ticket.tagged": tagged,
  "ticket.snoozed": orNone("snoozed_until", "change_snoozed", "change_woken", date),
  "ticket.sla_changed": orNone("sla_due_at", "change_due", "change_due_none", date),
  "ticket.traits_changed": plain("change_traits"),
  "ticket.customer_changed": plain("change_customer"),
  "ticket.reclaimed": plain("change_reclaimed"),
  "ticket.deleted": plain("change_deleted"),
  "ticket.restored": plain("change_restored"),
  "ticket.merged": plain("change_merged"),
  "ticket.absorbed": plain("change_absorbed"),
  "ticket.unmerged": plain("change_unmerged"),
  "message.moved": plain("change_moved"),
  "note.moved": plain("change_moved_note"),
  "message.deleted": plain("change_message_deleted"),
  "message.delivery_failed": plain("change_delivery_failed"),
  "note.deleted": plain("change_note_deleted"),
};

/** What happened, in a sentence; kinds that came after this was built are named as they are. */
export function sentence(event: LoggedEvent, customer: string): string {
  const who = whoOf(event, customer);
  const found = SENTENCES[event.type];
  return found?.(who, event.data as Data) ?? t("change_other", { who, value: event.type });
}
