/** Files that go into messages. */

import { api, body } from "./client";
import type { Attachment } from "./types";

export function upload(project: number, file: File, signal: AbortSignal): Promise<Attachment> {
  const form = new FormData();
  form.append("file", file, file.name);
  return body(
    api.POST("/api/projects/{project_id}/conversations/attachments", {
      params: { path: { project_id: String(project) } },
      body: form as unknown as { file: string },
      bodySerializer: (given) => given as unknown as FormData,
      signal,
    }),
  );
}
