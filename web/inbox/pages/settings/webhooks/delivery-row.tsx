import { ChevronRight } from "lucide-preact";
import { useId, useState } from "preact/hooks";
import type { Delivery } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Badge, type Tone } from "../../../../kit/badge";
import { Time } from "../../../../kit/time";
import { DeliveryDetail } from "./delivery-detail";

interface DeliveryRowProps {
  project: number;
  webhook: string;
  delivery: Delivery;
  onSent: () => void;
}

function stateOf({ state, attempts, response }: Delivery): [tone: Tone, label: string] {
  const code = response ? ` ${response.status}` : "";
  if (state === "delivered") return ["success", t("delivery_delivered") + code];
  if (state === "withheld") return ["neutral", t("delivery_withheld")];
  return attempts ? ["danger", t("delivery_failing") + code] : ["info", t("delivery_pending")];
}

/** One event on its way; opened, it shows both sides. */
export function DeliveryRow(props: DeliveryRowProps) {
  const { delivery } = props;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [tone, label] = stateOf(delivery);
  return (
    <li class="delivery">
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <ChevronRight size={14} aria-hidden="true" />
        <code class="truncate">{delivery.type}</code>
        <Badge tone={tone}>{label}</Badge>
        <Time at={delivery.created_at} />
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && <DeliveryDetail {...props} />}
      </div>
    </li>
  );
}
