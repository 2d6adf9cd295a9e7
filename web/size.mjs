// Fails when the first page needs more script than a slow line should have to carry.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const LIMIT = 60 * 1024;
const BUILT = join(import.meta.dirname, "..", "src", "rejoinder", "web", "static");
const manifest = JSON.parse(readFileSync(join(BUILT, "manifest.json"), "utf8"));

/** The script and what it imports before it runs; what is imported later is not in here. */
function needed(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const imported of manifest[name].imports ?? []) needed(imported, found);
  return found;
}

const files = [...needed("index.html")].map((name) => manifest[name].file);
const bytes = files.reduce((sum, file) => sum + statSync(join(BUILT, `${file}.gz`)).size, 0);
console.log(`first page: ${(bytes / 1024).toFixed(1)} kB of script, gzip (limit ${LIMIT / 1024})`);
process.exit(bytes > LIMIT ? 1 : 0);
