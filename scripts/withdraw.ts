import { join } from "node:path";
import { readInstallation } from "../src/source/installation.ts";
import { planWithdraw } from "../src/source/standing.ts";
import { defineCommand } from "./command.ts";
import { dayOf } from "./day.ts";
import { writeLock } from "./lockfile.ts";
import { findProject, parseTarget } from "./project.ts";

export const withdraw = defineCommand({
  name: "withdraw",
  summary: "says in the lock that a released version is not to be used any more",
  details:
    "The file stays as it is: what was run by it can still be read. From the day on no list offers the version, and its page says so with the reason.",
  positionals: [{ name: "id@version", summary: "which released version" }],
  options: {
    date: { type: "string", value: "DATE", required: true, summary: "from which day on, YYYY-MM-DD" },
    reason: { type: "string", value: "TEXT", required: true, summary: "why, in a sentence" },
    "dry-run": { type: "boolean", summary: "print the plan and write nothing" },
  },
  async run({ positionals, options }, context) {
    const target = parseTarget(positionals[0]);
    const date = dayOf("date", options.date);
    const root = findProject(context.cwd);
    const installation = readInstallation(join(root, "content"));
    const plan = planWithdraw(installation.lock, { ...target, date, reason: options.reason });
    const what = `${target.id}@${target.version}  withdrawn from ${date}: ${options.reason.trim()}`;
    return writeLock(context, {
      command: "withdraw",
      root,
      installation,
      plan,
      what,
      dry: options["dry-run"] === true,
    });
  },
});
