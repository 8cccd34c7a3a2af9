/** The pages: Astro in a process of its own, with what was gathered handed over as a file. */
import { spawn } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AstroIntegration } from "astro";
import type { RegisterView } from "../../src/model/registerpages.ts";
import { handoverOf } from "../../src/source/handover.ts";
import { type Gathered, home } from "./gather.ts";

/** What astro.config.mjs reads. @param handed the handover file; empty in dev, where the loader reads and watches */
export function environmentOf(
  { root, cache, day, layout }: Pick<Gathered, "root" | "cache" | "day" | "layout">,
  { handed, scratch }: { readonly handed: string; readonly scratch: string },
): NodeJS.ProcessEnv {
  return {
    ...withoutVite(process.env),
    // Nothing is sent anywhere, and nothing is looked up.
    ASTRO_TELEMETRY_DISABLED: "1",
    ASTRO_DISABLE_UPDATE_CHECK: "true",
    COUNTERSIGN_ROOT: root,
    COUNTERSIGN_CACHE: cache,
    COUNTERSIGN_TODAY: day,
    COUNTERSIGN_LAYOUT: layout,
    COUNTERSIGN_CATALOGUE: handed,
    COUNTERSIGN_SCRATCH: scratch,
  };
}

/** Names that Vite would take for its own constants, whoever has set them: a shell, a CI, a test runner. */
const VITES = ["BASE_URL", "MODE", "DEV", "PROD", "SSR", "SITE", "ASSETS_PREFIX", "NODE_ENV"];

function withoutVite(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !VITES.includes(name)));
}

export const astro = join(home, "node_modules/astro/bin/astro.mjs");

export interface PagesOptions {
  readonly out: string;
  /** A folder of this build's own, inside this software's: Astro puts chunks there that find their packages upwards. */
  readonly scratch: string;
  readonly base: string;
}

/** Writes all pages into `out`, which Astro empties first. @returns how many */
export async function writePages(
  gathered: Gathered,
  register: RegisterView,
  { out, scratch, base }: PagesOptions,
): Promise<number> {
  const handed = join(scratch, "handover.json");
  writeFileSync(handed, JSON.stringify(handoverOf(gathered.catalogue, gathered.day, register)));
  const { url } = gathered.catalogue.site;
  await run(
    ["build", "--outDir", out, "--base", base, "--site", url, "--silent"],
    environmentOf(gathered, { handed, scratch }),
  );
  return readdirSync(out, { recursive: true }).filter((name) => String(name).endsWith(".html")).length;
}

/** @throws with what Astro said, if it failed */
function run(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [astro, ...argv], {
      cwd: home,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => said.push(text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`the pages could not be made: Astro ended with ${code}\n${said.join("").trim()}`));
    });
  });
}

type Development = Pick<Gathered, "root" | "cache" | "day" | "layout">;

/** In dev nothing is taken from the cache, so the layout needs no digest. */
export function developmentOf(root: string, day: string): Development {
  return { root, cache: join(home, ".cache"), day, layout: "dev" };
}

export interface DevelopmentOptions {
  readonly base: string;
  /** The first port that is tried. */
  readonly port: number;
  readonly integration: AstroIntegration;
}

/** Astro's own dev server, in this process: its loader watches the content, the integration makes files on demand. */
export async function serveDevelopment(
  development: Development,
  { base, port, integration }: DevelopmentOptions,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  Object.assign(
    process.env,
    environmentOf(development, { handed: "", scratch: join(development.cache, "dev") }),
  );
  const { dev } = await import("astro");
  const server = await dev({
    root: home,
    base,
    logLevel: "info",
    server: { host: "127.0.0.1", port },
    integrations: [integration],
    vite: { server: { fs: { allow: [home, development.root] } } },
  });
  return { url: `http://127.0.0.1:${server.address.port}${base}`, stop: () => server.stop() };
}
