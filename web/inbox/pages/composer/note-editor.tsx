import type { Editor } from "@tiptap/core";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { RichNode } from "../../../api/messages";
import type { Message } from "../../../api/types";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { documentOf, trimmed } from "./document";
import { CaretMenuView } from "./editor/caret-menu-view";
import { makeEditor } from "./editor/make";
import { shows } from "./editor/picture";
import { FormatBar } from "./format-bar";
import { taken } from "./writing-state";
import "./writing.css";

export interface NoteEditorProps {
  note: Message;
  onSave: (text: ReturnType<typeof taken>) => void;
  onCancel: () => void;
}

/** The note as it is sent: images by the name of their attachment, not by where they were shown. */
function named(node: RichNode, names: Map<string, string>): RichNode {
  const source = names.get(String(node.attrs?.src ?? ""));
  const attrs = source ? { ...node.attrs, src: source } : node.attrs;
  const content = node.content?.map((child) => named(child, names));
  return { ...node, ...(attrs && { attrs }), ...(content && { content }) };
}

function documentOfNote({ content, rich_content, attachments }: Message): RichNode {
  for (const { id, url } of attachments) shows(`attachment:${id}`, url);
  const names = new Map(attachments.map(({ id, url }) => [url, `attachment:${id}`]));
  return rich_content ? named(rich_content as unknown as RichNode, names) : documentOf(content);
}

/** Stands in a note's place while its author changes it. */
export default function NoteEditor({ note, onSave, onCancel }: NoteEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [drawn, redraw] = useReducer((count: number, _: null) => count + 1, 0);
  const save = (made: Editor) => {
    const text = taken(trimmed(made.getJSON() as RichNode));
    if (text.content.trim()) onSave(text);
  };
  useEffect(() => {
    if (!box.current) return;
    const made: Editor = makeEditor({
      element: box.current,
      document: documentOfNote(note),
      label: t("note_edit"),
      isNote: true,
      onChange: () => undefined,
      onSubmit: () => save(made),
      onEscape: onCancel,
      onFiles: () => undefined,
    });
    made.on("transaction", () => redraw(null));
    made.commands.focus("end");
    setEditor(made);
    return () => made.destroy();
  }, [note.id]);
  return (
    <div class="composer note note-editor">
      <div ref={box} class="editor rich scroll" />
      {editor && <FormatBar editor={editor} drawn={drawn} />}
      <div class="composer-foot">
        <Button size="s" variant="quiet" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button
          size="s"
          variant="primary"
          keys="Mod+Enter"
          disabled={!editor?.getText().trim()}
          onClick={() => editor && save(editor)}
        >
          {t("save")}
        </Button>
      </div>
      <CaretMenuView label={t("suggestions")} />
    </div>
  );
}
