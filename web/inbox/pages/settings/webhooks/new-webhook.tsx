import { useState } from "preact/hooks";
import * as server from "../../../../api/webhooks";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { CopyField } from "../../../../kit/copy";
import { Dialog } from "../../../../kit/dialog";
import { TextField } from "../../../../kit/field";
import { go } from "../../../router";
import { useRefusal } from "../../../sections/refusal";
import { inProject } from "../../../store/session";
import { type Wanted, WantedEvents } from "./wanted-events";

interface NewWebhookProps {
  project: number;
  onMade: () => void;
  onClose: () => void;
}

/** Where to, and what; then the secret, which is shown this once. */
export function NewWebhook({ project, onMade, onClose }: NewWebhookProps) {
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [wanted, setWanted] = useState<Wanted>({ event_types: [], public_only: true });
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const { about, busy, attempt } = useRefusal(["url", "description", "event_types"]);

  async function create(): Promise<void> {
    const { webhook, secret } = await server.create(project, {
      url: url.trim(),
      description,
      enabled: true,
      ...wanted,
    });
    setMade({ id: webhook.id, secret });
    onMade();
  }

  if (made)
    return (
      <Dialog title={t("webhook_secret")} onClose={onClose}>
        <CopyField label={t("webhook_secret")} value={made.secret} hint={t("shown_once")} />
        <div class="confirm-buttons">
          <Button variant="primary" onClick={() => go(inProject(`settings/webhooks/${made.id}`))}>
            {t("done")}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t("new_webhook")} onClose={onClose} wide>
      <form
        class="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(create);
        }}
      >
        <TextField
          label={t("webhook_url")}
          hint={t("webhook_url_hint")}
          type="url"
          required
          autofocus
          autocomplete="off"
          placeholder="https://example.com/rejoinder"
          maxLength={2000}
          value={url}
          error={about("url")}
          onText={setUrl}
        />
        <TextField
          label={t("webhook_description")}
          maxLength={500}
          value={description}
          error={about("description")}
          onText={setDescription}
        />
        <WantedEvents
          value={wanted}
          error={about("event_types")}
          onChange={(changed) => setWanted({ ...wanted, ...changed })}
        />
        <div class="confirm-buttons">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={!url.trim()}>
            {t("create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
