import {
  AlarmClock,
  ChartNoAxesColumnIncreasing,
  CircleCheck,
  CircleDot,
  type LucideIcon,
  Tag,
  Trash2,
  UserRound,
  X,
} from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { type Key, t } from "../../../../i18n";
import { IconButton } from "../../../../kit/button";
import { clear, selected } from "../../../store/selection";
import { loadTeam } from "../../../store/team";
import "./bar.css";
import { BulkChoice } from "./choice";
import { CHOICES, type Choice, choosing, deleteAll, resolveAll } from "./commands";

const ICONS: Record<Choice, LucideIcon> = {
  status: CircleDot,
  priority: ChartNoAxesColumnIncreasing,
  assignee: UserRound,
  tags: Tag,
  snooze: AlarmClock,
};

/** What can be done to all ticked tickets at once. */
export default function BulkBar() {
  useEffect(() => {
    void loadTeam();
    return () => (choosing.value = null);
  }, []);
  return (
    <div class="bulk-bar" role="toolbar" aria-label={t("bulk_actions")}>
      <span class="bulk-count" role="status">
        {t("selected", { count: selected.value.size })}
      </span>
      <IconButton label={t("resolve")} keys="e" onClick={resolveAll}>
        <CircleCheck size={16} aria-hidden="true" />
      </IconButton>
      {CHOICES.map(([choice, title, key]) => (
        <Tool key={choice} choice={choice} title={title} keys={key} />
      ))}
      <IconButton label={t("delete")} keys="#" onClick={deleteAll}>
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("select_none")} keys="Escape" onClick={clear}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

interface ToolProps {
  choice: Choice;
  title: Key;
  keys: string;
}

function Tool({ choice, title, keys }: ToolProps) {
  const button = useRef<HTMLButtonElement>(null);
  const Icon = ICONS[choice];
  const open = choosing.value === choice;
  return (
    <>
      <IconButton
        element={button}
        label={t(title)}
        keys={keys}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => (choosing.value = choice)}
      >
        <Icon size={16} aria-hidden="true" />
      </IconButton>
      {open && <BulkChoice choice={choice} anchor={button} onClose={() => close(choice)} />}
    </>
  );
}

/** Another one may have been opened before this one noticed that it was closed. */
function close(choice: Choice): void {
  if (choosing.peek() === choice) choosing.value = null;
}
