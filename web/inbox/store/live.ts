/** The project's event log as it grows. Reads on where it stopped, however often the line breaks. */

import { signal } from "@preact/signals";
import type { LoggedEvent } from "../../api/types";
import { readFrames } from "./frames";

export type Listener = (event: LoggedEvent) => void;
/** Who is at a ticket: not stored, without an id. */
export interface Whisper {
  ticket_id: string;
  user_id: number;
  email: string;
  state: "viewing" | "typing" | "gone";
}

export const connection = signal<"opening" | "live" | "lost">("opening");

const listeners = new Set<Listener>();
const whisperers = new Set<(whisper: Whisper) => void>();
const returns = new Set<() => void>();

/** Longer than the server ever stays silent. */
const SILENCE_MS = 45_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];

let cursor = "";
let stop: AbortController | undefined;

const subscribe =
  <T>(set: Set<T>) =>
  (listener: T) => {
    set.add(listener);
    return () => void set.delete(listener);
  };

/** Calls back for each event, once; returns what ends it. */
export const onEvent = subscribe(listeners);
export const onWhisper = subscribe(whisperers);
/** As the log is heard from now on: what was asked for before that may be old. */
export const onReturn = subscribe(returns);

export function follow(project: number): () => void {
  stop?.abort();
  const ours = (stop = new AbortController());
  cursor = "";
  void run(project, ours.signal);
  return () => ours.abort();
}

async function run(project: number, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await read(project, signal, () => {
        attempt = 0;
        connection.value = "live";
      });
    } catch {
      // Whatever it was: we come back.
    }
    if (signal.aborted) return;
    if (attempt > 0) connection.value = "lost";
    await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0, signal);
  }
}

async function read(project: number, signal: AbortSignal, opened: () => void): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const response = await fetch(`/api/projects/${project}/events/stream`, {
    signal: AbortSignal.any([signal, silence.signal]),
    headers: { Accept: "text/event-stream", ...(cursor && { "Last-Event-ID": cursor }) },
  });
  if (!response.ok || !response.body) throw new Error(`stream: ${response.status}`);
  opened();
  for await (const frame of readFrames(response.body)) {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
    const begins = !cursor;
    if (frame.id) cursor = frame.id;
    if (begins && cursor) for (const again of returns) again();
    if (!frame.data) continue;
    if (frame.event === "presence") hear(JSON.parse(frame.data) as Whisper);
    else tell(JSON.parse(frame.data) as LoggedEvent);
  }
  clearTimeout(timer);
}

function tell(event: LoggedEvent): void {
  for (const listener of listeners) listener(event);
}

function hear(whisper: Whisper): void {
  for (const listener of whisperers) listener(whisper);
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms * (0.75 + Math.random() / 2));
    addEventListener("online", done, { once: true });
    signal.addEventListener("abort", done, { once: true });
  });
