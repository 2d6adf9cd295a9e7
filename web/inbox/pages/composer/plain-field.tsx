import { SendHorizontal } from "lucide-preact";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { draftOf, write } from "../../store/drafts";
import { types } from "../../store/presence";
import { mayBeSent } from "./sending";

interface PlainFieldProps {
  ticket: string;
  isNote: boolean;
  /** Somebody writes: the whole composer may come. */
  onBegin: (field: HTMLTextAreaElement) => void;
  onSubmit: () => void;
}

/** Writes at once, before the whole composer is there, and without it. */
export function PlainField({ ticket, isNote, onBegin, onSubmit }: PlainFieldProps) {
  const draft = draftOf(ticket, isNote).value;
  const label = t(isNote ? "write_note" : "write_reply");
  return (
    <>
      <textarea
        class="composer-plain"
        aria-label={label}
        placeholder={label}
        dir={draft.content ? "auto" : undefined}
        rows={1}
        value={draft.content}
        readOnly={draft.rich_content !== null}
        onFocus={(e) => onBegin(e.currentTarget)}
        onInput={(e) => {
          write(ticket, isNote, { content: e.currentTarget.value });
          types(ticket);
        }}
        onKeyDown={(e) => {
          if (e.key === "Escape") e.currentTarget.blur();
          if (e.key === "Enter" && (e.metaKey || e.ctrlKey)) onSubmit();
        }}
      />
      {draft.content && (
        <div class="composer-foot">
          <Button variant="primary" size="s" keys="Mod+Enter" disabled={!mayBeSent(draft)} onClick={onSubmit}>
            {t(isNote ? "add_note" : "send")}
            <SendHorizontal size={14} class="mirrored" aria-hidden="true" />
          </Button>
        </div>
      )}
    </>
  );
}
