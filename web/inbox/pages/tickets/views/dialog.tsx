import { useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Dialog } from "../../../../kit/dialog";
import { Switch, TextField } from "../../../../kit/field";
import { go } from "../../../router";
import { wording } from "../../../shell/failure";
import { asked, hrefOfView } from "../../../store/asked";
import { me } from "../../../store/session";
import { change, create } from "../../../store/view-edits";
import type { View } from "../../../store/views";

/** Names a view, new or known, and says who sees it. */
export default function ViewDialog({ view, onClose }: { view?: View; onClose: () => void }) {
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.visibility !== "private");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const visibility = shared ? "shared" : "private";
  const mine = !view?.created_by || view.created_by.id === me.value?.id;

  async function save(): Promise<void> {
    const { filters, search, order } = asked.peek();
    if (view) {
      await change(view.short_id, {
        name: name.trim(),
        ...(visibility !== view.visibility && { visibility }),
      });
      return;
    }
    const made = await create(name.trim(), shared, { filters, search, order });
    go(hrefOfView(made.short_id));
  }

  function submit(event: Event): void {
    event.preventDefault();
    setBusy(true);
    save().then(onClose, (error) => {
      setWrong(wording(error));
      setBusy(false);
    });
  }

  return (
    <Dialog title={t(view ? "view_edit_title" : "view_new")} onClose={onClose}>
      <form class="view-form" onSubmit={submit} ref={(form) => form?.querySelector("input")?.focus()}>
        <TextField
          label={t("view_name")}
          placeholder={t("view_name_hint")}
          value={name}
          error={wrong}
          required
          maxLength={400}
          onText={setName}
        />
        <Switch
          label={t("view_shared")}
          hint={t("view_shared_hint")}
          checked={shared}
          disabled={!mine}
          onChange={setShared}
        />
        <div class="view-form-end">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={!name.trim()}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
