import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { hasControls, runOf } from "../src/model/controls.ts";
import { registerView } from "../src/model/registerpages.ts";
import { defineCommand, exit, UsageError } from "./command.ts";
import { countDiagnostics, renderDiagnostics } from "./diagnostics.ts";
import { findProject } from "./project.ts";
import { type Gathered, gather } from "./site/gather.ts";
import { writePages } from "./site/pages.ts";
import { writeRedirects } from "./site/redirects.ts";
import { writeRegister } from "./site/register.ts";
import { writeReports } from "./site/reports.ts";
import { readShownRuns, type ShownRun } from "./site/runs.ts";
import { writeSearch } from "./site/search.ts";
import { writeSitemap } from "./site/sitemap.ts";
import { keepBodies, writeSheets, writeVersions } from "./site/versions.ts";

/** Outputs that no build has asked for in so many milliseconds are forgotten: thirty days. */
const UNUSED = 30 * 24 * 3600 * 1000;

export const build = defineCommand({
  name: "build",
  summary: "builds the site: pages, sheets and reports",
  details:
    "Refuses content with errors, and leaves what was built before as it is. What has not changed since the last build is taken from .cache. Permalinks come from site.yaml; --base says only where the site is served.",
  options: {
    content: { type: "string", value: "DIR", summary: "the content folder (default: content here or above)" },
    out: { type: "string", value: "DIR", summary: "where the site goes (default: dist)" },
    base: {
      type: "string",
      value: "PATH",
      summary: "the path it is served under (default: /)",
    },
  },
  async run({ options }, context) {
    const root =
      options.content === undefined
        ? findProject(context.cwd)
        : rootOf(resolve(context.cwd, options.content));
    const out = resolve(context.cwd, options.out ?? "dist");
    refuseOther(out);
    const started = performance.now();
    const day = context.now().toISOString().slice(0, 10);
    const gathered = gather(root, day);
    const archive = await readShownRuns(gathered, context.now());
    const diagnostics = [...gathered.diagnostics, ...archive.diagnostics];
    const { errors } = countDiagnostics(diagnostics);
    if (errors > 0) {
      context.stderr.write(renderDiagnostics(diagnostics, "text"));
      context.stderr.write("NOT BUILT: the content has errors; what was built before is as it was\n");
      return exit.problems;
    }
    const base = baseOf(options.base ?? "/");
    const say = (stage: string, text: string): void => {
      context.stdout.write(`${stage.padEnd(12)} ${text}\n`);
    };
    await buildInto(gathered, archive.runs, { out, base, say });
    gathered.kept.sweep(new Date(context.now().getTime() - UNUSED));
    say("built", `${out} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return exit.done;
  },
});

/** `--content` names the content folder itself, or the folder that holds it. */
export function rootOf(given: string): string {
  if (existsSync(join(given, "content"))) return given;
  if (basename(given) === "content" && existsSync(given)) return dirname(given);
  throw new UsageError(`--content: ${given} is no content folder: it is called "content", or holds one`);
}

/** A build replaces the whole folder: one that holds something else is left alone. */
function refuseOther(out: string): void {
  const isOurs =
    !existsSync(out) || readdirSync(out).length === 0 || existsSync(join(out, "sitemap-index.xml"));
  if (!isOurs)
    throw new UsageError(
      `--out: ${out} holds something that is not a built site, and a build would replace it`,
    );
}

/** A path that begins and ends with a slash. */
export function baseOf(given: string): string {
  const segments = given.split("/").filter((segment) => segment !== "");
  return segments.length === 0 ? "/" : `/${segments.join("/")}/`;
}

interface Target {
  readonly out: string;
  readonly base: string;
  readonly say: (stage: string, text: string) => void;
}

/** Builds beside the cache, so that kept files are linked and not copied; `out` is replaced only when all is there. */
async function buildInto(
  gathered: Gathered,
  runs: readonly ShownRun[],
  { out, base, say }: Target,
): Promise<void> {
  mkdirSync(gathered.cache, { recursive: true });
  const scratch = mkdtempSync(join(gathered.cache, "building-"));
  const site = join(scratch, "site");
  const timed = async <T>(stage: string, work: () => Promise<T>, text: (result: T) => string): Promise<T> => {
    const from = performance.now();
    const result = await work();
    say(stage, `${text(result).padEnd(44)} ${((performance.now() - from) / 1000).toFixed(1)} s`);
    return result;
  };
  const made = (count: number): string => (count === 0 ? "all kept from before" : `${count} made now`);
  const ids = new Set(gathered.shown.map(({ checklist }) => checklist.id)).size;
  try {
    await timed(
      "checklists",
      () => keepBodies(gathered),
      (count) => `${ids}, bodies: ${made(count)}`,
    );
    const rows = runs.map(({ row }) => row);
    const controls = runs.map(({ row, controls: found }) => ({ ...runOf(row), controls: found }));
    // Astro works in a process of its own: what ten thousand runs cost is done beside it.
    const apart = join(scratch, "apart");
    await all([
      timed(
        "pages",
        () => writePages(gathered, registerView(rows, hasControls(controls)), { out: site, scratch, base }),
        (count) => `${count}`,
      ),
      timed(
        "reports",
        () => writeReports(gathered, runs, apart),
        (done) => `${done.reports}, ${made(done.made)}`,
      ),
    ]);
    adopt(join(apart, "reports"), join(site, "reports"));
    await timed(
      "register",
      () => writeRegister(gathered, { rows, controls }, site),
      (done) => `${rows.length} runs, ${made(done.made)}`,
    );
    writeSitemap(gathered, rows, site);
    await timed(
      "versions",
      () => writeVersions(gathered, site),
      (count) => `${count}`,
    );
    writeRedirects(gathered, site, base);
    await timed(
      "sheets",
      () => writeSheets(gathered, site),
      (done) => `${done.sheets}, ${made(done.made)}`,
    );
    await timed(
      "search",
      () => writeSearch(gathered, site),
      (count) => `${count} sections and items`,
    );
    replaceFolder(site, out);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Waits for all, also where one fails: nobody writes any more when the scratch folder goes. */
async function all(work: readonly Promise<unknown>[]): Promise<void> {
  for (const done of await Promise.allSettled(work)) if (done.status === "rejected") throw done.reason;
}

/** Puts the few files that lie in `to` beside the many in `from`, and `from` where `to` was. */
function adopt(from: string, to: string): void {
  if (!existsSync(from)) return;
  for (const name of readdirSync(to)) renameSync(join(to, name), join(from, name));
  rmdirSync(to);
  renameSync(from, to);
}

/** Swaps the new folder in. On another disk it is copied beside the old one first, so that the swap stays a rename. */
function replaceFolder(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  let ready = from;
  if (statSync(dirname(to)).dev !== statSync(from).dev) {
    ready = `${to}.arriving-${process.pid}`;
    cpSync(from, ready, { recursive: true });
  }
  const before = `${to}.before-${process.pid}`;
  if (existsSync(to)) renameSync(to, before);
  renameSync(ready, to);
  rmSync(before, { recursive: true, force: true });
}
