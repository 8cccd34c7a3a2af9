/** The pages: Astro, with what was gathered handed over as a file. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AstroInlineConfig } from "astro";
import type { RegisterRow } from "../../src/model/register.ts";
import { handoverOf } from "../../src/source/handover.ts";
import { type Gathered, home } from "./gather.ts";

/** What astro.config.mjs reads. @param handed the handover file; empty in dev, where the loader reads and watches */
export function tellAstro({ root, cache, day, layout }: Gathered, handed: string): void {
  Object.assign(process.env, {
    ASTRO_TELEMETRY_DISABLED: "1",
    ASTRO_DISABLE_UPDATE_CHECK: "true",
    COUNTERSIGN_ROOT: root,
    COUNTERSIGN_CACHE: cache,
    COUNTERSIGN_TODAY: day,
    COUNTERSIGN_LAYOUT: layout,
    COUNTERSIGN_CATALOGUE: handed,
  });
}

export interface PagesOptions {
  readonly out: string;
  /** A folder of this build's own: two builds must not share Astro's. */
  readonly scratch: string;
  readonly base: string;
}

/** Writes all pages into `out`, which Astro empties first. */
export async function writePages(
  gathered: Gathered,
  register: readonly RegisterRow[],
  { out, scratch, base }: PagesOptions,
): Promise<void> {
  const handed = join(scratch, "handover.json");
  mkdirSync(dirname(handed), { recursive: true });
  writeFileSync(handed, JSON.stringify(handoverOf(gathered.catalogue, gathered.day, register)));
  tellAstro(gathered, handed);
  const { build } = await import("astro");
  await build(astroOptions(gathered, { out, scratch, base }));
}

export function astroOptions(
  { catalogue }: Gathered,
  { out, scratch, base }: PagesOptions,
): AstroInlineConfig {
  return {
    root: home,
    logLevel: "warn",
    outDir: out,
    cacheDir: join(scratch, "astro"),
    base,
    site: catalogue.site.url,
  };
}
