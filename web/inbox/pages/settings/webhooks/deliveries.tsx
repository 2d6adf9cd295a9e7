import { RefreshCw, Send } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Delivery, Webhook } from "../../../../api/types";
import * as server from "../../../../api/webhooks";
import { t } from "../../../../i18n";
import { Button, IconButton } from "../../../../kit/button";
import { Segments } from "../../../../kit/segments";
import { Skeleton } from "../../../../kit/skeleton";
import { toast } from "../../../../kit/toast";
import { Panel } from "../../../sections/panel";
import { Loaded, useResource } from "../../../sections/resource";
import { tell } from "../../../shell/failure";
import { DeliveryRow } from "./delivery-row";
import "./deliveries.css";

type State = Delivery["state"] | "";

/** What was asked for shows up, and changes, within a moment. */
const AGAIN_MS = 1_000;
const LOOKS = 8;

/** What was sent and what came of it; as long as something is waiting, it looks again. */
export function Deliveries({ project, webhook }: { project: number; webhook: Webhook }) {
  const [state, setState] = useState<State>("");
  const known = useResource(
    () => server.deliveries(project, webhook.id, state),
    [project, webhook.id, state],
  );
  const isWaiting = known.value?.results.some(({ state: each, attempts }) => each === "pending" && !attempts);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    if (!isWaiting && looks === 0) return;
    const timer = setTimeout(() => {
      setLooks(Math.max(0, looks - 1));
      void known.reload();
    }, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [known.value, looks]);

  async function test(): Promise<void> {
    await server.test(project, webhook.id);
    toast(t("webhook_test_sent"));
    setLooks(LOOKS);
  }

  async function more(page: server.DeliveryPage): Promise<void> {
    const next = await server.deliveries(project, webhook.id, state, page.cursor ?? "");
    known.set({ results: [...page.results, ...next.results], cursor: next.cursor });
  }

  return (
    <Panel
      title={t("deliveries")}
      text={t("deliveries_text")}
      flush
      action={
        <Button disabled={!webhook.enabled} onClick={() => test().catch(tell)}>
          <Send size={14} aria-hidden="true" />
          {t("webhook_test")}
        </Button>
      }
    >
      <div class="deliveries-bar">
        <Segments<State>
          label={t("deliveries")}
          value={state}
          options={[
            ["", t("delivery_all")],
            ["pending", t("delivery_pending")],
            ["delivered", t("delivery_delivered")],
            ["withheld", t("delivery_withheld")],
          ]}
          onPick={setState}
        />
        <IconButton label={t("refresh")} onClick={() => void known.reload()}>
          <RefreshCw size={15} aria-hidden="true" />
        </IconButton>
      </div>
      <Loaded of={known} skeleton={<Bones />}>
        {(page) =>
          page.results.length ? (
            <>
              <ul>
                {page.results.map((delivery) => (
                  <DeliveryRow
                    key={delivery.id}
                    project={project}
                    webhook={webhook.id}
                    delivery={delivery}
                    onSent={() => setLooks(LOOKS)}
                  />
                ))}
              </ul>
              {page.cursor && (
                <div class="deliveries-more">
                  <Button size="s" onClick={() => more(page).catch(tell)}>
                    {t("load_more")}
                  </Button>
                </div>
              )}
            </>
          ) : (
            <p class="deliveries-none muted">{t(state ? "deliveries_none_such" : "deliveries_none")}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Bones() {
  return (
    <div class="deliveries-bones">
      <Skeleton height="1.25rem" />
      <Skeleton height="1.25rem" />
      <Skeleton height="1.25rem" />
    </div>
  );
}
