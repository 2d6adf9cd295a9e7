import { useState } from "preact/hooks";
import * as server from "../../../../api/project";
import type { Project } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Confirm } from "../../../../kit/confirm";
import { SecretField } from "../../../../kit/secret-field";
import { Panel } from "../../../sections/panel";
import { tell } from "../../../shell/failure";

interface SecretPanelProps {
  project: Project;
  take: (project: Project) => void;
}

/** The secret, the one before it, and their rotation. */
export function SecretPanel({ project, take }: SecretPanelProps) {
  const [asks, setAsks] = useState<"rotate" | "delete" | null>(null);
  const { secret_api_token: secret, secret_api_token_backup: before } = project;
  const close = () => setAsks(null);
  const rotate = async () => take(await server.rotateSecret(project.id));
  return (
    <Panel title={t("secret_panel")} text={t("secret_text")}>
      {secret ? <SecretField label={t("secret")} value={secret} /> : <p class="muted">{t("secret_none")}</p>}
      {before && <SecretField label={t("secret_before")} value={before} hint={t("secret_before_text")} />}
      <div class="panel-buttons">
        <Button onClick={() => (secret ? setAsks("rotate") : void rotate().catch(tell))}>
          {secret ? t("rotate_secret") : t("secret_create")}
        </Button>
        {before && (
          <Button variant="danger" onClick={() => setAsks("delete")}>
            {t("secret_before_delete")}
          </Button>
        )}
      </div>
      {asks === "rotate" && (
        <Confirm title={t("rotate_secret")} action={t("rotate")} run={rotate} onClose={close} onError={tell}>
          {t("rotate_secret_text")}
        </Confirm>
      )}
      {asks === "delete" && (
        <Confirm
          title={t("secret_before_delete")}
          action={t("delete")}
          run={async () => take(await server.deleteSecretBackup(project.id))}
          onClose={close}
          onError={tell}
        >
          {t("secret_before_delete_text")}
        </Confirm>
      )}
    </Panel>
  );
}
