import type { Editor } from "@tiptap/core";
import { AtSign, Baseline, Paperclip } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import type { PatchTicket, Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { IconButton } from "../../../kit/button";
import { draftOf } from "../../store/drafts";
import { Attached } from "./attached";
import { CaretMenuView } from "./editor/caret-menu-view";
import { FormatBar } from "./format-bar";
import { applyMacro } from "./macro-apply";
import { MacroButton } from "./macro-button";
import { Planned } from "./planned";
import { SendButton } from "./send-button";
import { LONGEST, mayBeSent } from "./sending";
import { uploadsOf } from "./uploads";
import { useEditor } from "./use-editor";
import { ownerOf, takeFiles } from "./writing-state";
import "./writing.css";

export interface WritingProps {
  ticket: Ticket;
  isNote: boolean;
  /** Where the caret goes, in plain text; null leaves the focus where it is. */
  caret: number | null;
  onSubmit: (also?: PatchTicket) => void;
  onLeave: () => void;
}

const FORMATTING = "composer-formatting";

/** The composer with everything: rich text, files, macros and mentions. Loaded when somebody writes. */
export default function Writing(props: WritingProps) {
  const { ticket, isNote, onSubmit } = props;
  const { box, editor, drawn } = useEditor(props);
  const [formats, setFormats] = useState(localStorage.getItem(FORMATTING) === "yes");
  const draft = draftOf(ticket.id, isNote).value;
  const isWaiting = uploadsOf(ownerOf(ticket.id, isNote)).length > 0;
  const tooLong = draft.content.length - LONGEST;

  function toggleFormats(): void {
    localStorage.setItem(FORMATTING, formats ? "no" : "yes");
    setFormats(!formats);
  }

  return (
    <>
      <div ref={box} class="editor rich scroll" />
      <Attached ticket={ticket.id} isNote={isNote} />
      <Planned ticket={ticket.id} isNote={isNote} />
      {formats && editor && <FormatBar editor={editor} drawn={drawn} />}
      <div class="composer-foot">
        <IconButton size="s" label={t("formatting")} aria-pressed={formats} onClick={toggleFormats}>
          <Baseline size={15} />
        </IconButton>
        {editor && <AttachButton ticket={ticket} isNote={isNote} editor={editor} />}
        {editor && <MacroButton onPick={(id) => applyMacro(editor, ticket, isNote, id)} />}
        {editor && isNote && (
          <IconButton
            size="s"
            label={t("mention")}
            keys="@"
            onClick={() => editor.chain().focus().insertContent("@").run()}
          >
            <AtSign size={15} />
          </IconButton>
        )}
        <span class="composer-hint" role="status">
          {isWaiting ? t("uploading") : tooLong > 0 && t("too_long", { count: tooLong })}
        </span>
        <SendButton
          isNote={isNote}
          disabled={isWaiting || !mayBeSent(draft)}
          onSend={(status) => onSubmit(status && { status })}
        />
      </div>
      <CaretMenuView label={t("suggestions")} />
    </>
  );
}

function AttachButton({ ticket, isNote, editor }: { ticket: Ticket; isNote: boolean; editor: Editor }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton size="s" label={t("attach")} onClick={() => field.current?.click()}>
        <Paperclip size={15} />
      </IconButton>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={(e) => {
          takeFiles({ ticket, isNote, editor, files: [...(e.currentTarget.files ?? [])], at: null });
          e.currentTarget.value = "";
        }}
      />
    </>
  );
}
