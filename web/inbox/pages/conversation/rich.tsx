/** TipTap's JSON as nodes of the page. What is not known is shown as the text it holds. */

import type { ComponentChildren, JSX } from "preact";
import type { RichNode } from "../../../api/messages";
import type { Attachment } from "../../../api/types";
import { Picture } from "./files";
import { linkified, safeHref } from "./links";
import "./rich.css";

const DEEPEST = 30;

type Draw = (node: RichNode, inside: ComponentChildren, pictures: Pictures) => ComponentChildren;
type Tag = "h3" | "h4" | "h5" | "blockquote" | "ul" | "li";

/** What may be shown as an image: attachments of this message, by their address. */
export type Pictures = ReadonlyMap<string, Attachment>;

export function picturesOf(attachments: Attachment[]): Pictures {
  return new Map(attachments.flatMap((file) => [[file.url, file] as const, [`attachment:${file.id}`, file]]));
}

const tag =
  (Name: Tag): Draw =>
  (_, inside) => <Name dir="auto">{inside}</Name>;

const HEADINGS: Record<number, Tag> = { 1: "h3", 2: "h4" };

const NODES: Record<string, Draw> = {
  doc: (_, inside) => inside,
  paragraph: (_, inside) => <p dir="auto">{inside}</p>,
  text: drawText,
  hardBreak: () => <br />,
  heading: (node, inside, pictures) =>
    tag(HEADINGS[Number(node.attrs?.level)] ?? "h5")(node, inside, pictures),
  blockquote: tag("blockquote"),
  codeBlock: (_, inside) => (
    <pre dir="ltr" tabIndex={0}>
      <code>{inside}</code>
    </pre>
  ),
  bulletList: tag("ul"),
  orderedList: (node, inside) => <ol start={Number(node.attrs?.start) || 1}>{inside}</ol>,
  listItem: tag("li"),
  horizontalRule: () => <hr />,
  image: drawImage,
  mention: (node) => <span class="mention">@{text(node.attrs?.label) || text(node.attrs?.id)}</span>,
};

const MARKS: Record<string, (inside: ComponentChildren, attrs: Record<string, unknown>) => JSX.Element> = {
  bold: (inside) => <strong>{inside}</strong>,
  italic: (inside) => <em>{inside}</em>,
  underline: (inside) => <u>{inside}</u>,
  strike: (inside) => <s>{inside}</s>,
  code: (inside) => <code dir="ltr">{inside}</code>,
  link: (inside, attrs) => <Outside href={safeHref(attrs.href)}>{inside}</Outside>,
};

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** A link that leads away; without a safe address it is text. */
export function Outside({ href, children }: { href: string | null; children: ComponentChildren }) {
  return href ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ) : (
    <>{children}</>
  );
}

function drawText(node: RichNode): ComponentChildren {
  const marks = (Array.isArray(node.marks) ? node.marks : []).filter((mark) =>
    Object.hasOwn(MARKS, mark?.type),
  );
  const isLiteral = marks.some(({ type }) => type === "link" || type === "code");
  let drawn: ComponentChildren = isLiteral ? text(node.text) : <Linkified text={text(node.text)} />;
  for (const { type, attrs } of marks.toReversed()) drawn = MARKS[type]!(drawn, attrs ?? {});
  return drawn;
}

/** Pictures from elsewhere would tell their server who reads this and when: they are links. */
function drawImage(node: RichNode, _: ComponentChildren, pictures: Pictures): ComponentChildren {
  const source = text(node.attrs?.src);
  const file = pictures.get(source);
  if (file) return <Picture file={file} alt={text(node.attrs?.alt)} />;
  return <Outside href={safeHref(source)}>{text(node.attrs?.alt) || source}</Outside>;
}

function draw(node: RichNode, pictures: Pictures, depth: number): ComponentChildren {
  if (typeof node !== "object" || node === null || depth > DEEPEST) return null;
  const inside = Array.isArray(node.content)
    ? node.content.map((child) => draw(child, pictures, depth + 1))
    : null;
  return Object.hasOwn(NODES, node.type)
    ? NODES[node.type]!(node, inside, pictures)
    : (inside ?? text(node.text));
}

export function Rich({ document, attachments }: { document: RichNode; attachments: Attachment[] }) {
  return <div class="rich">{draw(document, picturesOf(attachments), 0)}</div>;
}

/** Plain text, its addresses made links. Line breaks are the style sheet's. */
export function Linkified({ text: whole }: { text: string }) {
  return (
    <>
      {linkified(whole).map(({ text: piece, href }) =>
        href ? <Outside href={href}>{piece}</Outside> : piece,
      )}
    </>
  );
}
