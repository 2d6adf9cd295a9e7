/** Who is at a ticket. */

import { api, body } from "./client";

export type Doing = "viewing" | "typing" | "gone";

const PRESENCE = "/api/projects/{project_id}/conversations/tickets/{ref}/presence";

/** Says what one does there, and answers with everybody who is. It outlives the page, for saying goodbye. */
export const tell = async (project: number, ref: string, state: Doing) =>
  (
    await body(
      api.PUT(PRESENCE, {
        params: { path: { project_id: String(project), ref } },
        body: { state },
        keepalive: true,
      }),
    )
  ).results;
