import { LockKeyhole, Reply } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PatchTicket, Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { useCommands } from "../../keyboard/commands";
import { draftOf, flush, isEmpty, restore } from "../../store/drafts";
import { PlainField } from "./plain-field";
import { submit } from "./sending";
import { useWriting } from "./use-writing";
import "./composer.css";

/** Where one answers the customer, or leaves the team a note: never both at once, and never mistakable. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const { id } = ticket;
  const [isNote, setNote] = useState(false);
  const frame = useRef<HTMLFormElement>(null);
  const draft = draftOf(id, isNote).value;
  const writing = useWriting(draft.rich_content !== null || draft.attachments.length > 0);
  const focus = () => frame.current?.querySelector<HTMLElement>("textarea, [contenteditable]")?.focus();
  const begin = (note: boolean) => {
    setNote(note);
    // The other kind's field is there after the next drawing only.
    requestAnimationFrame(focus);
  };
  useEffect(() => {
    void restore(id).then((kind) => kind !== null && isEmpty(draftOf(id, isNote).peek()) && setNote(kind));
    return () => flush(id);
  }, [id]);
  useCommands([
    { id: "write.reply", title: "reply", group: "write", icon: Reply, keys: ["r"], run: () => begin(false) },
    {
      id: "write.note",
      title: "note",
      group: "write",
      icon: LockKeyhole,
      keys: ["n"],
      run: () => begin(true),
    },
  ]);
  const send = (also?: PatchTicket) => submit(ticket, isNote, also) && focus();
  const { Loaded } = writing;
  return (
    <form
      ref={frame}
      class={`composer ${isNote ? "note" : "reply"}`}
      aria-label={t(isNote ? "note" : "reply")}
      onSubmit={(event) => event.preventDefault()}
    >
      <Kinds isNote={isNote} onChoose={begin} />
      {Loaded ? (
        <Loaded
          key={`${id} ${isNote}`}
          ticket={ticket}
          isNote={isNote}
          caret={writing.caret}
          onSubmit={send}
          onLeave={() => undefined}
        />
      ) : (
        <PlainField ticket={id} isNote={isNote} onBegin={writing.begin} onSubmit={send} />
      )}
    </form>
  );
}

function Kinds({ isNote, onChoose }: { isNote: boolean; onChoose: (note: boolean) => void }) {
  return (
    <div class="composer-kinds">
      <button type="button" aria-pressed={!isNote} title="R" onClick={() => onChoose(false)}>
        <Reply size={13} class="mirrored" aria-hidden="true" />
        {t("reply")}
      </button>
      <button type="button" aria-pressed={isNote} title="N" onClick={() => onChoose(true)}>
        <LockKeyhole size={12} aria-hidden="true" />
        {t("note")}
      </button>
      {isNote && <span class="composer-whom">{t("note_for_team")}</span>}
    </div>
  );
}
