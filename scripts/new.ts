import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readChecklists } from "../src/source/checklists.ts";
import { planNew } from "../src/source/draft.ts";
import { defineCommand, exit } from "./command.ts";
import { modelineFor, refreshEditorFiles } from "./editor.ts";
import { findProject } from "./project.ts";
import { replaceFile } from "./replace.ts";

/** Named `create`, because `new` is a word of the language. */
export const create = defineCommand({
  name: "new",
  summary: "writes the first draft of a checklist",
  details:
    "The draft is a small checklist that works: it shows sections before, during and after a change, items with limits and evidence, commands, triggers and the way back. Change it into yours. A checklist that exists is never touched.",
  positionals: [{ name: "id", summary: "its name in addresses: a-z, 0-9, '.', '_', '-'" }],
  options: {
    version: { type: "string", value: "V", summary: "of the draft (default: 1.0.0)" },
    title: { type: "string", value: "TITLE", summary: "default: made from the id" },
    "dry-run": { type: "boolean", summary: "print the draft and write nothing" },
  },
  async run({ positionals, options }, context) {
    const id = positionals[0] ?? "";
    const root = findProject(context.cwd);
    const title = (options.title ?? "").replace(/\s+/g, " ").trim() || titleOf(id);
    const text = firstDraft(title, modelineFor(root));
    const plan = planNew(readChecklists(root), { id, version: options.version ?? "1.0.0" }, text);
    const refuse = (reasons: readonly string[]): number => {
      for (const reason of reasons) context.stderr.write(`countersign new: ${reason}\n`);
      return exit.problems;
    };
    if ("reasons" in plan) return refuse(plan.reasons);
    // A file that cannot be read is no version yet, and is not overwritten either.
    if (existsSync(join(root, plan.file))) return refuse([`${plan.file} is there already`]);
    if (options["dry-run"]) {
      context.stdout.write(`${plan.text}\n${plan.file}  would be written (--dry-run)\n`);
      return exit.done;
    }
    mkdirSync(dirname(join(root, plan.file)), { recursive: true });
    replaceFile(join(root, plan.file), plan.text);
    refreshEditorFiles(root);
    context.stdout.write(`${plan.file}  written\n`);
    return exit.done;
  },
});

/** `night-release` as "Night release". */
function titleOf(id: string): string {
  const words = id.replace(/[-_.]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param modeline with its line end, or empty */
export function firstDraft(title: string, modeline: string): string {
  const template = readFileSync(new URL("draft.md", import.meta.url), "utf8");
  const filled: Readonly<Record<string, string>> = {
    modeline,
    // JSON is YAML: quotes keep what YAML would read as something else.
    title: JSON.stringify(title),
    heading: title.replace(/[\\`*_[\]<>&~|#]/g, "\\$&"),
  };
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => filled[name] ?? "");
}
