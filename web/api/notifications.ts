/** What concerns oneself. */

import { api, body } from "./client";

const NOTIFICATIONS = "/api/projects/{project_id}/notifications";
const in_ = (project: number) => ({ project_id: String(project) });

export type Page = Awaited<ReturnType<typeof page>>;
export type Notice = Page["results"][number];

/** The newest first. */
export async function page(project: number, { unread = false, limit = 30, cursor = "" } = {}) {
  const query = { limit, ...(unread && { unread: true }), ...(cursor && { cursor }) };
  const { results, next, unread_count } = await body(
    api.GET(NOTIFICATIONS, { params: { path: in_(project), query } }),
  );
  const following = next && new URL(next, location.origin).searchParams.get("cursor");
  return { results, unread_count, cursor: following };
}

/** Says that they were seen; answers with how many were not. */
export const read = async (
  project: number,
  which: { ids: string[] } | { ticket: string } | { all: true },
): Promise<number> =>
  (
    await body(
      api.POST(`${NOTIFICATIONS}/read`, { params: { path: in_(project) }, body: { all: false, ...which } }),
    )
  ).unread_count;
