import { Tag } from "lucide-preact";
import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { type Option, Picker } from "../../../kit/picker";
import { tagsInUse } from "../../store/tickets";
import { toggleTag } from "./acts";

interface TagPickerProps {
  ticket: Ticket;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Those it has first, then those that others have; what nobody has is made by typing it. */
export function TagPicker({ ticket, anchor, onClose }: TagPickerProps) {
  const [first] = useState(ticket.tags);
  const others = tagsInUse().filter((tag) => !first.includes(tag));
  const added = ticket.tags.filter((tag) => !first.includes(tag) && !others.includes(tag));
  const option = (tag: string): Option<string> => ({
    value: tag,
    label: tag,
    icon: <Tag size={15} aria-hidden="true" />,
    selected: ticket.tags.includes(tag),
  });
  return (
    <Picker
      multiple
      anchor={anchor}
      label={t("set_tags")}
      placeholder={t("tags_placeholder")}
      options={[...first, ...added, ...others].map(option)}
      create={(text) => ({
        value: text.toLocaleLowerCase(),
        label: t("add_tag", { tag: text.toLocaleLowerCase() }),
        icon: <Tag size={15} aria-hidden="true" />,
      })}
      onPick={(tag) => void toggleTag(ticket, tag)}
      onClose={onClose}
    />
  );
}
