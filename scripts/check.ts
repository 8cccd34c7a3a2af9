import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { readRunNames } from "../src/archive/read.ts";
import type { Diagnostic } from "../src/model/diagnostic.ts";
import { type Catalogue, readChecklists } from "../src/source/checklists.ts";
import { type FixPlan, planFix } from "../src/source/fix.ts";
import { findSecrets } from "../src/source/secrets.ts";
import { type CommandContext, defineCommand, exit, UsageError } from "./command.ts";
import {
  countDiagnostics,
  type DiagnosticFormat,
  diagnosticFormats,
  renderDiagnostics,
} from "./diagnostics.ts";
import type { ShownText } from "./excerpt.ts";
import { findProject } from "./project.ts";
import { checkRecords } from "./records.ts";
import { releasedTexts } from "./released.ts";
import { replaceFile } from "./replace.ts";
import { readVersion } from "./tool.ts";

export const check = defineCommand({
  name: "check",
  summary: "prints everything that is wrong with the content",
  details:
    "Reads all checklists, the lock, site.yaml, roles.yaml and the stored records. Exits 1 if there is an error, with --strict also if there is a warning. With paths only what concerns these files or folders is printed and counted.\n\nWith --fix the cures that are safe are applied to drafts, and printed: quotes round versions, characters that went through a wrong code page, ids that are not written yet. What is released is never touched; what is left is printed after that.",
  positionals: [
    {
      name: "path",
      summary: "files or folders to look at (default: all content)",
      optional: true,
      many: true,
    },
  ],
  options: {
    format: {
      type: "string",
      value: "FORMAT",
      choices: diagnosticFormats,
      summary: "how to print: text, json, sarif or github, which is workflow commands (default: text)",
    },
    strict: { type: "boolean", summary: "warnings count as errors" },
    fix: { type: "boolean", summary: "apply the safe cures to drafts" },
    "dry-run": { type: "boolean", summary: "with --fix: print what it would write, and write nothing" },
  },
  async run({ positionals, options }, context) {
    const root = findProject(context.cwd);
    const format = diagnosticFormats.find((one) => one === options.format) ?? "text";
    if (options["dry-run"] && !options.fix) throw new UsageError("--dry-run belongs to --fix");
    const wanted = positionals.map((path) => relative(root, resolve(context.cwd, path)).split(sep).join("/"));
    const concerns = (file: string): boolean =>
      wanted.length === 0 || wanted.some((path) => isIn(file, path));
    let all = readChecklists(root, releasedTexts(root));
    const records = checkRecords(root);
    const files = [
      ...all.sources.map(({ file }) => file),
      ...readRunNames(root).map((run) => `content/runs/${run}/1.json`),
      ...[...all.diagnostics, ...records].map(({ file }) => file),
    ];
    const empty = wanted.findIndex((path) => !files.some((file) => isIn(file, path)));
    if (empty >= 0) throw new UsageError(`there is no checklist and no record at "${positionals[empty]}"`);
    if (options.fix) {
      const plans = planFixes(all, concerns);
      const dry = options["dry-run"] === true;
      // What machines read is one document: the plan goes beside it.
      writePlans(plans, dry, format === "text" ? context.stdout : context.stderr);
      if (!dry) {
        for (const { file, text } of plans) replaceFile(join(root, file), text);
        all = readChecklists(root, releasedTexts(root));
      }
    }
    const diagnostics = [...all.diagnostics, ...records].filter(({ file }) => concerns(file));
    context.stdout.write(print(root, all, diagnostics, format));
    const { errors, warnings } = countDiagnostics(diagnostics);
    return errors > 0 || (options.strict === true && warnings > 0) ? exit.problems : exit.done;
  },
});

function isIn(file: string, path: string): boolean {
  return path === "" || file === path || file.startsWith(`${path}/`);
}

/** Of drafts only: what the lock knows keeps its bytes. */
function planFixes(
  { sources, lock, site }: Catalogue,
  concerns: (file: string) => boolean,
): readonly FixPlan[] {
  return sources
    .filter(({ id, version, file }) => !lock.checklists[id]?.[version] && concerns(file))
    .flatMap((source) => planFix(source, site.knownExamples) ?? []);
}

function writePlans(plans: readonly FixPlan[], dry: boolean, out: CommandContext["stdout"]): void {
  for (const { file, fixes, left } of plans) {
    for (const { line, rule, what } of fixes) out.write(`${file}:${line}  ${rule}  ${what}\n`);
    for (const reason of left) out.write(`${file}  left as it is: ${reason}\n`);
  }
  const count = plans.reduce((sum, { fixes }) => sum + fixes.length, 0);
  out.write(
    `${count} ${count === 1 ? "cure" : "cures"} ${dry ? "would be written (--dry-run)" : "written"}\n\n`,
  );
}

function print(
  root: string,
  { sources, site }: Catalogue,
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
): string {
  const known = new Map(sources.map((source) => [source.file, source]));
  return renderDiagnostics(diagnostics, format, {
    version: readVersion(),
    textOf: (file) => known.get(file) ?? readText(join(root, file)),
    helpOf: (rule) =>
      existsSync(join(root, `content/docs/rules/${rule}.md`)) ? `${site.url}/docs/rules/${rule}/` : null,
  });
}

/** More than anybody writes by hand, and less than what would be slow to show a line of. */
const LARGEST = 1024 * 1024;

function readText(path: string): ShownText | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > LARGEST) return null;
  const text = readFileSync(path, "utf8");
  return { text, secrets: findSecrets(text) };
}
