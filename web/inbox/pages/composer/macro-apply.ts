import type { Editor } from "@tiptap/core";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { toast } from "../../../kit/toast";
import { tell } from "../../shell/failure";
import { draftOf, isEmpty, write } from "../../store/drafts";
import { macros } from "../../store/macros";
import { me } from "../../store/session";
import { change } from "../../store/tickets";
import { fitting } from "./document";
import { changesOf, documentFor } from "./macro";
import { wordsOf } from "./planned";

/** Puts the macro's text where the caret is, and plans what it changes; one without a text acts at once. */
export function applyMacro(editor: Editor, ticket: Ticket, isNote: boolean, id: string): void {
  const macro = macros.peek().find(({ short_id }) => short_id === id);
  const user = me.peek();
  if (!macro || !user) return;
  const made = documentFor(macro, ticket, user);
  const [document] = made ? fitting(made, editor.schema) : [];
  const changes = changesOf(macro.actions, ticket);
  if (document)
    editor
      .chain()
      .focus()
      .insertContent(document.content ?? [])
      .run();
  const isPlanned = Object.keys(changes).length > 0;
  if (!isPlanned) return;
  const draft = draftOf(ticket.id, isNote).peek();
  if (document || !isEmpty(draft)) write(ticket.id, isNote, { after: { ...draft.after, ...changes } });
  else applyNow(ticket, changes);
}

function applyNow(ticket: Ticket, changes: ReturnType<typeof changesOf>): void {
  const { tags, assignee: _, ...shown } = changes;
  const wanted = tags ? { ...changes, tags: [...ticket.tags, ...tags] } : changes;
  const words = wordsOf(changes)
    .map(([, text]) => text)
    .join(" · ");
  change(ticket.id, wanted, { ...(shown as Partial<Ticket>), ...(tags && { tags: wanted.tags ?? [] }) }).then(
    () => toast(t("macro_applied", { changes: words })),
    tell,
  );
}
