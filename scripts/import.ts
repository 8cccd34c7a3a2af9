import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { compareVersions } from "../src/model/version.ts";
import { badNames, type Catalogue, readChecklists } from "../src/source/checklists.ts";
import { digestOf } from "../src/source/file.ts";
import { checkHistory } from "../src/source/history.ts";
import { type Imported, importBytes } from "../src/source/importer/report.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { defineCommand, exit, UsageError } from "./command.ts";
import { refreshEditorFiles } from "./editor.ts";
import { renderImport } from "./importreport.ts";
import { findProject } from "./project.ts";
import { codeOf, createFile } from "./replace.ts";

export const importing = defineCommand({
  name: "import",
  summary: "makes a source from a checklist that you already have",
  details:
    "Mends text that was read in a wrong code page, maps the frontmatter of other tools, turns boxes of every kind into task boxes, lifts owner, blanks, signatures and contacts into the frontmatter, proposes roles, stages, times, ids, limits and owners of commands, and keeps every other byte. Prints what it did and what it was unsure of. Never overwrites. Exits 1 where the file is refused, with the reason.",
  positionals: [{ name: "file", summary: "a Markdown file, anywhere" }],
  options: {
    id: {
      type: "string",
      value: "ID",
      required: true,
      summary: "the checklist's name in addresses: a-z, 0-9, '.', '_', '-'",
    },
    version: { type: "string", value: "V", summary: "of the source (default: 1.0.0)" },
    fenced: { type: "boolean", summary: "take checklists out of code fences as well" },
    "dry-run": { type: "boolean", summary: "print the report and write nothing" },
    json: { type: "boolean", summary: "print the whole report as JSON" },
  },
  async run({ positionals, options }, context) {
    const path = positionals[0] ?? "";
    const bytes = readInput(resolve(context.cwd, path), path);
    const target = { id: options.id, version: options.version ?? "1.0.0" };
    const [wrong] = badNames(target.id, target.version);
    if (wrong !== undefined) throw new UsageError(wrong);
    const root = findProject(context.cwd);
    const catalogue = readChecklists(root);
    const { site } = catalogue;
    const wish = {
      ...target,
      name: basename(path),
      fenced: options.fenced === true,
      known: site.knownExamples,
    };
    const imported = againstOthers(importBytes(bytes, path, wish), catalogue, target);
    const { report, text } = imported;
    const print = (state: "written" | "planned" | "refused", reason: string | null): number => {
      const printed = { ...report, refused: reason };
      if (options.json)
        context.stdout.write(`${JSON.stringify({ ...printed, written: state === "written" }, null, 2)}\n`);
      else if (reason !== null)
        context.stderr.write(`countersign import: ${path}: ${reason}; nothing was written\n`);
      else context.stdout.write(renderImport(printed, state === "written"));
      return reason === null ? exit.done : exit.problems;
    };
    if (text === null) return print("refused", report.refused);
    if (options["dry-run"]) return print("planned", null);
    try {
      mkdirSync(dirname(join(root, report.to)), { recursive: true });
      createFile(join(root, report.to), text);
    } catch (cause) {
      if (codeOf(cause) !== "EEXIST") throw cause;
      return print("refused", `${report.to} is there already`);
    }
    refreshEditorFiles(root);
    return print("written", null);
  },
});

function readInput(path: string, typed: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === "ENOENT" || code === "ENOTDIR") throw new UsageError(`there is no file "${typed}"`);
    if (code === "EISDIR") throw new UsageError(`"${typed}" is a folder; name the file`);
    throw cause;
  }
}

/** What the other versions of the checklist, and the lock, have against it. */
function againstOthers(
  imported: Imported,
  { sources, lock }: Catalogue,
  { id, version }: { readonly id: string; readonly version: string },
): Imported {
  const { report, text } = imported;
  if (text === null) return imported;
  const refused = (reason: string): Imported => ({ report: { ...report, refused: reason }, text: null });
  const same = sources.find((one) => one.id === id && compareVersions(one.version, version) === 0);
  if (same) return refused(`${same.file} is there already, and is not overwritten: choose another --version`);
  if (lock.checklists[id]?.[version])
    return refused(`${id}@${version} is in the lock: it was released, and its file is missing`);
  const source = { id, version, file: report.to, text, digest: digestOf(text) };
  const { checklist } = parseChecklist(source);
  const all = [...sources, { ...source, checklist }].sort((a, b) => compareVersions(a.version, b.version));
  const fault = checkHistory(lock, all).find(
    ({ file, severity }) => file === report.to && severity === "error",
  );
  return fault ? refused(`beside the other versions it would not pass 'check': ${fault.reason}`) : imported;
}
