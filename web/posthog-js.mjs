// Lays what posthog-js loads from its host into the Python package, compressed once for all requests.

import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const SOURCE = join(import.meta.dirname, "node_modules", "posthog-js");
const TARGET = join(import.meta.dirname, "..", "src", "rejoinder", "channels", "host", "static");

// The bundles that a page begins with, and the scripts that they load when they are needed.
const SERVED =
  /^(array[\w.]*|all-external-dependencies|conversations|surveys(-preview)?|product-tours(-preview)?|(lazy-|posthog-)?recorder(-v2)?|(dead-clicks|exception)-autocapture|(crisp-chat|intercom)-integration|web-vitals[\w-]*|tracing-headers|logs|external-scripts-loader)(\.[\w-]+)*\.js$/;

function lay(name) {
  const content = readFileSync(join(SOURCE, "dist", name));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  writeFileSync(join(TARGET, name), content);
  writeFileSync(join(TARGET, `${name}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(join(TARGET, `${name}.br`), brotliCompressSync(content, quality));
  return [name, createHash("sha256").update(content).digest("hex").slice(0, 16)];
}

const { version } = JSON.parse(readFileSync(join(SOURCE, "package.json"), "utf8"));
const { files } = JSON.parse(readFileSync(join(SOURCE, "dist", "integrity.json"), "utf8"));
const names = Object.keys(files).filter((name) => SERVED.test(name));

rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
copyFileSync(join(SOURCE, "LICENSE"), join(TARGET, "LICENSE"));
// Written last: where this is, everything is.
const index = { version, files: Object.fromEntries(names.map(lay)) };
writeFileSync(join(TARGET, "index.json"), JSON.stringify(index, null, 1));
console.log(`posthog-js ${version}: ${names.length} scripts`);
