import type { Status } from "../../api/types";
import { t } from "../../i18n";
import "./status-icon.css";

/** How much of the circle is done. */
const PIE: Record<Status, number> = { new: 0, open: 0.25, pending: 0.5, on_hold: 0.5, resolved: 1 };
const AROUND = 2 * Math.PI * 2;

/** A circle that fills as the ticket comes nearer to its end. */
export function StatusIcon({ status, named = false }: { status: Status; named?: boolean }) {
  const label = t(`status_${status}`);
  return (
    <svg
      class={`status-icon ${status}`}
      viewBox="0 0 14 14"
      width="14"
      height="14"
      {...(named ? { role: "img", "aria-label": label } : { "aria-hidden": "true" })}
    >
      {named && <title>{label}</title>}
      {status === "resolved" ? (
        <>
          <circle class="full" cx="7" cy="7" r="6.5" />
          <path class="tick" d="M4.2 7.2 6.2 9.2 9.8 5.2" />
        </>
      ) : (
        <>
          <circle class="ring" cx="7" cy="7" r="5.75" />
          {status === "on_hold" ? (
            <path class="bars" d="M5.4 4.9v4.2M8.6 4.9v4.2" />
          ) : (
            <circle class="pie" cx="7" cy="7" r="2" stroke-dasharray={`${PIE[status] * AROUND} ${AROUND}`} />
          )}
        </>
      )}
    </svg>
  );
}
