import { join, relative, resolve } from "node:path";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { nearest } from "../src/model/nearest.ts";
import { outlineOf } from "../src/model/outline.ts";
import { currentVersion, standingOf } from "../src/model/version.ts";
import type { Unprintable } from "../src/pdf/fonts.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { rolesOf } from "../src/pdf/sheet/part.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { readInstallation } from "../src/source/installation.ts";
import { defineCommand, exit, UsageError } from "./command.ts";
import { sayBroken } from "./diagnostics.ts";
import { blankPhones, parseFields, readFilled } from "./filled.ts";
import { readFonts, sayUnprintable } from "./fonts.ts";
import { findProject, parseTarget } from "./project.ts";
import { replaceFile } from "./replace.ts";
import { readVersion } from "./tool.ts";
import { findVersion } from "./versions.ts";

export const sheet = defineCommand({
  name: "sheet",
  summary: "writes the sign-off sheet of a version as a PDF",
  details:
    "The same bytes as the sheet that the site offers. With --superseded, SUPERSEDED and the version that replaces it stand across every page; published sheets never say so, because their bytes do not change. With --run, what the results files record is printed filled, and the rest is blank, same ids: every page says PARTIAL and the digest of the newest record, and the records are attached.",
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
    run: {
      type: "string",
      value: "FILE",
      multiple: true,
      summary: "results JSON of a run that has begun; once for each of its records, in order",
    },
    section: { type: "string", value: "ID", summary: "only this section and what is in it" },
    role: { type: "string", value: "ROLE", summary: "only what this role does and signs" },
    order: {
      type: "string",
      value: "ORDER",
      choices: ["source", "time"],
      summary: "sections as they are written, or by their times (default: source)",
    },
    initials: {
      type: "string",
      value: "WHERE",
      choices: ["row", "section"],
      summary: "initials beside each row, or once a section (default: row)",
    },
    field: {
      type: "string",
      value: "KEY=VALUE",
      multiple: true,
      summary: "fills a blank of the head: environment, from, to, change, lead, or a field of the checklist",
    },
    superseded: { type: "boolean", summary: "mark a version that is not the current one any more" },
  },
  async run({ positionals, options }, context) {
    const target = parseTarget(positionals[0]);
    const { id, version } = target;
    const root = findProject(context.cwd);
    const installation = readInstallation(join(root, "content"));
    const broken = sayBroken(installation);
    if (broken !== null) {
      context.stderr.write(broken);
      return exit.problems;
    }
    const { site, lock } = installation;
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
    const filling = options.run ? readFilled(options.run, context.cwd, found.checklist) : null;
    if (filling && "reasons" in filling) {
      context.stderr.write(filling.reasons.map((reason) => `countersign sheet: ${reason}\n`).join(""));
      return exit.problems;
    }
    const only = parseOnly(found.checklist, options);
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
      ...(filling ? { filled: filling.filled } : {}),
      ...(only ? { only } : {}),
      initials: options.initials === "section" ? "section" : "row",
      order: options.order === "time" ? "time" : "source",
      ...fieldsOf(options.field ?? [], found.checklist),
      report: (problem) => unprintable.set(problem.name, problem),
    });
    for (const problem of unprintable.values()) context.stderr.write(sayUnprintable(problem));
    const phones = only ? [] : blankPhones(found.checklist, filling?.filled ?? null);
    if (phones.length > 0)
      context.stderr.write(
        `warning: the phone of ${phones.join(", ")} is blank on this sheet; write it in before the sheet is needed\n`,
      );
    if (options.output === "-") context.stdout.write(bytes);
    else {
      const path = resolve(context.cwd, options.output ?? `${id}-${version}-${paper}.pdf`);
      replaceFile(path, bytes);
      context.stdout.write(`${relative(context.cwd, path) || path}  ${bytes.length} bytes\n`);
    }
    return exit.done;
  },
});

function fieldsOf(
  typed: readonly string[],
  checklist: Checklist,
): Pick<SheetOptions, "fields" | "fieldsFile"> {
  const fields = parseFields(typed, checklist);
  if (fields.size === 0) return {};
  const bytes = new TextEncoder().encode(canonicalJson(Object.fromEntries(fields)));
  return { fields, fieldsFile: { bytes, digest: digestOf(bytes) } };
}

/** Which part of the checklist is asked for. Throws UsageError for a part that it has not. */
function parseOnly(
  checklist: Checklist,
  { section, role }: { readonly section?: string | undefined; readonly role?: string | undefined },
): SheetOptions["only"] {
  if (section !== undefined && role !== undefined)
    throw new UsageError("--section and --role cannot go together: a sheet is of one part");
  const unknown = (what: string, asked: string, known: readonly string[]): UsageError => {
    const near = nearest(asked, known);
    return new UsageError(
      `${checklist.id}@${checklist.version} has no ${what} "${asked}"; ${near === null ? `it has ${known.join(", ")}` : `did you mean "${near}"?`}`,
    );
  };
  if (section !== undefined) {
    const ids = outlineOf(checklist).sections.flatMap(({ id }) => (id === "_root" ? [] : [id]));
    if (!ids.includes(section)) throw unknown("section", section, ids);
    return { section };
  }
  if (role === undefined) return undefined;
  const roles = rolesOf(checklist);
  if (!roles.includes(role)) throw unknown("role", role, roles);
  return { role };
}

function say(standing: string): string {
  return standing === "current"
    ? "the current version"
    : `a ${standing}${standing === "withdrawn" ? " version" : ""}`;
}
