import { Plus, Webhook as WebhookIcon } from "lucide-preact";
import { useState } from "preact/hooks";
import * as server from "../../../../api/webhooks";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Empty } from "../../../../kit/empty";
import { SectionHead } from "../../../sections/layout";
import { Panel, PanelSkeleton } from "../../../sections/panel";
import { Loaded, useResource } from "../../../sections/resource";
import type { SectionProps } from "../sections";
import { NewWebhook } from "./new-webhook";
import { WebhookPage } from "./webhook-page";
import { WebhookRow } from "./webhook-row";

export default function Webhooks({ project, item }: SectionProps) {
  return item ? <WebhookPage key={item} project={project.id} id={item} /> : <List project={project.id} />;
}

function List({ project }: { project: number }) {
  const known = useResource(() => server.list(project), [project]);
  const [asks, setAsks] = useState(false);
  const add = (
    <Button variant="primary" onClick={() => setAsks(true)}>
      <Plus size={15} aria-hidden="true" />
      {t("new_webhook")}
    </Button>
  );
  return (
    <>
      <SectionHead title={t("webhooks")} text={t("webhooks_text")} />
      <Loaded of={known} skeleton={<PanelSkeleton />}>
        {(all) =>
          all.length ? (
            <Panel title={t("webhooks")} flush action={add}>
              <ul>
                {all.map((webhook) => (
                  <WebhookRow key={webhook.id} webhook={webhook} />
                ))}
              </ul>
            </Panel>
          ) : (
            <Empty icon={WebhookIcon} title={t("webhooks_none")} action={add}>
              {t("webhooks_none_text")}
            </Empty>
          )
        }
      </Loaded>
      {asks && (
        <NewWebhook project={project} onMade={() => void known.reload()} onClose={() => setAsks(false)} />
      )}
    </>
  );
}
