import { Pencil, Trash2 } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Message } from "../../../api/types";
import { t } from "../../../i18n";
import { IconButton } from "../../../kit/button";
import { tell } from "../../shell/failure";
import { late } from "../../shell/lazily";
import { editNote } from "../../store/thread";
import type { NoteEditorProps } from "../composer/note-editor";

const NoteEditor = late(() => import("../composer/note-editor"));
const DeleteNote = late(() => import("./delete-note"));

interface NoteActionsProps {
  ticket: string;
  note: Message;
  onEdit: () => void;
}

/** What one may do with a note of one's own. */
export function NoteActions({ ticket, note, onEdit }: NoteActionsProps) {
  const [asks, setAsks] = useState(false);
  return (
    <span class="note-actions">
      <IconButton size="s" label={t("note_edit")} onClick={onEdit}>
        <Pencil size={14} />
      </IconButton>
      <IconButton size="s" label={t("note_delete")} onClick={() => setAsks(true)}>
        <Trash2 size={14} />
      </IconButton>
      {asks && <DeleteNote ticket={ticket} note={note} onClose={() => setAsks(false)} />}
    </span>
  );
}

/** The editor in the note's place while one edits it. */
export function useNoteEditing(
  ticket: string,
  note: Message,
): { editor: JSX.Element | null; begin: () => void } {
  const [isOpen, setOpen] = useState(false);
  const end = () => setOpen(false);
  const save: NoteEditorProps["onSave"] = ({ content: message, rich_content }) => {
    end();
    editNote(ticket, note, { message, rich_content }).catch(tell);
  };
  return {
    begin: () => setOpen(true),
    editor: isOpen ? <NoteEditor note={note} onSave={save} onCancel={end} /> : null,
  };
}
