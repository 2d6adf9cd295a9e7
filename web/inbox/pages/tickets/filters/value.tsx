import { CalendarDays, Tag } from "lucide-preact";
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Channel, Priority, Status } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { TextField } from "../../../../kit/field";
import { type Option, Picker } from "../../../../kit/picker";
import { Popover } from "../../../../kit/popover";
import { ChannelIcon } from "../../../parts/channel-icon";
import { assigneeOptions } from "../../../parts/choices";
import { PriorityIcon } from "../../../parts/priority-icon";
import { StatusIcon } from "../../../parts/status-icon";
import { asked, setFilter } from "../../../store/asked";
import { type Filter, items, joined } from "../../../store/filters";
import { loadTeam } from "../../../store/team";
import { tagsInUse } from "../../../store/tickets";
import { DATES, KINDS, textOf, titleOfFilter } from "./kinds";

interface ValueProps {
  name: Filter;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Chooses a filter's value in the way that suits it. */
export function FilterValue(props: ValueProps) {
  const { way } = KINDS[props.name];
  if (way === "date") return <DateValue {...props} />;
  return way === "text" ? <TextValue {...props} /> : <PickedValue {...props} />;
}

const ICONS: Partial<Record<Filter, (value: string) => Option<string>["icon"]>> = {
  status: (value) => <StatusIcon status={value as Status} />,
  priority: (value) => <PriorityIcon priority={value as Priority} />,
  channel_source: (value) => <ChannelIcon channel={value as Channel} size={15} />,
};

function optionsOf(name: Filter, chosen: string[]): Option<string>[] {
  const { way, values = [] } = KINDS[name];
  if (way === "assignee") return assigneeOptions(chosen);
  const offered = way === "tags" ? [...new Set([...chosen, ...tagsInUse()])] : values;
  return offered.map((value) => ({
    value,
    label: textOf(name, value),
    icon: ICONS[name]?.(value),
    selected: chosen.includes(value),
  }));
}

function PickedValue({ name, anchor, onClose }: ValueProps) {
  const { way } = KINDS[name];
  const chosen = items(name, asked.value.filters[name]);
  useEffect(() => void (way === "assignee" && loadTeam()), [way]);
  const flip = (value: string) =>
    chosen.includes(value) ? chosen.filter((item) => item !== value) : [...chosen, value];
  return (
    <Picker
      anchor={anchor}
      label={titleOfFilter(name)}
      options={optionsOf(name, chosen)}
      multiple={way !== "one"}
      onClose={onClose}
      onPick={(value) => setFilter(name, way === "one" ? value : joined(name, flip(value)))}
      {...(way === "tags" && {
        create: (text: string) => ({ value: text.toLowerCase(), label: text, icon: <Tag size={14} /> }),
      })}
    />
  );
}

const OWN = "own";

function DateValue({ name, anchor, onClose }: ValueProps) {
  const value = asked.value.filters[name] ?? "";
  const [own, setOwn] = useState(/^\d{4}-/.test(value));
  const [text, setText] = useState(/^\d{4}-/.test(value) ? value.slice(0, 10) : "");
  if (own)
    return (
      <TextPanel
        name={name}
        anchor={anchor}
        onClose={onClose}
        onApply={() => setFilter(name, text)}
        ready={text !== ""}
      >
        <TextField label={titleOfFilter(name)} type={"date" as "text"} value={text} onText={setText} />
      </TextPanel>
    );
  return (
    <Picker
      anchor={anchor}
      label={titleOfFilter(name)}
      options={[
        ...Object.entries(DATES).map(([date, label]) => ({
          value: date,
          label: t(label),
          selected: date === value,
        })),
        { value: OWN, label: t("date_own"), icon: <CalendarDays size={14} aria-hidden="true" /> },
      ]}
      multiple
      onClose={onClose}
      onPick={(date) => {
        if (date === OWN) setOwn(true);
        else {
          setFilter(name, date);
          onClose();
        }
      }}
    />
  );
}

function TextValue({ name, anchor, onClose }: ValueProps) {
  const [text, setText] = useState(items(name, asked.peek().filters[name]).join(", "));
  const values = text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
  return (
    <TextPanel
      name={name}
      anchor={anchor}
      onClose={onClose}
      onApply={() => setFilter(name, joined(name, values))}
      ready
    >
      <TextField label={titleOfFilter(name)} hint={t("filter_several")} value={text} onText={setText} />
    </TextPanel>
  );
}

interface PanelProps extends ValueProps {
  children: preact.ComponentChildren;
  ready: boolean;
  onApply: () => void;
}

function TextPanel({ name, anchor, onClose, children, ready, onApply }: PanelProps) {
  return (
    <Popover key={`${name}-text`} anchor={anchor} label={titleOfFilter(name)} onClose={onClose}>
      <form
        class="filter-form"
        ref={(form) => form?.querySelector("input")?.focus()}
        onSubmit={(event) => {
          event.preventDefault();
          onApply();
          onClose();
        }}
      >
        {children}
        <Button type="submit" variant="primary" disabled={!ready}>
          {t("filter_apply")}
        </Button>
      </form>
    </Popover>
  );
}
