// @ts-check
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "astro/config";

const home = fileURLToPath(new URL(".", import.meta.url));
const { env } = process;

/**
 * What the shell that started Astro says: `countersign build` and `countersign dev` set all of it. Nothing under
 * src/ reads the environment or the clock; it gets these as constants.
 */
const told = {
  /** The folder that holds `content/`. */
  COUNTERSIGN_ROOT: env.COUNTERSIGN_ROOT ?? home,
  /** Where outputs are kept. */
  COUNTERSIGN_CACHE: env.COUNTERSIGN_CACHE ?? join(home, ".cache"),
  /** The day that lists are made for. */
  COUNTERSIGN_TODAY: env.COUNTERSIGN_TODAY ?? new Date().toISOString().slice(0, 10),
  /** Digest of the code that renders, part of every key. */
  COUNTERSIGN_LAYOUT: env.COUNTERSIGN_LAYOUT ?? "none",
  /** The catalogue that a build has read already; empty in dev, where the loader reads and watches. */
  COUNTERSIGN_CATALOGUE: env.COUNTERSIGN_CATALOGUE ?? "",
};

const early = createHash("sha256")
  .update(readFileSync(join(home, "src/client/early.js")))
  .digest("base64");

export default defineConfig({
  root: home,
  // Two builds must not share a store; dev may keep its own.
  cacheDir: join(env.COUNTERSIGN_SCRATCH ?? told.COUNTERSIGN_CACHE, "astro"),
  output: "static",
  trailingSlash: "always",
  build: { format: "directory", inlineStylesheets: "never", assets: "_assets" },
  compressHTML: true,
  devToolbar: { enabled: false },
  // Markdown never goes through Astro.
  markdown: { syntaxHighlight: false },
  security: {
    csp: {
      directives: [
        "default-src 'none'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        // Named so because Pagefind hands its worker over as text: client/searchbox.ts lets through that one address.
        "trusted-types default",
      ],
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"], hashes: [`sha256-${early}`] },
      styleDirective: { resources: ["'self'"] },
    },
  },
  vite: {
    define: Object.fromEntries(
      Object.entries(told).map(([name, value]) => [`import.meta.env.${name}`, JSON.stringify(value)]),
    ),
    build: { assetsInlineLimit: 0 },
  },
});
