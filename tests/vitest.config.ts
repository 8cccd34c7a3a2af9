import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The unit tests: everything that needs neither whole documents (whole.config.ts) nor a browser (browser.config.ts). */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: ".cache/vitest",
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    setupFiles: ["tests/setup.ts"],
    // Most of a unit test is loading what it tests: files share what is loaded, and may keep nothing in it.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
