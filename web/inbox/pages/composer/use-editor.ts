import type { Editor } from "@tiptap/core";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { RichNode } from "../../../api/messages";
import { t } from "../../../i18n";
import { draftOf } from "../../store/drafts";
import { fitting, placeOf } from "./document";
import { makeEditor } from "./editor/make";
import { applyMacro } from "./macro-apply";
import { uploadsOf } from "./uploads";
import type { WritingProps } from "./writing";
import { beginning, ownerOf, takeFiles, taken, written } from "./writing-state";

/** An editor in a box of the page, which follows the draft where others change it. */
export function useEditor({ ticket, isNote, caret, onSubmit, onLeave }: WritingProps) {
  const box = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [drawn, redraw] = useReducer((count: number, _: null) => count + 1, 0);
  // The editor lives longer than what it was given first.
  const now = useRef({ ticket, onSubmit, onLeave });
  now.current = { ticket, onSubmit, onLeave };
  useEffect(() => {
    if (!box.current) return;
    const made: Editor = makeEditor({
      element: box.current,
      document: beginning(ticket.id, isNote),
      label: t(isNote ? "write_note" : "write_reply"),
      isNote,
      onChange: (document) => written(ticket.id, isNote, document),
      onSubmit: (resolves) => {
        if (!uploadsOf(ownerOf(ticket.id, isNote)).length)
          now.current.onSubmit(resolves && !isNote ? { status: "resolved" } : {});
      },
      onEscape: () => {
        // The editor's own way is a moment late, and takes the next key.
        made.view.dom.blur();
        now.current.onLeave();
      },
      onFiles: (files, at) => takeFiles({ ticket: now.current.ticket, isNote, editor: made, files, at }),
    });
    made.storage.macroTrigger.pick = (id) => applyMacro(made, now.current.ticket, isNote, id);
    made.on("transaction", () => redraw(null));
    if (caret !== null) made.commands.focus(placeOf(draftOf(ticket.id, isNote).peek().content, caret));
    setEditor(made);
    return () => made.destroy();
  }, [ticket.id, isNote]);
  useFollowing(editor, ticket.id, isNote);
  return { box, editor, drawn };
}

/** What was restored, or sent and cleared, replaces the text; what somebody types here is newer than that. */
function useFollowing(editor: Editor | null, ticket: string, isNote: boolean): void {
  const draft = draftOf(ticket, isNote);
  useEffect(
    () =>
      draft.subscribe(({ isNew, content, rich_content }) => {
        if (!editor || editor.isDestroyed || isNew) return;
        const here = taken(editor.getJSON() as RichNode);
        if (JSON.stringify(here) === JSON.stringify({ content, rich_content })) return;
        const [document = null] = fitting(beginning(ticket, isNote), editor.schema);
        editor.commands.setContent(document, { emitUpdate: false });
      }),
    [editor, draft],
  );
}
