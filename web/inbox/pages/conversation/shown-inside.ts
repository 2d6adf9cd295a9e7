import type { RichNode } from "../../../api/messages";

/** Where the pictures of a document come from, so that they are not shown a second time below it. */
export function shownInside(node: RichNode): Set<string> {
  const inside = Array.isArray(node?.content) ? node.content : [];
  const found = new Set(inside.flatMap((child) => [...shownInside(child)]));
  if (node?.type === "image" && typeof node.attrs?.src === "string") found.add(node.attrs.src);
  return found;
}
