/** A record that a command makes itself: it continues a stored run, and goes the way that every results file goes. */
import { resolve } from "node:path";
import type { StoredRun } from "../src/archive/read.ts";
import { putRecord } from "../src/archive/store.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";
import { compareInstants } from "../src/model/instant.ts";
import type { WrittenRecord } from "../src/model/run.schema.ts";
import { readInstallation } from "../src/source/installation.ts";
import { type CommandContext, type CommandOption, exit, UsageError } from "./command.ts";
import { inert } from "./inert.ts";
import { planIntake } from "./intake.ts";
import { parseRedactions } from "./redaction.ts";
import { createFile } from "./replace.ts";
import { toolName } from "./tool.ts";

export const recordOptions = {
  output: {
    type: "string",
    short: "o",
    value: "FILE",
    summary: "write the record to this file, to be handed in with ingest, and store nothing here",
  },
  "dry-run": { type: "boolean", summary: "print what would be stored, and write nothing" },
} as const satisfies Readonly<Record<string, CommandOption>>;

/** Who does it, as typed: an id, and a name where the run does not know the id. */
export interface Somebody {
  readonly id: string;
  readonly name: string | undefined;
  readonly role: string | undefined;
}

/** The clock, as records have it: whole seconds, UTC. */
export function timeNow({ now }: Pick<CommandContext, "now">): string {
  return now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
}

/**
 * A record that adds something to a run at this time. Throws UsageError where the clock here is behind what is
 * recorded, because nothing can be added to a time that has not come.
 */
export function continuing(
  stored: StoredRun,
  at: string,
  { id, name, role }: Somebody,
  parts: Partial<WrittenRecord>,
): WrittenRecord {
  const last = stored.envelopes.at(-1);
  if (!last) throw new RangeError("a stored run has at least one record");
  if (compareInstants(at, last.record.asOf) < 0)
    throw new UsageError(
      `the clock here says ${at}, but the run ${stored.run} is recorded as of ${last.record.asOf}; set the clock right`,
    );
  const known = stored.envelopes.some(({ record }) => record.people?.some((person) => person.id === id));
  const { checklist, record } = last;
  return {
    schema: "countersign/run@1",
    run: stored.run,
    asOf: at,
    previous: last.digest,
    checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
    deployment: { environment: record.deployment.environment },
    ...(known && name === undefined
      ? {}
      : {
          people: [
            { id, ...(name !== undefined && { name }), ...(!known && role !== undefined && { role }) },
          ],
        }),
    results: [],
    source: { kind: "terminal" },
    ...parts,
  };
}

interface HandingIn {
  readonly command: string;
  readonly root: string;
  readonly record: WrittenRecord;
  readonly options: { readonly output: string | undefined; readonly "dry-run": boolean | undefined };
  readonly json: boolean;
}

/** Stores the record, or writes it to a file. Says STORED or NOT STORED first, and returns the exit code. */
export function handIn({ command, root, record, options, json }: HandingIn, context: CommandContext): number {
  const { stdout, stderr } = context;
  const say = (value: Readonly<Record<string, unknown>>, lines: readonly string[]): void => {
    stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${lines.map(inert).join("\n")}\n`);
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`);
  const installation = readInstallation(`${root}/content`);
  const plan = planIntake({
    root,
    installation,
    files: [{ name: `${command}.json`, bytes, evidence: null }],
    receivedAt: timeNow(context),
    tool: toolName(),
    redactions: parseRedactions([], 1),
    foreign: null,
  });
  const refuse = (reasons: readonly string[], faults: readonly JsonFault[] = []): number => {
    say({ stored: false, run: record.run, reasons, faults }, ["NOT STORED", ...reasons]);
    if (json) stderr.write(`countersign ${command}: not stored\n`);
    return exit.problems;
  };
  if (plan.status === "refused")
    return refuse(
      plan.faults.map(
        ({ pointer, reason, hint }) => `${pointer}: ${reason}${hint === null ? "" : `; ${hint}`}`,
      ),
      plan.faults,
    );
  if (plan.status === "known") return refuse(["the same record is stored already"]);
  const [envelope] = plan.plan.envelopes;
  if (!envelope) throw new RangeError("a plan holds at least one record");
  const { n, digest } = envelope;
  if (options["dry-run"]) {
    say({ stored: false, run: record.run, n, digest, record }, [
      `NOT STORED (dry run; it would be record ${n}, ${digest})`,
    ]);
    return exit.done;
  }
  if (options.output !== undefined) {
    createFile(resolve(context.cwd, options.output), bytes);
    say({ stored: false, run: record.run, file: options.output, record }, [
      `NOT STORED here; ${options.output} is to be handed in: countersign ingest ${options.output}`,
    ]);
    return exit.done;
  }
  if (putRecord(root, plan.plan).status === "overtaken")
    return refuse(["somebody else added a record to this run meanwhile: look at it, and try again"]);
  say({ stored: true, run: record.run, n, digest }, [
    `STORED ${digest}`,
    `record ${n} of ${record.run}, ${envelope.judged.outcome}, ${envelope.judged.finding}`,
  ]);
  return exit.done;
}
