import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { Picker } from "../../../../kit/picker";
import { asked } from "../../../store/asked";
import type { Filter } from "../../../store/filters";
import { KINDS, titleOfFilter } from "./kinds";
import { FilterValue } from "./value";

interface MenuProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** First what to filter by, then the value. */
export default function FilterMenu({ anchor, onClose }: MenuProps) {
  const [name, setName] = useState<Filter | null>(null);
  if (name) return <FilterValue key={name} name={name} anchor={anchor} onClose={onClose} />;
  return (
    <Picker
      key="kinds"
      anchor={anchor}
      label={t("filter")}
      // It leads on to the value, and is not closed by a choice.
      multiple
      options={(Object.keys(KINDS) as Filter[]).map((kind) => {
        const { icon: Icon } = KINDS[kind];
        return {
          value: kind,
          label: titleOfFilter(kind),
          icon: <Icon size={15} aria-hidden="true" />,
          selected: Boolean(asked.value.filters[kind]),
        };
      })}
      onPick={setName}
      onClose={onClose}
    />
  );
}
