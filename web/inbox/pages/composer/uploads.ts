/** Files on their way into a message. */

import { signal } from "@preact/signals";
import { upload } from "../../../api/attachments";
import type { Attachment } from "../../../api/types";
import { tell } from "../../shell/failure";
import { project } from "../../store/session";

export interface Uploading {
  id: string;
  name: string;
  /** The composer that it belongs to. */
  owner: string;
  /** Whether it stands in the text as an image. */
  isInline: boolean;
  cancel: () => void;
}

export const uploading = signal<Uploading[]>([]);

export const uploadsOf = (owner: string): Uploading[] =>
  uploading.value.filter((found) => found.owner === owner);

/** Files that the browser can show and the server, too. */
export const isPicture = (file: File): boolean => /^image\/(png|jpeg|gif|webp)$/.test(file.type);

/** The file as it is on the server; null when it was not taken, which is told. */
export async function bring(
  file: File,
  owner: string,
  id: string,
  isInline: boolean,
): Promise<Attachment | null> {
  const stop = new AbortController();
  uploading.value = [
    ...uploading.peek(),
    { id, name: file.name, owner, isInline, cancel: () => stop.abort() },
  ];
  try {
    return await upload(project.peek()?.id ?? 0, file, stop.signal);
  } catch (error) {
    tell(error);
    return null;
  } finally {
    uploading.value = uploading.peek().filter((found) => found.id !== id);
  }
}
