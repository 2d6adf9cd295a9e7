/** Telling somebody who looks elsewhere: by the browser, and with a tone if they want one. */

import { signal } from "@preact/signals";
import { type Key, t } from "../../i18n";
import { go } from "../router";
import { type Kind, type Notice, wanted, wantsSound } from "../store/notifications";
import { inProject } from "../store/session";

const TEXTS: Record<Kind, Key> = {
  mention: "notice_mention",
  assigned: "notice_assigned",
  reply: "notice_reply",
};
const MOST_AT_ONCE = 3;
const OTHER_TABS_MS = 3_000;

export type Permission = NotificationPermission | "unsupported";

const present = (): Permission => globalThis.Notification?.permission ?? "unsupported";

/** What the browser allows: asked for only where somebody wanted it. */
export const permission = signal<Permission>(present());

export async function askPermission(): Promise<Permission> {
  if (present() !== "unsupported") await Notification.requestPermission();
  permission.value = present();
  return permission.value;
}

export const titleOfNotice = ({ kind, actor_name }: Notice): string =>
  t(TEXTS[kind], { name: actor_name || t("anonymous") });

function show(notice: Notice): void {
  const shown = new Notification(titleOfNotice(notice), {
    body: `#${notice.ticket_number} ${notice.text}`.trim(),
    // What is said again takes the place of what was said before.
    tag: notice.id,
  });
  shown.onclick = () => {
    window.focus();
    go(inProject(`tickets/${notice.ticket_number}`));
    shown.close();
  };
}

/** Two soft notes. */
export function playTone(): void {
  const audio = new AudioContext();
  for (const [at, frequency] of [
    [0, 660],
    [0.12, 880],
  ] as const) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const from = audio.currentTime + at;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, from);
    volume.gain.exponentialRampToValueAtTime(0.08, from + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.4);
  }
  setTimeout(() => void audio.close(), 1_000);
}

/** Of several tabs only one tells of it. */
async function once(name: string, run: () => void): Promise<void> {
  if (!navigator.locks) return run();
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    run();
    await new Promise((resolve) => setTimeout(resolve, OTHER_TABS_MS));
  });
}

/** By what its reader wants. */
export function announce(news: readonly Notice[]): void {
  const meant = news.filter(({ kind }) => wanted(kind));
  if (meant.length === 0) return;
  void once(`announce:${meant[0]?.id}:${meant[0]?.message_id}`, () => {
    if (present() === "granted") for (const notice of meant.slice(0, MOST_AT_ONCE)) show(notice);
    if (wantsSound()) playTone();
  });
}
