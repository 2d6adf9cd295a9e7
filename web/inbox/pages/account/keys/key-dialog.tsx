import { useState } from "preact/hooks";
import { changeKey, createKey } from "../../../../api/account";
import type { ApiKey } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { CopyField } from "../../../../kit/copy";
import { Dialog } from "../../../../kit/dialog";
import { TextField } from "../../../../kit/field";
import { SelectField } from "../../../../kit/select";
import { useRefusal } from "../../../sections/refusal";
import { ProjectLimit } from "./project-limit";
import { SCOPES, STEPS, stepOf } from "./scopes";

interface KeyDialogProps {
  apiKey: ApiKey | null;
  onSaved: () => void;
  onClose: () => void;
}

/** A new key, or what an old one may. The value of a new one is shown this once. */
export function KeyDialog({ apiKey, onSaved, onClose }: KeyDialogProps) {
  const [label, setLabel] = useState(apiKey?.label ?? "");
  const [step, setStep] = useState(stepOf(apiKey?.scopes ?? []));
  const [limit, setLimit] = useState<number[]>(apiKey?.scoped_projects ?? []);
  const [value, setValue] = useState("");
  const { about, busy, attempt } = useRefusal(["label", "scopes", "scoped_projects"]);

  async function save(): Promise<void> {
    const wanted = { label: label.trim(), scopes: SCOPES[step], scoped_projects: limit };
    if (apiKey) await changeKey(apiKey.id, wanted);
    else setValue((await createKey(wanted)).value);
    onSaved();
    if (apiKey) onClose();
  }

  if (value)
    return (
      <Dialog title={t("key_made")} onClose={onClose}>
        <CopyField label={t("key_value")} value={value} hint={t("shown_once")} />
        <div class="confirm-buttons">
          <Button variant="primary" onClick={onClose}>
            {t("done")}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={apiKey ? t("key_edit") : t("new_key")} onClose={onClose}>
      <form
        class="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(save);
        }}
      >
        <TextField
          label={t("key_label")}
          placeholder={t("key_placeholder")}
          required
          autofocus
          autocomplete="off"
          maxLength={200}
          value={label}
          error={about("label")}
          onText={setLabel}
        />
        <SelectField
          label={t("key_may")}
          hint={t(`scope_${step}_hint`)}
          value={step}
          error={about("scopes")}
          options={STEPS.map((each) => [each, t(`scope_${each}`)] as const)}
          onPick={setStep}
        />
        <ProjectLimit value={limit} error={about("scoped_projects")} onChange={setLimit} />
        <div class="confirm-buttons">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={!label.trim()}>
            {apiKey ? t("save") : t("create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
