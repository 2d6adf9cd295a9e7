import { expect, test } from "vitest";
import type { RichNode } from "../../../api/messages";
import { cleaned, documentOf, fitting, isPlain, picturesIn, placeOf, plainText, trimmed } from "./document";

const text = (value: string, ...marks: string[]): RichNode => ({
  type: "text",
  text: value,
  ...(marks.length && { marks: marks.map((type) => ({ type })) }),
});
const node = (type: string, ...content: RichNode[]): RichNode => ({ type, content });
const paragraph = (...content: RichNode[]): RichNode => node("paragraph", ...content);
const item = (value: string): RichNode => node("listItem", paragraph(text(value)));
const image = (src: string): RichNode => ({ type: "image", attrs: { src, alt: "a.png" } });
const ID = "018f3b6e-1c2d-7a4b-9e8f-0123456789ab";

test("a text becomes a document and comes back as it was", () => {
  const written = "Hello,\n\nit is on its way.";

  expect(plainText(documentOf(written))).toBe(written);
  expect(isPlain(documentOf(written))).toBe(true);
});

test("lists, quotes and mentions read as one would type them", () => {
  const document = node(
    "doc",
    node("bulletList", item("one"), item("two")),
    { ...node("orderedList", item("three")), attrs: { start: 3 } },
    node("blockquote", paragraph(text("a")), paragraph(text("b"))),
    paragraph({ type: "mention", attrs: { id: "1", label: "Ada" } }, text(" look")),
  );

  expect(plainText(document)).toBe("- one\n- two\n3. three\n> a\n> b\n@Ada look");
});

test("a mark or a list is more than plain", () => {
  expect(isPlain(node("doc", paragraph(text("a", "bold"))))).toBe(false);
  expect(isPlain(node("doc", node("bulletList", item("a"))))).toBe(false);
});

test("images whose file is not there yet are left out", () => {
  const document = node(
    "doc",
    image(`attachment:${ID}`),
    image("uploading:1"),
    image("https://elsewhere.example/a.png"),
  );

  expect(cleaned(document)).toEqual(node("doc", image(`attachment:${ID}`)));
  expect(picturesIn(document)).toEqual([ID]);
});

test("the caret stays between the same signs", () => {
  expect(placeOf("ab\ncd", 0)).toBe(1);
  expect(placeOf("ab\ncd", 2)).toBe(3);
  expect(placeOf("ab\ncd", 3)).toBe(5);
});

test("links that the server would refuse become text", () => {
  const link = (href: string): RichNode => ({
    type: "text",
    text: "a",
    marks: [{ type: "link", attrs: { href } }],
  });

  expect(cleaned(link("https://example.org"))?.marks).toHaveLength(1);
  for (const href of ["ftp://example.org", "relative", "https://a b", "javascript:alert(1)"])
    expect(cleaned(link(href))?.marks).toEqual([]);
});

test("what is empty at the end is not sent", () => {
  const list = node("bulletList", item("one"), node("listItem", paragraph()));
  const document = node("doc", list, paragraph(), paragraph(text(" ")));

  expect(trimmed(document)).toEqual(node("doc", node("bulletList", item("one"))));
});

test("what the editor does not know is taken as the text that it holds", () => {
  const known = { nodes: { doc: 1, paragraph: 1, text: 1 }, marks: { bold: 1 } };
  const mention = { type: "mention", attrs: { id: "1", label: "Ada" } };
  const document = node(
    "doc",
    node("heading", text("Title", "bold", "shiny")),
    { type: "horizontalRule" },
    paragraph(mention),
  );

  expect(fitting(document, known)).toEqual([
    node("doc", paragraph(text("Title", "bold")), paragraph(text("@Ada"))),
  ]);
});
