import { RotateCw } from "lucide-preact";
import type { Delivery } from "../../../../api/types";
import * as server from "../../../../api/webhooks";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { CodeBlock } from "../../../../kit/copy";
import { Skeleton } from "../../../../kit/skeleton";
import { full, relative } from "../../../../kit/time";
import { toast } from "../../../../kit/toast";
import { Loaded, useResource } from "../../../sections/resource";
import { tell } from "../../../shell/failure";

interface DeliveryDetailProps {
  project: number;
  webhook: string;
  delivery: Delivery;
  onSent: () => void;
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

/** A body as it came, set out if it is JSON. */
function readable(text: string): string {
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}

function fate({ attempts, attempted_at, state, next_attempt_at, error }: Delivery): string {
  const next = next_attempt_at
    ? t("delivery_next", { when: relative(next_attempt_at) })
    : t("delivery_waits");
  return [
    t("delivery_attempts", { count: attempts }),
    attempted_at && full(attempted_at),
    error,
    state === "pending" && next,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** What was sent and what was answered. */
export function DeliveryDetail({ project, webhook, delivery, onSent }: DeliveryDetailProps) {
  const known = useResource(
    () => server.delivery(project, webhook, delivery.id),
    [delivery.id, delivery.attempts],
  );

  async function again(): Promise<void> {
    await server.redeliver(project, webhook, delivery.id);
    toast(t("redelivered"));
    onSent();
  }

  return (
    <div class="delivery-detail">
      <div>
        <p class="muted">{fate(delivery)}</p>
        <Button size="s" onClick={() => again().catch(tell)}>
          <RotateCw size={13} aria-hidden="true" />
          {t("redeliver")}
        </Button>
      </div>
      <h3>{t("delivery_request")}</h3>
      <Loaded of={known} skeleton={<Skeleton height="6rem" />}>
        {({ request }) =>
          request ? (
            <CodeBlock label={t("delivery_request")} text={pretty(request)} />
          ) : (
            <p class="muted">{t("delivery_withheld")}</p>
          )
        }
      </Loaded>
      <h3>{t("delivery_response")}</h3>
      <Response delivery={delivery} />
    </div>
  );
}

function Response({ delivery: { response } }: { delivery: Delivery }) {
  if (!response) return <p class="muted">{t("delivery_no_response")}</p>;
  const { status, milliseconds, body } = response;
  return (
    <>
      <p>{t("delivery_took", { status: String(status), ms: milliseconds })}</p>
      {body ? (
        <CodeBlock label={t("delivery_response")} text={readable(body)} />
      ) : (
        <p class="muted">{t("delivery_empty")}</p>
      )}
    </>
  );
}
