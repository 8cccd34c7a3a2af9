import { runAsOf } from "../src/archive/judged.ts";
import type { Checklist, Section } from "../src/model/checklist.ts";
import { type Gate, gateOf } from "../src/model/gate.ts";
import { showLocal } from "../src/model/instant.ts";
import { nearest } from "../src/model/nearest.ts";
import { outlineOf } from "../src/model/outline.ts";
import { storedChecklist } from "./bound.ts";
import { defineCommand, exit, UsageError } from "./command.ts";
import { inert } from "./inert.ts";
import { findProject } from "./project.ts";
import { findRun } from "./storedrun.ts";

export const gate = defineCommand({
  name: "gate",
  summary: "says by its exit code whether a run may go on to a section",
  details: `For pipelines: countersign gate RUN --before SECTION && deploy. It answers from the records that are stored, as of the last of them, and not by the clock: what was done meanwhile has to be handed in first.

No is said where something that stands before the section would make the run failed or incomplete; where an item before it, or one that its items need, is not done; where a signature it waits for is missing; where no decision, or another one than go, is recorded; and where the run was closed, stopped or turned back. A section stands before another by its stage, and within a stage by its place in the document. Exceptions keep nobody from going on; how many nobody has accepted is said.

Exit codes: 0 yes; 3 no, and what is open; 1 it cannot be told, because there is no such run, or what is stored is not what was stored; 2 wrong usage.`,
  positionals: [{ name: "run", summary: "id of the run" }],
  options: {
    before: {
      type: "string",
      value: "SECTION",
      required: true,
      summary: "id of the section that is to begin",
    },
    json: { type: "boolean", summary: "print JSON" },
  },
  async run({ positionals: [name = ""], options }, context) {
    const root = findProject(context.cwd);
    const found = findRun(root, name);
    if ("reason" in found) {
      context.stderr.write(`countersign gate: cannot tell: ${found.reason}\n`);
      return exit.problems;
    }
    const { stored } = found;
    const last = stored.envelopes.at(-1);
    if (!last) throw new RangeError("a stored run has at least one record");
    const { checklist } = storedChecklist(root, stored);
    const section = sectionNamed(checklist, options.before);
    const run = runAsOf(stored, stored.envelopes.length);
    const answer = gateOf({ checklist, run, facts: last.gathered, policy: last.policy }, section);
    context.stdout.write(options.json ? `${JSON.stringify(answer, null, 2)}\n` : textOf(answer));
    return answer.open ? exit.done : exit.unclean;
  },
});

function sectionNamed(checklist: Checklist, id: string): Section {
  const { section, sections } = outlineOf(checklist);
  const found = section.get(id);
  if (found) return found;
  const ids = sections.map((one) => one.id);
  const near = nearest(id, ids);
  throw new UsageError(
    `${checklist.id} ${checklist.version} has no section '${id}'; ${near === null ? `there are ${ids.join(", ")}` : `did you mean '${near}'?`}`,
  );
}

function textOf({ run, record, asOf, title, open, hindrances, exceptions }: Gate): string {
  const left =
    exceptions === 0
      ? []
      : [`${exceptions} ${exceptions === 1 ? "exception" : "exceptions"} nobody has accepted yet`];
  const lines = [
    `${open ? "YES" : "NO"}  ${run} before ${title}, as of record ${record} (${showLocal(asOf)})`,
    ...hindrances.map(
      ({ kind, says, rule }) => `  ${kind.padEnd(15)}  ${says}${rule === null ? "" : ` [${rule}]`}`,
    ),
    ...left,
  ];
  return `${lines.map(inert).join("\n")}\n`;
}
