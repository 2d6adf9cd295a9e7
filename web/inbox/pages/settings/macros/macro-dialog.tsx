import { useState } from "preact/hooks";
import * as server from "../../../../api/macros";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Dialog } from "../../../../kit/dialog";
import { TextField } from "../../../../kit/field";
import { Segments } from "../../../../kit/segments";
import { useRefusal } from "../../../sections/refusal";
import { me } from "../../../store/session";
import { type Draft, draftOf, isUseful, macroOf } from "./draft";
import { MacroActions } from "./macro-actions";
import { MacroText } from "./macro-text";

interface MacroDialogProps {
  project: number;
  macro: server.Macro | null;
  onSaved: () => void;
  onClose: () => void;
}

export function MacroDialog({ project, macro, onSaved, onClose }: MacroDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(macro));
  const set = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const { about, busy, attempt } = useRefusal(["name", "description", "content"]);
  const isMine = !macro || macro.created_by?.id === me.value?.id;

  async function save(): Promise<void> {
    const wanted = macroOf(draft, macro);
    await (macro ? server.change(project, macro.short_id, wanted) : server.create(project, wanted));
    onSaved();
    onClose();
  }

  return (
    <Dialog title={macro ? t("edit_macro") : t("new_macro")} onClose={onClose} wide>
      <form
        class="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(save);
        }}
      >
        <div class="panel-two">
          <TextField
            label={t("macro_name")}
            required
            autofocus
            autocomplete="off"
            maxLength={200}
            value={draft.name}
            error={about("name")}
            onText={(name) => set({ name })}
          />
          <TextField
            label={t("macro_description")}
            maxLength={400}
            value={draft.description}
            error={about("description")}
            onText={(description) => set({ description })}
          />
        </div>
        <MacroText value={draft.content} error={about("content")} onText={(content) => set({ content })} />
        <MacroActions draft={draft} set={set} />
        {isMine && (
          <div class="field">
            <span class="field-label">{t("macro_visibility")}</span>
            <Segments
              label={t("macro_visibility")}
              value={draft.visibility}
              options={[
                ["team", t("macro_team")],
                ["personal", t("macro_personal")],
              ]}
              onPick={(visibility) => set({ visibility })}
            />
          </div>
        )}
        <div class="confirm-buttons">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={!isUseful(draft)}>
            {macro ? t("save") : t("create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
