/** One composer at work: its editor, its files, and the draft that both make. */

import type { Editor } from "@tiptap/core";
import type { RichNode } from "../../../api/messages";
import type { Ticket } from "../../../api/types";
import { draftOf, write } from "../../store/drafts";
import { types } from "../../store/presence";
import { cleaned, documentOf, isPlain, plainText, UPLOADING } from "./document";
import { settlePicture, shows } from "./editor/picture";
import { bring, isPicture } from "./uploads";

export const ownerOf = (ticket: string, isNote: boolean): string => `${ticket} ${isNote}`;

/** What the editor begins with. */
export function beginning(ticket: string, isNote: boolean): RichNode {
  const draft = draftOf(ticket, isNote).peek();
  for (const file of draft.pictures) shows(`attachment:${file.id}`, file.url);
  return draft.rich_content ?? documentOf(draft.content);
}

/** What a draft says of the editor's document. */
export function taken(document: RichNode): { content: string; rich_content: RichNode | null } {
  const kept = cleaned(document) ?? document;
  return { content: plainText(kept).trimEnd(), rich_content: isPlain(kept) ? null : kept };
}

/** Takes down what the editor holds. */
export function written(ticket: string, isNote: boolean, document: RichNode): void {
  write(ticket, isNote, taken(document));
  types(ticket);
}

interface Files {
  ticket: Ticket;
  isNote: boolean;
  editor: Editor;
  files: File[];
  /** Where images go; null for where the caret is. */
  at: number | null;
}

/** Images into the text, everything else beside it. */
export function takeFiles({ ticket, isNote, editor, files, at }: Files): void {
  for (const file of files) {
    if (isPicture(file)) void takePicture(ticket.id, isNote, editor, file, at);
    else void attach(ticket.id, isNote, file);
  }
}

async function takePicture(
  ticket: string,
  isNote: boolean,
  editor: Editor,
  file: File,
  at: number | null,
): Promise<void> {
  const id = crypto.randomUUID();
  const source = UPLOADING + id;
  const preview = URL.createObjectURL(file);
  shows(source, preview);
  const image = { type: "image", attrs: { src: source, alt: file.name } };
  editor
    .chain()
    .focus()
    .insertContentAt(at ?? editor.state.selection.to, image)
    .run();
  const found = await bring(file, ownerOf(ticket, isNote), id, true);
  if (found) {
    shows(`attachment:${found.id}`, preview);
    // Somebody went on to another ticket: the image waits beside the text.
    const shelf = editor.isDestroyed ? "attachments" : "pictures";
    write(ticket, isNote, { [shelf]: [...draftOf(ticket, isNote).peek()[shelf], found] });
  }
  settlePicture(editor, source, found && `attachment:${found.id}`);
}

async function attach(ticket: string, isNote: boolean, file: File): Promise<void> {
  const found = await bring(file, ownerOf(ticket, isNote), crypto.randomUUID(), false);
  if (found) write(ticket, isNote, { attachments: [...draftOf(ticket, isNote).peek().attachments, found] });
}

export function detach(ticket: string, isNote: boolean, id: string): void {
  const { attachments } = draftOf(ticket, isNote).peek();
  write(ticket, isNote, { attachments: attachments.filter((file) => file.id !== id) });
}
