/** What one does to a ticket. Each shows at once; if the server refuses, it is taken back and said. */

import * as merging from "../../../api/merging";
import * as tickets from "../../../api/tickets";
import type { PatchTicket, Priority, Status, Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { copyText } from "../../../kit/clipboard";
import { toast } from "../../../kit/toast";
import { type AssigneeItem, assigneeOf } from "../../parts/choices";
import { go } from "../../router";
import { tell } from "../../shell/failure";
import { look, remove as removeRows } from "../../store/list";
import { inProject, project } from "../../store/session";
import { endSplit } from "../../store/splitting";
import { role, teammate } from "../../store/team";
import { refresh as refreshThread } from "../../store/thread";
import { change, ticket as known, refresh, takeAll } from "../../store/tickets";
import { backToList } from "../tickets/back";

const projectId = (): number => project.peek()?.id ?? 0;
const hrefOf = (ticket: Ticket): string => inProject(`tickets/${ticket.ticket_number}`);

const attempt = (
  { id }: Ticket,
  changes: PatchTicket,
  shown = changes as Partial<Ticket>,
): Promise<boolean> =>
  change(id, changes, shown).then(
    () => true,
    (error: unknown) => {
      tell(error);
      return false;
    },
  );

export const setStatus = (ticket: Ticket, status: Status) => attempt(ticket, { status });

export const setPriority = (ticket: Ticket, priority: Priority | null) => attempt(ticket, { priority });

/** Puts the tag on, or takes it off; what was done a moment ago counts, drawn or not. */
export function toggleTag(ticket: Ticket, tag: string): Promise<boolean> {
  const { tags } = known(ticket.id)?.peek() ?? ticket;
  return attempt(ticket, {
    tags: tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag],
  });
}

export const snooze = (ticket: Ticket, until: string | null) => attempt(ticket, { snoozed_until: until });

export function assign(ticket: Ticket, item: AssigneeItem): Promise<boolean> {
  const assignee = assigneeOf(item);
  const shown: Ticket["assignee"] = assignee && {
    ...assignee,
    user: assignee.type === "user" ? { email: teammate(Number(assignee.id))?.email ?? "" } : null,
    role: assignee.type === "role" ? { name: role(String(assignee.id))?.name ?? "" } : null,
  };
  return attempt(ticket, { assignee }, { assignee: shown });
}

/** With the way back: it is the one thing done by a single key that customers notice. */
export async function resolveOrReopen(ticket: Ticket): Promise<void> {
  const { status } = ticket;
  if (status === "resolved") return void (await setStatus(ticket, "open"));
  if (await setStatus(ticket, "resolved"))
    toast(t("resolved_said", { number: `#${ticket.ticket_number}` }), {
      action: { label: t("undo"), run: () => void setStatus(ticket, status) },
    });
}

/** Leaves it, too: what one looks at is read. */
export async function leaveUnread(ticket: Ticket): Promise<void> {
  backToList();
  try {
    takeAll([await tickets.markUnread(projectId(), ticket.id)]);
  } catch (error) {
    tell(error);
  }
}

export async function copyLink(ticket: Ticket): Promise<void> {
  const link = location.origin + hrefOf(ticket);
  await copyText(link).then(
    () => toast(t("link_copied")),
    () => toast(link),
  );
}

export async function remove(ticket: Ticket): Promise<void> {
  backToList();
  try {
    await removeRows([ticket.id], () => tickets.remove(projectId(), ticket.id));
    toast(t("ticket_deleted", { number: `#${ticket.ticket_number}` }), {
      action: { label: t("undo"), run: () => void restore(ticket) },
    });
  } catch (error) {
    tell(error);
    void look();
  }
}

async function restore(ticket: Ticket): Promise<void> {
  try {
    takeAll([await tickets.restore(projectId(), ticket.id)]);
    go(hrefOf(ticket));
    void look();
  } catch (error) {
    tell(error);
  }
}

export async function merge(ticket: Ticket, into: Ticket): Promise<void> {
  takeAll([await merging.merge(projectId(), ticket.id, into.id)]);
  refresh(ticket.id);
  toast(t("merged_said", { number: `#${ticket.ticket_number}`, into: `#${into.ticket_number}` }), {
    action: { label: t("undo"), run: () => void unmerge(ticket) },
  });
}

export async function unmerge({ id, merged_into }: Ticket): Promise<void> {
  try {
    takeAll([await merging.unmerge(projectId(), id)]);
    if (merged_into) refresh(merged_into);
  } catch (error) {
    tell(error);
  }
}

export async function splitOff(ticket: Ticket, messages: ReadonlySet<string>): Promise<void> {
  try {
    const created = await merging.split(projectId(), ticket.id, [...messages], "open");
    endSplit();
    takeAll([created]);
    refresh(ticket.id);
    void refreshThread(ticket.id);
    toast(t("split_said", { number: `#${created.ticket_number}` }), {
      action: { label: t("split_open"), run: () => go(hrefOf(created)) },
    });
  } catch (error) {
    tell(error);
  }
}
