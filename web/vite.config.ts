import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

const SERVER = process.env.REJOINDER_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  root: "inbox",
  plugins: [preact()],
  build: {
    outDir: "../../src/rejoinder/web/static",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    manifest: "manifest.json",
    // What is bundled is given away again: its authors' terms go with it.
    license: { fileName: "licences.md" },
    // The content policy allows files of ours only: nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: { proxy: { "/api": SERVER } },
  test: { root: ".", include: ["**/*.test.ts"], environment: "node" },
} as Parameters<typeof defineConfig>[0]);
