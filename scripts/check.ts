import { relative, resolve, sep } from "node:path";
import { readRunNames } from "../src/archive/read.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { defineCommand, exit, UsageError } from "./command.ts";
import { countDiagnostics, renderDiagnostics } from "./diagnostics.ts";
import { findProject } from "./project.ts";
import { checkRecords } from "./records.ts";

export const check = defineCommand({
  name: "check",
  summary: "prints everything that is wrong with the content",
  details:
    "Reads all checklists, the lock, site.yaml, roles.yaml and the stored records. Exits 1 if there is an error, with --strict also if there is a warning. With paths only what concerns these files or folders is printed and counted.",
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
      choices: ["text", "json"],
      summary: "how to print: text or json (default: text)",
    },
    strict: { type: "boolean", summary: "warnings count as errors" },
  },
  async run({ positionals, options }, context) {
    const root = findProject(context.cwd);
    const wanted = positionals.map((path) => relative(root, resolve(context.cwd, path)).split(sep).join("/"));
    const catalogue = readChecklists(root);
    const all = { ...catalogue, diagnostics: [...catalogue.diagnostics, ...checkRecords(root)] };
    const files = [
      ...new Set([
        ...all.sources.map(({ file }) => file),
        ...readRunNames(root).map((run) => `content/runs/${run}/1.json`),
        ...all.diagnostics.map(({ file }) => file),
      ]),
    ];
    const isIn = (file: string, path: string): boolean =>
      path === "" || file === path || file.startsWith(`${path}/`);
    const empty = wanted.findIndex((path) => !files.some((file) => isIn(file, path)));
    if (empty >= 0) throw new UsageError(`there is no checklist and no record at "${positionals[empty]}"`);
    const diagnostics =
      wanted.length === 0
        ? all.diagnostics
        : all.diagnostics.filter(({ file }) => wanted.some((path) => isIn(file, path)));
    context.stdout.write(renderDiagnostics(diagnostics, options.format === "json" ? "json" : "text"));
    const { errors, warnings } = countDiagnostics(diagnostics);
    return errors > 0 || (options.strict === true && warnings > 0) ? exit.problems : exit.done;
  },
});
