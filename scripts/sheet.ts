import { join, relative, resolve } from "node:path";
import { currentVersion, standingOf } from "../src/model/version.ts";
import type { Unprintable } from "../src/pdf/fonts.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { readInstallation } from "../src/source/installation.ts";
import { defineCommand, exit } from "./command.ts";
import { readFonts, sayUnprintable } from "./fonts.ts";
import { findProject, parseTarget } from "./project.ts";
import { replaceFile } from "./replace.ts";
import { readVersion } from "./tool.ts";
import { findVersion } from "./versions.ts";

export const sheet = defineCommand({
  name: "sheet",
  summary: "writes the sign-off sheet of a version as a PDF",
  details:
    "The same bytes as the sheet that the site offers. With --superseded, SUPERSEDED and the version that replaces it stand across every page; published sheets never say so, because their bytes do not change.",
  positionals: [{ name: "id@version", summary: "which version" }],
  options: {
    paper: {
      type: "string",
      value: "PAPER",
      choices: ["a4", "letter"],
      summary: "a4 or letter (default: as in site.yaml)",
    },
    output: {
      type: "string",
      short: "o",
      value: "FILE",
      summary: "where to; - is standard output (default: <id>-<version>-<paper>.pdf here)",
    },
    superseded: { type: "boolean", summary: "mark a version that is not the current one any more" },
  },
  async run({ positionals, options }, context) {
    const target = parseTarget(positionals[0]);
    const { id, version } = target;
    const root = findProject(context.cwd);
    const { site, lock } = readInstallation(join(root, "content"));
    const found = findVersion(root, lock, target);
    if ("reason" in found) {
      context.stderr.write(`countersign sheet: ${found.reason}\n`);
      return exit.problems;
    }
    const today = context.now().toISOString().slice(0, 10);
    const standing = standingOf(lock, id, version, today);
    const current = currentVersion(lock, id, today);
    if (options.superseded && standing !== "superseded") {
      context.stderr.write(`countersign sheet: ${id}@${version} is not superseded, it is ${say(standing)}\n`);
      return exit.problems;
    }
    if (!options.superseded && standing === "superseded")
      context.stderr.write(
        `note: ${id}@${version} was superseded by ${current}; --superseded prints that across every page\n`,
      );
    const unprintable = new Map<string, Unprintable>();
    const paper = options.paper === "a4" || options.paper === "letter" ? options.paper : site.paper;
    const bytes = await renderSheet(found.checklist, {
      fonts: readFonts(root, site),
      paper,
      organisation: site.organisation,
      url: site.url,
      source: found.source,
      released: lock.checklists[id]?.[version]?.date ?? null,
      tool: readVersion(),
      supersededBy: options.superseded ? current : null,
      report: (problem) => unprintable.set(problem.name, problem),
    });
    for (const problem of unprintable.values()) context.stderr.write(sayUnprintable(problem));
    if (options.output === "-") context.stdout.write(bytes);
    else {
      const path = resolve(context.cwd, options.output ?? `${id}-${version}-${paper}.pdf`);
      replaceFile(path, bytes);
      context.stdout.write(`${relative(context.cwd, path) || path}  ${bytes.length} bytes\n`);
    }
    return exit.done;
  },
});

function say(standing: string): string {
  return standing === "current"
    ? "the current version"
    : `a ${standing}${standing === "withdrawn" ? " version" : ""}`;
}
