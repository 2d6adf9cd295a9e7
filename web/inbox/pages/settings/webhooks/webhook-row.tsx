import type { Webhook } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Badge } from "../../../../kit/badge";
import { Row } from "../../../sections/panel";
import { inProject } from "../../../store/session";

export function Enabled({ webhook: { enabled, disabled_because } }: { webhook: Webhook }) {
  if (enabled) return <Badge tone="success">{t("webhook_on")}</Badge>;
  return <Badge tone={disabled_because ? "danger" : "neutral"}>{t("webhook_off")}</Badge>;
}

export const eventsOf = ({ event_types }: Webhook): string =>
  event_types.length ? t("webhook_events_count", { count: event_types.length }) : t("webhook_all_events");

export function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { id, url, description, disabled_because } = webhook;
  return (
    <Row
      title={
        <a href={inProject(`settings/webhooks/${id}`)}>
          <bdi>{url}</bdi>
        </a>
      }
      text={
        disabled_because
          ? t("webhook_disabled", { reason: disabled_because })
          : [description, eventsOf(webhook)].filter(Boolean).join(" · ")
      }
      end={<Enabled webhook={webhook} />}
    />
  );
}
