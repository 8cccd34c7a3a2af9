import { join } from "node:path";
import { readChecklists } from "../src/source/checklists.ts";
import { planRelease, renderLock } from "../src/source/release.ts";
import { defineCommand, exit } from "./command.ts";
import { dayOf } from "./day.ts";
import { findProject, parseTarget } from "./project.ts";
import { replaceFile } from "./replace.ts";

export const release = defineCommand({
  name: "release",
  summary: "freezes a draft: its digest, date and approver go into the lock",
  details:
    "Refuses on any error of `check`, on ids that are not pinned, without sign-offs, and where the approver is the author. Writes `status: released` into the file and its digest into content/lock.json; from then on the file does not change.",
  positionals: [{ name: "id@version", summary: "which draft" }],
  options: {
    date: { type: "string", value: "DATE", required: true, summary: "the day of the release, YYYY-MM-DD" },
    author: { type: "string", value: "NAME", required: true, summary: "who wrote it" },
    "approved-by": {
      type: "string",
      value: "NAME",
      required: true,
      summary: "who approved it: somebody else",
    },
    "dry-run": { type: "boolean", summary: "print the plan and write nothing" },
  },
  async run({ positionals, options }, context) {
    const target = parseTarget(positionals[0]);
    const date = dayOf("date", options.date);
    const root = findProject(context.cwd);
    const wish = {
      ...target,
      date,
      author: options.author,
      approvedBy: options["approved-by"],
    };
    const plan = planRelease(root, readChecklists(root), wish);
    if ("reasons" in plan) {
      for (const reason of plan.reasons) context.stderr.write(`countersign release: ${reason}\n`);
      context.stderr.write("countersign release: refused; nothing was written\n");
      return exit.problems;
    }
    context.stdout.write(
      `${plan.file}  status: released\ncontent/lock.json  ${target.id}@${target.version}  ${plan.release.digest}\n`,
    );
    if (options["dry-run"] === true) {
      context.stdout.write("nothing was written (--dry-run)\n");
      return exit.done;
    }
    // The lock is the commit point: without it the file is a draft that says 'released', and release can be run again.
    replaceFile(join(root, plan.file), plan.text);
    replaceFile(join(root, "content", "lock.json"), renderLock(plan.lock));
    context.stdout.write(
      `released ${target.id}@${target.version} on ${options.date}, approved by ${options["approved-by"]}\n`,
    );
    return exit.done;
  },
});
