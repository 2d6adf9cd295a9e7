import { Minus, Tag } from "lucide-preact";
import type { RefObject } from "preact";
import { t } from "../../../../i18n";
import { Picker } from "../../../../kit/picker";
import { assigneeOf, assigneeOptions, itemOf, priorityOptions, statusOptions } from "../../../parts/choices";
import SnoozePicker from "../../../parts/snooze-picker";
import { setAll, tagAll } from "../../../store/bulk";
import { selected } from "../../../store/selection";
import { me } from "../../../store/session";
import { role, teammate } from "../../../store/team";
import { tagsInUse, ticket } from "../../../store/tickets";
import type { Choice } from "./commands";

interface ChoiceProps {
  choice: Choice;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

const chosen = () => [...selected.value].flatMap((id) => ticket(id)?.value ?? []);
const ids = () => [...selected.peek()];

/** A value that all have: only that is ticked in the picker. */
function shared<T>(values: T[]): T[] {
  return new Set(values).size === 1 ? values.slice(0, 1) : [];
}

/** Picks what all ticked tickets shall have. */
export function BulkChoice({ choice, ...rest }: ChoiceProps) {
  if (choice === "tags") return <TagChoice {...rest} />;
  if (choice === "snooze")
    return (
      <SnoozePicker
        {...rest}
        snoozed={chosen().some((one) => one.snoozed_until)}
        onPick={(until) => void setAll(ids(), "snoozed_until", until)}
      />
    );
  if (choice === "status")
    return (
      <Picker
        {...rest}
        label={t("set_status")}
        options={statusOptions(shared(chosen().map((one) => one.status)))}
        onPick={(status) => void setAll(ids(), "status", status)}
      />
    );
  if (choice === "priority")
    return (
      <Picker
        {...rest}
        label={t("set_priority")}
        options={priorityOptions(shared(chosen().map((one) => one.priority)))}
        onPick={(priority) => void setAll(ids(), "priority", priority)}
      />
    );
  return (
    <Picker
      {...rest}
      label={t("set_assignee")}
      options={assigneeOptions(shared(chosen().map((one) => itemOf(one.assignee))))}
      onPick={(item) => void setAll(ids(), "assignee", shownAssignee(item))}
    />
  );
}

/** As the server will tell it, so that the row can show it at once. */
function shownAssignee(item: string) {
  const assignee = assigneeOf(item);
  if (!assignee) return null;
  const isUser = assignee.type === "user";
  const user = assignee.id === me.peek()?.id ? me.peek() : teammate(Number(assignee.id));
  return {
    ...assignee,
    user: isUser ? { email: user?.email ?? "" } : null,
    role: isUser ? null : { name: role(String(assignee.id))?.name ?? "" },
  };
}

function TagChoice({ anchor, onClose }: Omit<ChoiceProps, "choice">) {
  const tickets = chosen();
  const having = (tag: string) => tickets.filter((one) => one.tags.includes(tag)).length;
  const tags = [...new Set([...tickets.flatMap((one) => one.tags), ...tagsInUse()])];
  return (
    <Picker
      anchor={anchor}
      label={t("set_tags")}
      multiple
      onClose={onClose}
      options={tags.map((tag) => ({
        value: tag,
        label: tag,
        icon: having(tag) && having(tag) < tickets.length ? <Minus size={14} /> : <Tag size={14} />,
        selected: having(tag) === tickets.length,
      }))}
      create={(text) => ({
        value: text.toLowerCase(),
        label: t("add_tag", { tag: text.toLowerCase() }),
        icon: <Tag size={14} aria-hidden="true" />,
      })}
      onPick={(tag) => void tagAll(ids(), having(tag) === tickets.length ? "remove" : "add", tag)}
    />
  );
}
