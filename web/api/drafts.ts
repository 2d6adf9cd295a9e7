/** What one has begun to write on a ticket: one draft each. */

import { api, body } from "./client";
import { ApiError } from "./errors";
import type { RichNode } from "./messages";

const CONVERSATIONS = "/api/projects/{project_id}/conversations" as const;
const DRAFT = `${CONVERSATIONS}/tickets/{ref}/draft` as const;

const of = (project: number, ref: string) => ({ params: { path: { project_id: String(project), ref } } });

export interface DraftText {
  content: string;
  rich_content: RichNode | null;
}

/** The tickets on which one has begun to write. */
export const tickets = async (project: number): Promise<string[]> =>
  (
    await body(api.GET(`${CONVERSATIONS}/drafts`, { params: { path: { project_id: String(project) } } }))
  ).results.map(({ ticket_id }) => ticket_id);

/** null when there is none: most tickets have none, so the list is asked first. */
export async function read(
  project: number,
  ticket: string,
): Promise<(DraftText & { is_private: boolean }) | null> {
  if (!(await tickets(project)).includes(ticket)) return null;
  try {
    const found = await body(api.GET(DRAFT, of(project, ticket)));
    return { ...found, rich_content: found.rich_content as RichNode | null };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** The whole draft, instead of the one before. */
export const keep = (project: number, ref: string, text: DraftText, is_private: boolean) =>
  api.PUT(DRAFT, {
    ...of(project, ref),
    body: { ...text, rich_content: text.rich_content as Record<string, never> | null, is_private },
    keepalive: JSON.stringify(text).length < 50_000,
  });

export const drop = (project: number, ref: string) => api.DELETE(DRAFT, of(project, ref));
