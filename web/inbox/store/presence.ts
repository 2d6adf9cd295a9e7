/** Who is at a ticket with us. Said by each browser again and again; who falls silent is gone. */

import { signal } from "@preact/signals";
import * as server from "../../api/presence";
import { onWhisper } from "./live";
import { me, project } from "./session";

export interface Present {
  user_id: number;
  email: string;
  state: "viewing" | "typing";
  until: number;
}

const LIFETIME_MS = 45_000;
const REPEAT_MS = 20_000;
/** Typing is over when no key was pressed for so long. */
const RESTS_MS = 6_000;

const here = signal<ReadonlyMap<string, Present[]>>(new Map());

export const othersAt = (ticket: string): Present[] => here.value.get(ticket) ?? [];

/** The others without those who fell silent; pure. */
export function heard(
  kept: Present[],
  told: Omit<Present, "until" | "state"> & { state: server.Doing },
  now: number,
): Present[] {
  const others = kept.filter(({ user_id, until }) => user_id !== told.user_id && until > now);
  const { state } = told;
  return state === "gone" ? others : [...others, { ...told, state, until: now + LIFETIME_MS }];
}

function hear(ticket: string, told: { user_id: number; email: string; state: server.Doing }): void {
  if (told.user_id === me.peek()?.id) return;
  here.value = new Map(here.peek()).set(ticket, heard(othersAt(ticket), told, Date.now()));
}

function forget(ticket: string): void {
  const now = Date.now();
  const kept = here.peek().get(ticket) ?? [];
  if (kept.some(({ until }) => until <= now))
    here.value = new Map(here.peek()).set(
      ticket,
      kept.filter(({ until }) => until > now),
    );
}

onWhisper(({ ticket_id, user_id, email, state }) => hear(ticket_id, { user_id, email, state }));

let typing: { ticket: string; until: number } | null = null;

async function say(ticket: string, state: server.Doing): Promise<void> {
  const current = project.peek();
  if (!current || (state !== "gone" && document.hidden)) return;
  try {
    for (const told of await server.tell(current.id, ticket, state)) hear(ticket, told);
  } catch {
    // Whoever is here will be told again in a moment.
  }
}

/** Says that one types, once until one rests. */
export function types(ticket: string): void {
  const isNews = typing?.ticket !== ticket || typing.until < Date.now();
  typing = { ticket, until: Date.now() + RESTS_MS };
  if (isNews) void say(ticket, "typing");
}

/** Is at the ticket, until what it returns is called. */
export function stay(ticket: string): () => void {
  const tell = () => {
    forget(ticket);
    void say(ticket, typing?.ticket === ticket && typing.until > Date.now() ? "typing" : "viewing");
  };
  const rest = setInterval(() => {
    if (typing?.ticket !== ticket || typing.until > Date.now()) return;
    typing = null;
    tell();
  }, 1_000);
  const leave = () => void say(ticket, "gone");
  const repeat = setInterval(tell, REPEAT_MS);
  const turn = () => (document.hidden ? leave() : tell());
  tell();
  document.addEventListener("visibilitychange", turn);
  addEventListener("pagehide", leave);
  return () => {
    clearInterval(repeat);
    clearInterval(rest);
    document.removeEventListener("visibilitychange", turn);
    removeEventListener("pagehide", leave);
    typing = null;
    leave();
  };
}
