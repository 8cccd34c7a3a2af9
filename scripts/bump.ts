import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { readChecklists } from "../src/source/checklists.ts";
import { planBump } from "../src/source/draft.ts";
import { defineCommand, exit } from "./command.ts";
import { refreshEditorFiles } from "./editor.ts";
import { findProject } from "./project.ts";
import { replaceFile } from "./replace.ts";

export const bump = defineCommand({
  name: "bump",
  summary: "writes the next version of a checklist as a draft",
  details:
    "Copies the highest version there is. Ids stay, the status is draft, and what changed is left to be written. A version that is not higher than all others is refused.",
  positionals: [
    { name: "id", summary: "which checklist" },
    { name: "version", summary: "the new version, such as 6.1.0" },
  ],
  options: { "dry-run": { type: "boolean", summary: "print the plan and write nothing" } },
  async run({ positionals, options }, context) {
    const [id = "", version = ""] = positionals;
    const root = findProject(context.cwd);
    const plan = planBump(readChecklists(root), { id, version });
    const refuse = (reasons: readonly string[]): number => {
      for (const reason of reasons) context.stderr.write(`countersign bump: ${reason}\n`);
      return exit.problems;
    };
    if ("reasons" in plan) return refuse(plan.reasons);
    if (existsSync(join(root, plan.file))) return refuse([`${plan.file} is there already`]);
    const source = plan.from?.file ?? "";
    context.stdout.write(`${plan.file}  from ${source}  status: draft, changes: to be written\n`);
    if (options["dry-run"]) {
      context.stdout.write("nothing was written (--dry-run)\n");
      return exit.done;
    }
    mkdirSync(dirname(join(root, plan.file)), { recursive: true });
    replaceFile(join(root, plan.file), plan.text);
    refreshEditorFiles(root);
    return exit.done;
  },
});
