/** What was written here and the server has not taken yet. It outlives a broken line and a reload. */

import { computed, effect, signal } from "@preact/signals";
import * as server from "../../api/messages";
import * as tickets from "../../api/tickets";
import * as cache from "./cache";
import { connection } from "./live";
import { firstOfEach, isFinal, isUncertain, type Outgoing, wait } from "./outgoing";
import { me } from "./session";
import * as thread from "./thread";
import { takeAll } from "./tickets";

export const outbox = signal<Outgoing[]>([]);

/** Tickets whose next message is on its way, or waits until it is tried again. */
const busy = new Map<string, AbortController>();

/** Other tabs have the same shelf: what is settled here is settled there. */
const tabs = globalThis.window && new BroadcastChannel("outbox");

/** What would be lost if the one who is signed in left now. */
export const unsent = computed(() => outbox.value.filter(({ user }) => user === me.value?.id));

/** What the reader of a ticket should see of it: also a message that is said, if what should follow failed. */
export const outgoingOf = (ticket: string): Outgoing[] =>
  outbox.value.filter(
    (message) => message.ticket === ticket && (!message.isSaid || message.refused !== null),
  );

export type Letter = Pick<Outgoing, "ticket" | "isNote" | "said" | "attachments" | "after" | "project">;

/** Sends a message: it is shown at once, and kept until the server has it. */
export async function send(letter: Letter): Promise<void> {
  const message: Outgoing = {
    ...letter,
    id: crypto.randomUUID(),
    user: me.peek()?.id ?? 0,
    isSaid: false,
    at: new Date().toISOString(),
    attempts: 0,
    refused: null,
  };
  outbox.value = [...outbox.peek(), message];
  await write(message);
  deliver();
}

/** Once more, as somebody asked for; whatever went before is over. */
export async function retry(id: string): Promise<void> {
  const found = outbox.peek().find((message) => message.id === id);
  if (!found) return;
  await write(replace(found, { refused: null, attempts: 0, at: new Date().toISOString() }));
  deliver();
}

/** It is settled, or nobody wants it any more. */
export async function discard(id: string): Promise<void> {
  remove(id);
  tabs?.postMessage(id);
  await cache.drop("outbox", id);
  deliver();
}

function remove(id: string): void {
  outbox.value = outbox.peek().filter((message) => message.id !== id);
}

const write = (message: Outgoing) => cache.keep("outbox", [{ id: message.id, data: message }]);

function replace(message: Outgoing, changes: Partial<Outgoing>): Outgoing {
  const changed = { ...message, ...changes };
  outbox.value = outbox.peek().map((kept) => (kept.id === message.id ? changed : kept));
  return changed;
}

/** Sets the next message of each ticket on its way. */
export function deliver(): void {
  for (const message of firstOfEach(outbox.peek(), me.peek()?.id ?? 0)) {
    if (busy.has(message.ticket)) continue;
    const turn = new AbortController();
    busy.set(message.ticket, turn);
    void take(message, turn.signal).finally(() => {
      busy.delete(message.ticket);
      deliver();
    });
  }
}

/** One attempt, and the pause after one that failed. */
async function take(message: Outgoing, turn: AbortSignal): Promise<void> {
  if (isUncertain(message, Date.now())) {
    await write(replace(message, { refused: "" }));
    return;
  }
  const tried = replace(message, { attempts: message.attempts + 1 });
  try {
    await write(tried);
    const said = tried.isSaid ? tried : await say(tried);
    if (said.after)
      takeAll([await tickets.change(said.project, said.ticket, said.after, `${said.id}-after`)]);
    await discard(said.id);
  } catch (error) {
    if (isFinal(error)) await write(replace(current(tried), { refused: error.detail }));
    else await pause(wait(tried.attempts), turn);
  }
}

const current = (message: Outgoing): Outgoing => outbox.peek().find(({ id }) => id === message.id) ?? message;

async function say(message: Outgoing): Promise<Outgoing> {
  const call = message.isNote ? server.addNote : server.reply;
  const found = await call(message.project, message.ticket, message.said, message.id);
  thread.add(message.ticket, found);
  const said = replace(message, { isSaid: true });
  if (said.after) await write(said);
  return said;
}

function pause(ms: number, turn: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, turn.aborted ? 0 : ms);
    turn.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Nobody waits longer than the line is away. */
function hurry(): void {
  for (const turn of busy.values()) turn.abort();
}

/** Takes up what an earlier page left. */
export async function resume(): Promise<void> {
  const kept = await cache.recallAll<Outgoing>("outbox");
  const known = new Set(outbox.peek().map(({ id }) => id));
  const found = kept.filter(({ id }) => !known.has(id));
  outbox.value = [...found, ...outbox.peek()].sort((a, b) => a.at.localeCompare(b.at));
  deliver();
}

if (globalThis.window) {
  let begun = false;
  effect(() => {
    if (!me.value) return;
    if (begun) deliver();
    else void resume();
    begun = true;
  });
  effect(() => {
    if (connection.value === "live") hurry();
  });
  addEventListener("online", hurry);
  tabs?.addEventListener("message", ({ data }) => remove(data as string));
}
