/** Messages on their way: what may become of one. Pure; the outbox acts on it. */

import { ApiError } from "../../api/errors";
import type { Said } from "../../api/messages";
import type { Attachment, PatchTicket } from "../../api/types";

export interface Outgoing {
  /** The Idempotency-Key: however often it is sent, it is said once. */
  id: string;
  user: number;
  project: number;
  ticket: string;
  isNote: boolean;
  said: Said;
  attachments: Attachment[];
  /** What the ticket becomes once the message is there. */
  after: PatchTicket | null;
  /** Whether the message is there, and only `after` is not yet. */
  isSaid: boolean;
  at: string;
  attempts: number;
  /** Why the server does not take it; null while it may still go. */
  refused: string | null;
}

/** How long the server remembers a key, with some hours to spare. */
const REMEMBERED_MS = 20 * 3_600_000;
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** After which an attempt that failed is made again. */
export const wait = (attempts: number): number =>
  WAITS_MS[Math.min(Math.max(attempts, 1), WAITS_MS.length) - 1] ?? 0;

const PASSING = new Set(["reply_in_progress", "idempotency_key_in_use", "csrf_failed"]);

/** Whether it is no use to try the same again. */
export function isFinal(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  return !error.passing && error.status !== 401 && error.status !== 408 && !PASSING.has(error.code);
}

/** Tried so long ago that the server may have forgotten: sent again by a person or not at all. */
export const isUncertain = (message: Outgoing, now: number): boolean =>
  message.attempts > 0 && !message.isSaid && now - Date.parse(message.at) > REMEMBERED_MS;

/** The next to go of each ticket, in the order in which they were written. */
export function firstOfEach(messages: Outgoing[], user: number): Outgoing[] {
  const first = new Map<string, Outgoing>();
  for (const message of messages)
    if (message.user === user && message.refused === null && !first.has(message.ticket))
      first.set(message.ticket, message);
  return [...first.values()];
}
