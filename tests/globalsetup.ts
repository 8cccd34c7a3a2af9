import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startServer } from "../scripts/server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built site is served, with a slash at the end. */
    siteUrl: string;
    /** The folder of the built site. */
    siteDir: string;
  }
}

/**
 * Builds the site once into a temporary folder and serves it to all browser tests. While writing tests,
 * `COUNTERSIGN_SITE=dist` takes a site that is built already.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const temporary = await mkdtemp(join(tmpdir(), "countersign-site-"));
  const given = process.env.COUNTERSIGN_SITE;
  const siteDir = given ?? join(temporary, "site");
  if (given === undefined) {
    const build = ["scripts/cli.ts", "build", "--out", siteDir];
    const { status } = spawnSync(process.execPath, build, { cwd: project.config.root, stdio: "inherit" });
    if (status !== 0)
      throw new Error(`the site was not built: "countersign build" ended with ${status}, see above`);
  }
  const server = await startServer({ dir: siteDir, port: 4421 });
  project.provide("siteUrl", server.url);
  project.provide("siteDir", siteDir);
  return async () => {
    await server.close();
    await rm(temporary, { recursive: true, force: true });
  };
}
