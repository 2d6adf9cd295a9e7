/** Who can be assigned or mentioned. */

import { api, body } from "./client";

export const team = (project: number) =>
  body(api.GET("/api/projects/{project_id}/team", { params: { path: { project_id: String(project) } } }));
