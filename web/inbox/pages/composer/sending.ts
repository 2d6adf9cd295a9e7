/** From a draft to a message on its way. */

import type { PatchTicket, Ticket } from "../../../api/types";
import { clear, type Draft, draftOf, isEmpty } from "../../store/drafts";
import { type Letter, send } from "../../store/outbox";
import { project } from "../../store/session";
import { cleaned, isPlain, picturesIn, plainText, trimmed } from "./document";

/** As many signs as the server takes in one message. */
export const LONGEST = 5_000;

export const mayBeSent = (draft: Draft): boolean => !isEmpty(draft) && draft.content.length <= LONGEST;

/** Tags of a macro are put beside those that the ticket has. */
function afterwards(ticket: Ticket, after: PatchTicket): PatchTicket | null {
  const changes = after.tags ? { ...after, tags: [...new Set([...ticket.tags, ...after.tags])] } : after;
  return Object.keys(changes).length ? changes : null;
}

export function letterOf(ticket: Ticket, isNote: boolean, draft: Draft, also: PatchTicket): Letter {
  const document = draft.rich_content && trimmed(cleaned(draft.rich_content) ?? draft.rich_content);
  const rich = document && !isPlain(document) ? document : null;
  const shown = new Set(rich ? picturesIn(rich) : []);
  const pictures = draft.pictures.filter(({ id }) => shown.has(id));
  const files = [...draft.attachments, ...pictures];
  return {
    project: project.peek()?.id ?? 0,
    ticket: ticket.id,
    isNote,
    said: {
      // No message is without a text: that of one with files alone is what they are called.
      message:
        (rich ? plainText(rich) : draft.content).trim() || files.map(({ name }) => name).join(", ") || "…",
      rich_content: rich,
      attachment_ids: draft.attachments.map(({ id }) => id),
    },
    attachments: files,
    after: afterwards(ticket, { ...draft.after, ...also }),
  };
}

/** Sends what stands in the composer; false when there is nothing that could be sent. */
export function submit(ticket: Ticket, isNote: boolean, also: PatchTicket = {}): boolean {
  const draft = draftOf(ticket.id, isNote).peek();
  if (!mayBeSent(draft)) return false;
  void send(letterOf(ticket, isNote, draft, also));
  clear(ticket.id, isNote);
  return true;
}
