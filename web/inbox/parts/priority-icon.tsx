import type { Priority } from "../../api/types";
import { t } from "../../i18n";
import "./priority-icon.css";

const BARS: Record<Priority, number> = { low: 1, medium: 2, high: 3, critical: 3 };

/** Bars as of a signal's strength; what is critical has its own colour. */
export function PriorityIcon({ priority, named = false }: { priority: Priority | null; named?: boolean }) {
  const label = t(`priority_${priority ?? "none"}`);
  const bars = priority ? BARS[priority] : 0;
  return (
    <svg
      class={`priority-icon ${priority ?? "none"}`}
      viewBox="0 0 14 14"
      width="14"
      height="14"
      {...(named ? { role: "img", "aria-label": label } : { "aria-hidden": "true" })}
    >
      {named && <title>{label}</title>}
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          class={bar < bars ? "on" : ""}
          x={1.5 + bar * 4}
          y={8 - bar * 3}
          width="3"
          height={4 + bar * 3}
          rx="1"
        />
      ))}
    </svg>
  );
}
