import { AlarmClock, Check, Ellipsis, Link2, PanelRight, RotateCcw, Tag } from "lucide-preact";
import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Avatar } from "../../../kit/avatar";
import { IconButton } from "../../../kit/button";
import { full } from "../../../kit/time";
import { run } from "../../keyboard/commands";
import { PriorityIcon } from "../../parts/priority-icon";
import { StatusIcon } from "../../parts/status-icon";
import { late } from "../../shell/lazily";
import { type Menu, menu } from "../../store/acting";
import { personFits, togglePerson } from "../../store/panes";
import { mayWrite } from "../../store/session";
import { splitting } from "../../store/splitting";
import { assigneeName } from "../../store/team";
import { MenuButton } from "./menu-button";
import { soon } from "./soon";
import "./actions.css";

const Menus = late(() => import("./menus"));
const SplitBar = late(() => import("./split-bar"));

/** What the ticket is set to, and everything one can do with it. */
export function TicketActions({ ticket }: { ticket: Ticket }) {
  const bar = useRef<HTMLDivElement>(null);
  if (splitting.value?.ticket === ticket.id) return <SplitBar ticket={ticket} />;
  if (!mayWrite.value) return <ReadOnly ticket={ticket} />;
  const opened = menu.value;
  return (
    <div ref={bar} class="ticket-actions" role="toolbar" aria-label={t("actions")}>
      <Settings ticket={ticket} />
      <Resolve ticket={ticket} />
      <MenuButton menu="more" label={t("more")}>
        <Ellipsis size={17} aria-hidden="true" />
      </MenuButton>
      {!personFits.value && (
        <IconButton label={t("toggle_person")} keys="i" onClick={togglePerson}>
          <PanelRight size={17} class="mirrored" aria-hidden="true" />
        </IconButton>
      )}
      {opened && <Menus key={opened} menu={opened} ticket={ticket} anchor={anchorOf(bar, opened)} />}
    </div>
  );
}

/** The menu's own button; where that has no room, the one for everything. */
function anchorOf(bar: RefObject<HTMLElement | null>, menu: Menu): RefObject<HTMLElement | null> {
  return {
    get current() {
      const button = (name: Menu) => bar.current?.querySelector<HTMLElement>(`[data-menu=${name}]`) ?? null;
      const own = button(menu);
      return own?.offsetParent ? own : button("more");
    },
  };
}

function Settings({ ticket }: { ticket: Ticket }) {
  const { status, priority, assignee, tags, snoozed_until: until } = ticket;
  const who = assigneeName(assignee);
  return (
    <>
      <MenuButton menu="status" label={`${t("set_status")}: ${t(`status_${status}`)}`} keys="s">
        <StatusIcon status={status} />
        <span class="short">{t(`status_${status}`)}</span>
      </MenuButton>
      <MenuButton menu="assignee" label={`${t("set_assignee")}: ${who}`} keys="a">
        <Avatar size="s" name={assignee ? who : "?"} />
        <span class="long truncate">{who}</span>
      </MenuButton>
      <MenuButton
        menu="priority"
        label={`${t("set_priority")}: ${t(`priority_${priority ?? "none"}`)}`}
        keys="p"
        minor
      >
        <PriorityIcon priority={priority} />
        <span class="long">{t(`priority_${priority ?? "none"}`)}</span>
      </MenuButton>
      <MenuButton
        menu="tags"
        label={tags.length ? `${t("set_tags")}: ${tags.join(", ")}` : t("set_tags")}
        keys="t"
        minor
      >
        <Tag size={15} aria-hidden="true" />
        {tags.length > 0 && <span class="ticket-count" data-count={tags.length} />}
      </MenuButton>
      <MenuButton
        menu="snooze"
        label={until ? t("snoozed_until", { when: full(until) }) : t("snooze")}
        keys="z"
        minor={!until}
        pressed={until !== null}
      >
        <AlarmClock size={15} aria-hidden="true" />
        {until && <span class="short">{soon(until)}</span>}
      </MenuButton>
    </>
  );
}

function Resolve({ ticket }: { ticket: Ticket }) {
  const done = ticket.status === "resolved";
  const Icon = done ? RotateCcw : Check;
  return (
    <IconButton label={t(done ? "reopen" : "resolve")} keys="e" onClick={() => run("ticket.resolve")}>
      <Icon size={17} aria-hidden="true" />
    </IconButton>
  );
}

function ReadOnly({ ticket }: { ticket: Ticket }) {
  return (
    <div class="ticket-actions">
      <span class="ticket-fact">
        <StatusIcon status={ticket.status} />
        {t(`status_${ticket.status}`)}
      </span>
      <span class="ticket-fact long">{assigneeName(ticket.assignee)}</span>
      <IconButton label={t("copy_link")} keys="l" onClick={() => run("ticket.copy_link")}>
        <Link2 size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
