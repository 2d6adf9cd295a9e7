import { Trash2 } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Webhook } from "../../../../api/types";
import * as server from "../../../../api/webhooks";
import { t } from "../../../../i18n";
import { Badge } from "../../../../kit/badge";
import { Button, IconButton } from "../../../../kit/button";
import { Confirm } from "../../../../kit/confirm";
import { CopyField } from "../../../../kit/copy";
import { Dialog } from "../../../../kit/dialog";
import { full } from "../../../../kit/time";
import { Panel, Row } from "../../../sections/panel";
import { tell } from "../../../shell/failure";

interface SecretsProps {
  project: number;
  webhook: Webhook;
  onChange: () => void;
}

/** What signs, and the way to another. What a secret is was told when it was made. */
export function Secrets({ project, webhook, onChange }: SecretsProps) {
  const [made, setMade] = useState("");
  const [ended, setEnded] = useState("");

  async function rotate(): Promise<void> {
    setMade(await server.rotateSecret(project, webhook.id));
    onChange();
  }

  return (
    <Panel
      title={t("webhook_secret_panel")}
      text={t("webhook_secret_text")}
      flush
      action={<Button onClick={() => rotate().catch(tell)}>{t("rotate")}</Button>}
    >
      <ul>
        {webhook.secrets.map(({ id, created_at, expires_at }) => (
          <Row
            key={id}
            title={
              <>
                {t("webhook_secret_since", { when: full(created_at) })}
                {expires_at && (
                  <Badge tone="warning">{t("webhook_secret_until", { when: full(expires_at) })}</Badge>
                )}
              </>
            }
            end={
              expires_at && (
                <IconButton label={t("secret_before_delete")} onClick={() => setEnded(id)}>
                  <Trash2 size={15} aria-hidden="true" />
                </IconButton>
              )
            }
          />
        ))}
      </ul>
      {made && (
        <Dialog title={t("webhook_secret")} onClose={() => setMade("")}>
          <CopyField label={t("webhook_secret")} value={made} hint={t("shown_once")} />
          <div class="confirm-buttons">
            <Button variant="primary" onClick={() => setMade("")}>
              {t("done")}
            </Button>
          </div>
        </Dialog>
      )}
      {ended && (
        <Confirm
          title={t("secret_before_delete")}
          action={t("delete")}
          run={async () => {
            await server.removeSecret(project, webhook.id, ended);
            onChange();
          }}
          onClose={() => setEnded("")}
          onError={tell}
        >
          {t("webhook_secret_delete_text")}
        </Confirm>
      )}
    </Panel>
  );
}
