import type { LucideIcon } from "lucide-preact";
import { CloudOff, Inbox, Search, Settings, SquarePen, Users } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { type Key, speakLate, t } from "../../i18n";
import { forReaders, inWords } from "../../kit/kbd";
import { Skeleton } from "../../kit/skeleton";
import { run } from "../keyboard/commands";
import { useTicketCommands } from "../pages/actions/commands";
import { place } from "../router";
import { connection, follow } from "../store/live";
import { attend, onNews } from "../store/notifications";
import { remember } from "../store/recent";
import { inProject, mayWrite, project } from "../store/session";
import { AccountMenu } from "./account-menu";
import { fetchWhatKeysCall } from "./afterwards";
import { Bell } from "./bell";
import { useAppCommands } from "./commands";
import { Overlays } from "./overlays";
import "./shell.css";
import { keepTitle } from "./title";

onNews((news) =>
  Promise.all([import("./announce"), speakLate()]).then(
    ([{ announce }]) => announce(news),
    // The bell counts it all the same.
    () => {},
  ),
);

/** The frame around every page: where one can go, who one is, and whether the line is up. */
export function Shell({ children }: { children: ComponentChildren }) {
  const id = project.value?.id;
  useEffect(() => (id ? follow(id) : undefined), [id]);
  useEffect(() => (id ? attend() : undefined), [id]);
  useEffect(() => (id ? remember() : undefined), [id]);
  useEffect(fetchWhatKeysCall, []);
  useEffect(keepTitle, []);
  useAppCommands();
  useTicketCommands();
  return (
    <div class="shell">
      <a class="skip" href="#content" onClick={skip}>
        {t("skip_to_content")}
      </a>
      <nav class="rail" aria-label={t("projects")}>
        <a class="mark" href="/" aria-label="Rejoinder" />
        <Place to="tickets" icon={Inbox} label="inbox" />
        <Place to="persons" icon={Users} label="people" />
        {mayWrite.value && <Place to="settings" icon={Settings} label="settings" />}
        <Caller command="app.palette" icon={Search} label="command_palette" keys="Mod+k" />
        {mayWrite.value && id && <Caller command="app.compose" icon={SquarePen} label="compose" keys="c" />}
        <Bell />
        <AccountMenu />
      </nav>
      <main id="content" tabIndex={-1}>
        {connection.value === "lost" && (
          <p class="line-lost" role="status">
            <CloudOff size={14} aria-hidden="true" /> {t("reconnecting")}
          </p>
        )}
        {children}
      </main>
      <Overlays />
    </div>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

function Place({ to, icon: Icon, label }: { to: string; icon: LucideIcon; label: Key }) {
  const href = inProject(to);
  const current = place.value.path.startsWith(href);
  return (
    <a class="place" href={href} aria-current={current ? "page" : undefined} title={t(label)}>
      <Icon size={19} strokeWidth={1.75} aria-hidden="true" />
      <span>{t(label)}</span>
    </a>
  );
}

interface CallerProps {
  command: string;
  icon: LucideIcon;
  label: Key;
  keys: string;
}

/** Does from the rail what its key does. */
function Caller({ command, icon: Icon, label, keys }: CallerProps) {
  return (
    <button
      type="button"
      class="place"
      aria-label={t(label)}
      aria-keyshortcuts={forReaders(keys)}
      title={`${t(label)} (${inWords(keys)})`}
      onClick={() => run(command)}
    >
      <Icon size={19} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

export function ShellSkeleton() {
  return (
    <div class="shell" aria-busy="true">
      <div class="rail">
        <span class="mark" />
        <Skeleton width="1.5rem" height="1.5rem" />
        <Skeleton width="1.5rem" height="1.5rem" />
      </div>
      <main />
    </div>
  );
}
