import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The browser tests: one built site, one Chromium a file. */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: ".cache/vitest",
  test: {
    include: ["tests/**/*.spec.ts"],
    environment: "node",
    globalSetup: ["tests/globalsetup.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
