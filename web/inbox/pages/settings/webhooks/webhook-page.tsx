import { ArrowLeft, TriangleAlert } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Webhook } from "../../../../api/types";
import * as server from "../../../../api/webhooks";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Confirm } from "../../../../kit/confirm";
import { go } from "../../../router";
import { SectionSkeleton } from "../../../sections/layout";
import { Notice } from "../../../sections/notice";
import { Panel } from "../../../sections/panel";
import { Loaded, useResource } from "../../../sections/resource";
import { tell } from "../../../shell/failure";
import { inProject } from "../../../store/session";
import { Deliveries } from "./deliveries";
import { Secrets } from "./secrets";
import { WebhookForm } from "./webhook-form";
import { Enabled } from "./webhook-row";

/** One webhook: what it sends, with what it signs, and what became of it. */
export function WebhookPage({ project, id }: { project: number; id: string }) {
  const known = useResource(() => server.retrieve(project, id), [project, id]);
  return (
    <Loaded of={known} skeleton={<SectionSkeleton panels={3} />}>
      {(webhook) => (
        <>
          <header class="section-head">
            <a class="section-back" href={inProject("settings/webhooks")}>
              <ArrowLeft size={14} aria-hidden="true" />
              {t("webhooks")}
            </a>
            <h2>
              <bdi>{webhook.url}</bdi> <Enabled webhook={webhook} />
            </h2>
          </header>
          {webhook.disabled_because && (
            <Notice icon={TriangleAlert}>
              {t("webhook_disabled", { reason: webhook.disabled_because })}
            </Notice>
          )}
          <Deliveries project={project} webhook={webhook} />
          <WebhookForm project={project} webhook={webhook} take={known.set} />
          <Secrets project={project} webhook={webhook} onChange={() => void known.reload()} />
          <Delete project={project} webhook={webhook} />
        </>
      )}
    </Loaded>
  );
}

function Delete({ project, webhook }: { project: number; webhook: Webhook }) {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Panel
        tone="danger"
        title={t("delete")}
        text={t("webhook_delete_text")}
        action={
          <Button variant="danger" onClick={() => setAsks(true)}>
            {t("delete")}
          </Button>
        }
      />
      {asks && (
        <Confirm
          title={t("webhook_delete")}
          action={t("delete")}
          run={async () => {
            await server.remove(project, webhook.id);
            go(inProject("settings/webhooks"), { replace: true });
          }}
          onClose={() => setAsks(false)}
          onError={tell}
        >
          {t("webhook_delete_text")}
        </Confirm>
      )}
    </>
  );
}
