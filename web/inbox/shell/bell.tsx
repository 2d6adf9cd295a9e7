import { Bell as BellIcon } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { useCommands } from "../keyboard/commands";
import { unread } from "../store/notifications";
import "./bell.css";
import { late } from "./lazily";

const Notices = late(() => import("../pages/notifications/notices"));

const MOST_SHOWN = 99;

/** How much is unread, and the way to it. */
export function Bell() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const count = unread.value;
  const label = count ? t("notifications_unread", { count }) : t("notifications");
  useCommands([
    {
      id: "go.notifications",
      title: "notifications",
      group: "go",
      keys: ["g n"],
      run: () => setOpen(true),
    },
  ]);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="place bell"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <BellIcon size={19} strokeWidth={1.75} aria-hidden="true" />
        {count > 0 && (
          <span class="bell-count" aria-hidden="true">
            {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
          </span>
        )}
      </button>
      {open && <Notices anchor={button} onClose={() => setOpen(false)} />}
    </>
  );
}
