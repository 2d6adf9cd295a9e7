/** Beginning a ticket with somebody. */

import { api, body, once } from "./client";
import type { components } from "./schema.generated";

export type Letter = components["schemas"]["ComposeBody"];

const path = (project: number) => ({ project_id: String(project) });

export const compose = (project: number, letter: Letter, key: string) =>
  body(
    api.POST("/api/projects/{project_id}/conversations/tickets/compose", {
      params: { path: path(project) },
      body: letter,
      headers: once(key),
    }),
  );

/** Whether the server mails at all. */
export const canMail = async (project: number): Promise<boolean> =>
  (
    await body(
      api.GET("/api/projects/{project_id}/conversations/email_configs", { params: { path: path(project) } }),
    )
  ).results.length > 0;
