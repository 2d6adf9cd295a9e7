import {
  AlarmClock,
  CheckCheck,
  CircleDot,
  Ellipsis,
  Hourglass,
  Inbox,
  Layers,
  LockKeyhole,
  type LucideIcon,
  MailOpen,
  Star,
  UserRound,
  UserX,
} from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { IconButton } from "../../../../kit/button";
import { useCommands } from "../../../keyboard/commands";
import { go } from "../../../router";
import { late } from "../../../shell/lazily";
import { asked, hrefOfView } from "../../../store/asked";
import { BUILT_IN, type BuiltIn } from "../../../store/filters";
import { mayWrite } from "../../../store/session";
import { type Count, counts, type View, views } from "../../../store/views";
import { nameOfBuiltIn } from "../list/title";
import "./views.css";

const ViewActions = late(() => import("./actions"));

const ICONS: Record<BuiltIn, LucideIcon> = {
  open: Inbox,
  mine: UserRound,
  unassigned: UserX,
  unread: MailOpen,
  snoozed: AlarmClock,
  sla_breached: Hourglass,
  resolved: CheckCheck,
  all: Layers,
};
const ORDER = Object.keys(BUILT_IN) as BuiltIn[];
const DIGITS = 9;

/** The views by digit, in the order in which they stand there. */
export function useViewKeys(): void {
  const all = [...ORDER, ...views.value.map((view) => view.short_id)].slice(0, DIGITS);
  useCommands(
    all.map((view, index) => ({
      id: `view.${index + 1}`,
      title: "view_go",
      values: { count: index + 1 },
      group: "go",
      keys: [String(index + 1)],
      run: () => go(hrefOfView(view)),
    })),
    [all.join()],
  );
}

/** The first pane: ready-made views with their counts, then those that people saved. */
export function Views({ onChosen }: { onChosen?: () => void }) {
  const { view } = asked.value;
  return (
    <div class="views" onClick={(event) => (event.target as Element).closest("a") && onChosen?.()}>
      <ul>
        {ORDER.map((name) => (
          <li key={name}>
            <ViewLink
              to={name}
              icon={ICONS[name]}
              name={nameOfBuiltIn(name)}
              here={view === name}
              count={QUIET.has(name) ? undefined : counts.value?.built_in[name]}
              urgent={name === "sla_breached"}
            />
          </li>
        ))}
      </ul>
      <h2 id="saved-views">{t("saved_views")}</h2>
      {views.value.length === 0 && mayWrite.value && <p class="views-none">{t("saved_views_none")}</p>}
      <ul aria-labelledby="saved-views">
        {views.value.map((saved) => (
          <SavedView key={saved.short_id} view={saved} here={view === saved.short_id} />
        ))}
      </ul>
    </div>
  );
}

/** How much is done already tells nobody what to do. */
const QUIET = new Set<BuiltIn>(["resolved", "all"]);

interface LinkProps {
  to: string;
  icon: LucideIcon;
  name: string;
  here: boolean;
  count: Count | undefined;
  urgent?: boolean;
}

function ViewLink({ to, icon: Icon, name, here, count, urgent = false }: LinkProps) {
  return (
    <a class="view" href={hrefOfView(to)} aria-current={here ? "page" : undefined}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span class="truncate">{name}</span>
      {count !== undefined && count.count > 0 && (
        <span class={`view-count ${urgent ? "urgent" : ""}`}>
          {t("view_count", { count: count.count })}
          {!count.exact && "+"}
        </span>
      )}
    </a>
  );
}

function SavedView({ view, here }: { view: View; here: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const icon = view.is_favorited ? Star : view.visibility === "private" ? LockKeyhole : CircleDot;
  return (
    <li class="saved-view">
      <ViewLink
        to={view.short_id}
        icon={icon}
        name={view.name}
        here={here}
        count={counts.value?.views[view.short_id]}
      />
      {mayWrite.value && (
        <IconButton
          size="s"
          element={button}
          label={t("view_actions", { name: view.name })}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(true)}
        >
          <Ellipsis size={15} aria-hidden="true" />
        </IconButton>
      )}
      {open && <ViewActions view={view} anchor={button} onClose={() => setOpen(false)} />}
    </li>
  );
}
