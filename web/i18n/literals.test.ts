/** Words are in the catalogues: none stands in a component, and none is asked for before it is there. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { en } from "./en";
import { late } from "./en/late";

const WEB = join(import.meta.dirname, "..");
const SAID = new Set(["title", "aria-label", "aria-description", "placeholder", "alt", "label", "hint"]);
/** Names, keys and addresses, which are the same in every language. */
const NOBODYS = /^(Rejoinder|[A-Z]|https:\/\/\S*|shop\.example|[^\p{L}]*)$/u;
/** Shows posthog-js as it is, which speaks English alone. */
const IMITATION = "inbox/pages/settings/widget/preview-window.tsx";

const isKey = (text: string): boolean => Object.hasOwn(en, text) || Object.hasOwn(late, text);

const SOURCES = ["kit", "inbox"]
  .flatMap((folder) =>
    readdirSync(join(WEB, folder), { recursive: true }).map((name) => join(WEB, folder, String(name))),
  )
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.ts$/.test(path));

const parsed = (path: string) =>
  ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);

function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodes(child);
}

/** The text that a node would show as it stands; of ours, components take the names of texts, too. */
function shown(node: ts.Node): string {
  if (ts.isJsxText(node)) return node.text;
  if (!ts.isStringLiteralLike(node)) return "";
  const around = ts.isJsxExpression(node.parent) ? node.parent.parent : node.parent;
  if (ts.isJsxAttribute(around)) return SAID.has(around.name.getText()) && !isKey(node.text) ? node.text : "";
  return ts.isJsxExpression(node.parent) ? node.text : "";
}

test("no component has words of its own", () => {
  const found = SOURCES.filter((path) => path.endsWith(".tsx") && !path.endsWith(IMITATION)).flatMap((path) =>
    [...nodes(parsed(path))]
      .map((node) => shown(node).trim())
      .filter((text) => !NOBODYS.test(text))
      .map((text) => `${relative(WEB, path)}: ${text}`),
  );
  expect(found).toEqual([]);
});

/** The modules that are loaded with this one, not those that it asks for later. */
function loadedWith(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const statement of parsed(path).statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    if (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly) continue;
    const name = statement.moduleSpecifier;
    if (!name || !ts.isStringLiteral(name) || !name.text.startsWith(".")) continue;
    const target = resolve(dirname(path), name.text);
    const module = [`${target}.tsx`, `${target}.ts`, join(target, "index.ts")].find((each) =>
      SOURCES.includes(each),
    );
    if (module) loadedWith(module, found);
  }
  return found;
}

/** The names of texts that a module gives to `t`, or calls something by. */
function* askedFor(path: string): Generator<string> {
  for (const node of nodes(parsed(path))) {
    const isCall = ts.isCallExpression(node) && node.expression.getText() === "t";
    const isName = ts.isPropertyAssignment(node) && /^(title|label|hint|text)$/.test(node.name.getText());
    const given = isCall ? node.arguments[0] : isName ? node.initializer : undefined;
    if (!given) continue;
    for (const inner of nodes(given))
      if (ts.isStringLiteralLike(inner) && !ts.isBinaryExpression(inner.parent)) yield inner.text;
  }
}

test("the first page says nothing that comes with later ones", () => {
  const early = [...loadedWith(join(WEB, "inbox", "main.tsx"))];
  const found = early.flatMap((path) =>
    [...askedFor(path)]
      .filter((key) => Object.hasOwn(late, key))
      .map((key) => `${relative(WEB, path)}: ${key}`),
  );
  expect(found).toEqual([]);
});

test("every text is said somewhere", () => {
  const texts = SOURCES.map((path) => readFileSync(path, "utf8")).join("\n");
  const literals = new Set([...texts.matchAll(/["'`]([a-z][a-z0-9_]*)["'`]/g)].map(([, text]) => text));
  // `status_${status}` asks for all that begin so.
  const beginnings = [...texts.matchAll(/`([a-z][a-z0-9_]*_)\$\{/g)].map(([, text]) => text!);
  const silent = [...Object.keys(en), ...Object.keys(late)].filter(
    (key) => !literals.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
  );
  expect(silent).toEqual([]);
});
