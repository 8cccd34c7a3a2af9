import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests over whole documents, many of them: all checklists, seeds and corpus, PDFs, generated pairs. Slower than a unit. */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: ".cache/vitest",
  test: {
    include: ["tests/**/*.whole.ts"],
    environment: "node",
    setupFiles: ["tests/setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
