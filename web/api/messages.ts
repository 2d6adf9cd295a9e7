/** What is said on a ticket, and what happened to it. */

import { api, body, once } from "./client";
import type { Happened, Message } from "./types";

const TICKET = "/api/projects/{project_id}/conversations/tickets/{ref}";

/** A line that swallows requests is no better than none. */
const PATIENCE_MS = 30_000;

const of = (project: number, ref: string) => ({ project_id: String(project), ref });

/** A node of TipTap's JSON. */
export interface RichNode {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: RichNode[];
}

/** A message as it is handed in. */
export interface Said {
  message: string;
  rich_content: RichNode | null;
  attachment_ids: string[];
}

export interface TimelinePage {
  /** Newest first. */
  results: Happened[];
  /** Where what came before goes on. */
  cursor: string | null;
}

/** The ticket's own, and of the tickets that were merged into it. */
export async function timeline(project: number, ref: string, cursor = "", limit = 50): Promise<TimelinePage> {
  const query = { limit, with_merged: "true" as const, ...(cursor && { cursor }) };
  const { results, next } = await body(
    api.GET(`${TICKET}/timeline`, { params: { path: of(project, ref), query } }),
  );
  return { results, cursor: next && new URL(next, location.origin).searchParams.get("cursor") };
}

// The document's own type is any object.
const wire = (said: Said) => said as Said & { rich_content: Record<string, never> | null };

export const reply = (project: number, ref: string, said: Said, key: string): Promise<Message> =>
  body(
    api.POST(`${TICKET}/reply`, {
      params: { path: of(project, ref) },
      body: { ...wire(said), is_private: false },
      headers: once(key),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );

export const addNote = (project: number, ref: string, said: Said, key: string): Promise<Message> =>
  body(
    api.POST(`${TICKET}/notes`, {
      params: { path: of(project, ref) },
      body: wire(said),
      headers: once(key),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );

export const editNote = (
  project: number,
  ref: string,
  id: string,
  said: Said,
  key: string,
): Promise<Message> =>
  body(
    api.PATCH(`${TICKET}/notes/{message_id}`, {
      params: { path: { ...of(project, ref), message_id: id } },
      body: wire(said),
      headers: once(key),
    }),
  );

export const removeNote = (project: number, ref: string, id: string) =>
  api.DELETE(`${TICKET}/notes/{message_id}`, { params: { path: { ...of(project, ref), message_id: id } } });
