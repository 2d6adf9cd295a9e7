/** What a written document says in plain text, and what of it may be sent. */

import type { RichNode } from "../../../api/messages";

/** Stands in an image until its file is there. */
export const UPLOADING = "uploading:";
const ATTACHMENT = /^attachment:([0-9a-f-]{36})$/;

const attr = (node: RichNode, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

const inside = (node: RichNode): RichNode[] => node.content ?? [];
const inline = (node: RichNode): string => inside(node).map(plainText).join("");
const blocks = (node: RichNode): string => inside(node).map(plainText).join("\n");

/** Before each line but the first stands as much room as before the first. */
function item(sign: string, text: string): string {
  return sign + text.replaceAll("\n", `\n${" ".repeat(sign.length)}`);
}

const PLAIN: Record<string, (node: RichNode) => string> = {
  text: (node) => node.text ?? "",
  hardBreak: () => "\n",
  mention: (node) => `@${attr(node, "label") || attr(node, "id")}`,
  image: (node) => attr(node, "alt"),
  paragraph: inline,
  codeBlock: inline,
  blockquote: (node) => `> ${blocks(node).replaceAll("\n", "\n> ")}`,
  bulletList: (node) =>
    inside(node)
      .map((child) => item("- ", plainText(child)))
      .join("\n"),
  orderedList: (node) =>
    inside(node)
      .map((child, at) => item(`${at + (Number(node.attrs?.start) || 1)}. `, plainText(child)))
      .join("\n"),
};

/** A line for each block, lists and quotes as one would type them. */
export function plainText(node: RichNode): string {
  return (PLAIN[node.type] ?? blocks)(node);
}

/** Whether nothing is lost when only its text is sent. */
export function isPlain(node: RichNode): boolean {
  const known = ["doc", "paragraph", "text", "hardBreak"].includes(node.type);
  return known && !node.marks?.length && inside(node).every(isPlain);
}

/** As the server takes links: others it would refuse with everything around them. */
const LINK = /^(?:https?:|mailto:|tel:)[^\s\p{Cc}]+$/iu;

const isSendable = ({ type, attrs }: { type: string; attrs?: Record<string, unknown> }): boolean =>
  type !== "link" || LINK.test(String(attrs?.href ?? ""));

/** Without images whose files are still on their way, and links that lead nowhere; null for such an image. */
export function cleaned(node: RichNode): RichNode | null {
  if (node.type === "image" && !ATTACHMENT.test(attr(node, "src"))) return null;
  const marks = node.marks?.filter(isSendable);
  return {
    ...node,
    ...(marks && { marks }),
    ...(node.content && { content: node.content.flatMap((child) => cleaned(child) ?? []) }),
  };
}

const isBlank = (node: RichNode): boolean =>
  node.type !== "image" &&
  node.type !== "mention" &&
  !node.text?.trim() &&
  (node.content ?? []).every(isBlank);

/** Without the empty lines and list items at its end. */
export function trimmed(node: RichNode): RichNode {
  const content = [...(node.content ?? [])];
  while (content.length && isBlank(content.at(-1)!)) content.pop();
  const last = content.pop();
  return last ? { ...node, content: [...content, last.content ? trimmed(last) : last] } : node;
}

interface Known {
  nodes: object;
  marks: object;
}

/** What an editor can hold of it: headings as paragraphs, everything else unknown as what is in it. */
export function fitting(node: RichNode, known: Known): RichNode[] {
  const content = node.content?.flatMap((child) => fitting(child, known));
  if (node.type in known.nodes) {
    const marks = node.marks?.filter(({ type }) => type in known.marks);
    return [{ ...node, ...(marks && { marks }), ...(content && { content }) }];
  }
  if (node.type === "mention") return [{ type: "text", text: plainText(node) }];
  return node.type === "heading" ? [{ type: "paragraph", ...(content && { content }) }] : (content ?? []);
}

/** The attachments that stand in it as images. */
export function picturesIn(node: RichNode): string[] {
  const found = node.type === "image" ? ATTACHMENT.exec(attr(node, "src"))?.[1] : undefined;
  return [...(found ? [found] : []), ...inside(node).flatMap(picturesIn)];
}

/** Plain text as the document that says the same. */
export function documentOf(text: string): RichNode {
  const paragraphs = text.split("\n").map((line) => ({
    type: "paragraph",
    ...(line && { content: [{ type: "text", text: line }] }),
  }));
  return { type: "doc", content: paragraphs };
}

/** Where a place in the plain text is in the document made of it. */
export const placeOf = (text: string, offset: number): number =>
  1 + offset + text.slice(0, offset).split("\n").length - 1;
