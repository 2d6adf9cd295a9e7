/** What concerns oneself: how much of it is unread, and telling of what is new. */

import { computed, effect, signal } from "@preact/signals";
import type { Notice } from "../../api/notifications";
import * as server from "../../api/notifications";
import type { LoggedEvent } from "../../api/types";
import { current } from "./acting";
import { onEvent, onReturn } from "./live";
import { me, project } from "./session";

export type { Notice } from "../../api/notifications";
export type Kind = Notice["kind"];

/** The latest ones; null until they were asked for. */
export const notices = signal<readonly Notice[] | null>(null);
export const unread = signal(0);
/** Where older ones are. */
const cursor = signal<string | null>(null);
export const hasOlder = computed(() => cursor.value !== null);

interface Wishes {
  browser?: boolean;
}

const wishes = computed(() => {
  const found = me.value?.preferences as
    { notifications?: Partial<Record<string, Wishes | boolean>> } | undefined;
  return found?.notifications ?? {};
});

/** Whether the browser should tell of such; unless somebody said no. */
export function wanted(kind: Kind): boolean {
  const wish = wishes.peek()[kind];
  return typeof wish !== "object" || wish.browser !== false;
}

export const wantsSound = (): boolean => wishes.peek().sound === true;

const TOGETHER_MS = 120;
const PAGE = 30;

type Teller = (news: Notice[]) => unknown;
let tell: Teller = () => {};
/** What is to be told of things that come in while one is elsewhere. */
export function onNews(teller: Teller): void {
  tell = teller;
}

/** The same notice stands for another message later. */
const nameOf = ({ id, message_id }: Notice): string => `${id}:${message_id ?? ""}`;
const told = new Set<string>();

const here = (): number => project.peek()?.id ?? 0;

/** Unread ones that nobody was told of yet; all are known afterwards. */
function newsIn(found: readonly Notice[], isFirst: boolean): Notice[] {
  const news = found.filter((notice) => !notice.read_at && !told.has(nameOf(notice)));
  for (const notice of found) told.add(nameOf(notice));
  return isFirst ? [] : news;
}

let [asked, answered] = [0, 0];

export async function look(): Promise<void> {
  const [id, turn] = [here(), ++asked];
  try {
    const page = await server.page(id, { limit: PAGE });
    // An answer that a later one overtook is of yesterday.
    if (id !== here() || turn < answered) return;
    answered = turn;
    const news = newsIn(page.results, notices.peek() === null);
    notices.value = page.results;
    unread.value = page.unread_count;
    cursor.value = page.cursor;
    // Who is here sees it.
    if (document.hidden && news.length) void tell(news);
  } catch {
    // The next event asks again.
  }
}

export async function older(): Promise<void> {
  const from = cursor.peek();
  if (!from) return;
  const page = await server.page(here(), { limit: PAGE, cursor: from });
  if (cursor.peek() !== from) return;
  newsIn(page.results, true);
  notices.value = [...(notices.peek() ?? []), ...page.results];
  cursor.value = page.cursor;
}

async function read(
  isMeant: (notice: Notice) => boolean,
  which: Parameters<typeof server.read>[1],
): Promise<void> {
  const before = notices.peek();
  const at = new Date().toISOString();
  const seen = (before ?? []).filter((notice) => !notice.read_at && isMeant(notice));
  notices.value = (before ?? []).map((notice) =>
    seen.includes(notice) ? { ...notice, read_at: at } : notice,
  );
  unread.value = Math.max(0, unread.peek() - seen.length);
  try {
    unread.value = await server.read(here(), which);
  } catch {
    void look();
  }
}

export const readTicket = (ticket: string) => read(({ ticket_id }) => ticket_id === ticket, { ticket });
export const readAll = () => read(() => true, { all: true });

let soon: ReturnType<typeof setTimeout> | undefined;
function lookSoon(): void {
  soon ??= setTimeout(() => {
    soon = undefined;
    void look();
  }, TOGETHER_MS);
}

function hear({ type, data }: LoggedEvent): void {
  if (/^notification\.(created|read)$/.test(type) && data.user_id === me.peek()?.id) lookSoon();
}

/** What one has before one's eyes need not be told. */
function readWhatIsOpen(): void {
  const id = current.value?.id;
  if (!id || document.hidden) return;
  if (notices.value?.some((notice) => notice.ticket_id === id && !notice.read_at)) void readTicket(id);
}

/** Keeps it all current in this project, until what it returns is called. */
export function attend(): () => void {
  notices.value = null;
  unread.value = 0;
  told.clear();
  void look();
  const ends = [onEvent(hear), onReturn(lookSoon), effect(readWhatIsOpen)];
  document.addEventListener("visibilitychange", readWhatIsOpen);
  return () => {
    for (const end of ends) end();
    document.removeEventListener("visibilitychange", readWhatIsOpen);
    clearTimeout(soon);
    soon = undefined;
  };
}
