import { join } from "node:path";
import { readInstallation } from "../src/source/installation.ts";
import { planReview } from "../src/source/standing.ts";
import { defineCommand } from "./command.ts";
import { dayOf } from "./day.ts";
import { writeLock } from "./lockfile.ts";
import { findProject, parseTarget } from "./project.ts";

export const review = defineCommand({
  name: "review",
  summary: "says in the lock that a released version was looked at, and nothing has to change",
  details:
    "The next review is due a review time (`review` in the frontmatter) after that day. A review that finds something to change ends in a new version instead.",
  positionals: [{ name: "id@version", summary: "which released version" }],
  options: {
    date: { type: "string", value: "DATE", required: true, summary: "on which day, YYYY-MM-DD" },
    by: { type: "string", value: "NAME", required: true, summary: "who looked at it" },
    "dry-run": { type: "boolean", summary: "print the plan and write nothing" },
  },
  async run({ positionals, options }, context) {
    const target = parseTarget(positionals[0]);
    const date = dayOf("date", options.date);
    const root = findProject(context.cwd);
    const installation = readInstallation(join(root, "content"));
    const plan = planReview(installation.lock, { ...target, date, by: options.by });
    const what = `${target.id}@${target.version}  reviewed on ${date} by ${options.by.trim()}, nothing to change`;
    return writeLock(context, {
      command: "review",
      root,
      installation,
      plan,
      what,
      dry: options["dry-run"] === true,
    });
  },
});
