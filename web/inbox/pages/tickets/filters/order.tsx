import type { RefObject } from "preact";
import { type Key, t } from "../../../../i18n";
import { Picker } from "../../../../kit/picker";
import { asked, setOrder } from "../../../store/asked";
import { ORDERS } from "../../../store/filters";

interface MenuProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

export default function OrderMenu({ anchor, onClose }: MenuProps) {
  return (
    <Picker
      anchor={anchor}
      label={t("order")}
      align="end"
      options={ORDERS.map((order) => ({
        value: order,
        label: t(`order_${order}` satisfies Key),
        selected: order === asked.value.order,
      }))}
      onPick={setOrder}
      onClose={onClose}
    />
  );
}
