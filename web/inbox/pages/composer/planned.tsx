import { X } from "lucide-preact";
import type { PatchTicket } from "../../../api/types";
import { type Key, t } from "../../../i18n";
import { IconButton } from "../../../kit/button";
import { draftOf, write } from "../../store/drafts";
import { assigneeName } from "../../store/team";

/** Each change by the field that it belongs to, in a few words. */
export function wordsOf(changes: PatchTicket): [field: string, words: string][] {
  const { status, priority, tags, assignee } = changes;
  const found: [string, string][] = [];
  if (status) found.push(["status", t(`status_${status}` as Key)]);
  if (priority) found.push(["priority", t(`priority_${priority}` as Key)]);
  if (tags?.length) found.push(["tags", tags.map((tag) => `#${tag}`).join(" ")]);
  if (assignee) found.push(["assignee", assigneeName(assignee as Parameters<typeof assigneeName>[0])]);
  return found;
}

/** What the ticket becomes when this is sent; each can be taken out before. */
export function Planned({ ticket, isNote }: { ticket: string; isNote: boolean }) {
  const { after } = draftOf(ticket, isNote).value;
  const words = after ? wordsOf(after) : [];
  if (!words.length) return null;

  function leaveOut(field: string): void {
    const left = Object.fromEntries(Object.entries(after ?? {}).filter(([name]) => name !== field));
    write(ticket, isNote, { after: Object.keys(left).length ? (left as PatchTicket) : null });
  }

  return (
    <ul class="planned" aria-label={t("planned")}>
      <li aria-hidden="true">{t("planned")}</li>
      {words.map(([field, text]) => (
        <li key={field} class="planned-change">
          {text}
          <IconButton size="s" label={t("planned_leave_out", { name: text })} onClick={() => leaveOut(field)}>
            <X size={12} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
