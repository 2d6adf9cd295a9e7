import { useSignal } from "@preact/signals";
import { ArrowDown, MessageSquareDashed } from "lucide-preact";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Message, Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Empty } from "../../../kit/empty";
import { Failure } from "../../shell/failure";
import { customerOf } from "../../store/customer";
import { keepRead } from "../../store/opened";
import { outgoingOf } from "../../store/outbox";
import { stay } from "../../store/presence";
import { me, nameOf } from "../../store/session";
import { loadTeam } from "../../store/team";
import { follow, loadOlder, refresh, threadOf } from "../../store/thread";
import { Older } from "./older";
import { RowOf } from "./row";
import { asMessage, firstUnreadOf, type Row, rowsOf, type Said } from "./rows";
import { ThreadSkeleton } from "./thread-skeleton";
import "./thread.css";

/** Scrolled up by no more than this, one still reads the end. */
const NEAR_PX = 48;

/** What was said and done, newest at the bottom. */
export function Thread({ ticket }: { ticket: Ticket }) {
  const { id } = ticket;
  const shown = threadOf(id).value;
  useEffect(() => follow(id), [id]);
  useEffect(() => stay(id), [id]);
  useEffect(() => keepRead(id), [id]);
  useEffect(() => void loadTeam(), []);
  const firstUnread = useFirstUnread(ticket);
  const sending = useSending(id);
  const entries = shown.thread?.entries;
  const rows = useMemo(
    () => rowsOf({ ticket: id, entries: entries ?? [], sending, firstUnread }),
    [id, entries, sending, firstUnread],
  );
  if (!entries && shown.failed) return <Failure error={shown.failed} onRetry={() => void refresh(id)} />;
  if (!entries) return <ThreadSkeleton />;
  if (!rows.length)
    return (
      <div class="thread">
        <Empty icon={MessageSquareDashed} title={t("no_messages_title")}>
          {t("no_messages_text")}
        </Empty>
      </div>
    );
  return <Scroller ticket={ticket} rows={rows} messages={entries.flatMap(({ message }) => message ?? [])} />;
}

/** Which message was the first unread one when the ticket was opened. */
function useFirstUnread(ticket: Ticket): string | null {
  const [count] = useState(ticket.unread_team_count);
  const { thread, isFresh } = threadOf(ticket.id).value;
  const kept = useRef<string | null | undefined>(undefined);
  if (kept.current !== undefined) return kept.current;
  const found = firstUnreadOf(thread?.entries ?? [], count);
  if (isFresh) kept.current = found;
  return found;
}

function useSending(ticket: string): Said[] {
  const outgoing = outgoingOf(ticket);
  const user = me.value;
  return useMemo(() => {
    const author = { name: user ? nameOf(user) : "", email: user?.email ?? "" };
    return outgoing.map((one) => ({ key: one.id, message: asMessage(one, author), outgoing: one }));
  }, [JSON.stringify(outgoing), user]);
}

interface ScrollerProps {
  ticket: Ticket;
  rows: Row[];
  messages: Message[];
}

function Scroller({ ticket, rows, messages }: ScrollerProps) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const { arrived, said } = useArrivals(messages, isAtEnd.value);
  const mine = rows.at(-1)?.kind === "said" && outgoingOf(ticket.id).at(-1)?.id;
  // The box runs from its end, so 0 is the newest message.
  const toEnd = () => box.current?.scrollTo({ top: 0 });
  const before = useRef(mine);
  useLayoutEffect(() => {
    if (before.current !== mine) toEnd();
    before.current = mine;
  }, [mine]);
  useStandstill(box, messages[0]?.id);
  return (
    <div class="thread-frame">
      <div
        ref={box}
        class="thread scroll"
        role="region"
        tabIndex={0}
        aria-label={t("messages")}
        onScroll={(e) => (isAtEnd.value = Math.abs(e.currentTarget.scrollTop) < NEAR_PX)}
      >
        <ol class="thread-column">
          <Older ticket={ticket.id} box={box} load={loadOlder} />
          {rows.map((row, at) => (
            <RowOf key={row.key} row={row} ticket={ticket} isLast={at === rows.length - 1} />
          ))}
        </ol>
      </div>
      {!isAtEnd.value && (
        <button type="button" class="to-end" onClick={toEnd} aria-label={t("to_latest")}>
          {arrived > 0 && t("new_messages", { count: arrived })}
          <ArrowDown size={15} aria-hidden="true" />
        </button>
      )}
      <p class="sr-only" role="status">
        {said && t("arrived", { name: nameIn(said, ticket), text: said.content })}
      </p>
    </div>
  );
}

/** What is put above moves nothing in a box that runs from its end; Chromium, just scrolled, may move it. */
function useStandstill(box: RefObject<HTMLElement | null>, oldest: string | undefined): void {
  useLayoutEffect(() => {
    const style = box.current?.style;
    if (!style) return;
    style.overflowAnchor = "none";
    // The next frame is laid out after its callbacks.
    requestAnimationFrame(() => requestAnimationFrame(() => style.removeProperty("overflow-anchor")));
  }, [oldest]);
}

const nameIn = (message: Message, ticket: Ticket): string =>
  message.author_type === "customer" ? customerOf(ticket) : message.author_name;

/** How many messages of others came since one last read the end, and the newest of them. */
function useArrivals(messages: Message[], isAtEnd: boolean) {
  const [seen, setSeen] = useState(messages.at(-1)?.created_at ?? "");
  const [first] = useState(seen);
  const latest = messages.at(-1);
  useEffect(() => {
    if (isAtEnd && latest) setSeen(latest.created_at);
  }, [isAtEnd, latest?.id]);
  const others = messages.filter(({ author_email: email }) => email === null || email !== me.peek()?.email);
  const newest = others.at(-1);
  return {
    arrived: isAtEnd ? 0 : others.filter(({ created_at: at }) => at > seen).length,
    said: newest && newest.created_at > first ? newest : null,
  };
}
