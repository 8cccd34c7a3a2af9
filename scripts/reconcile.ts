import { resolve } from "node:path";
import { runAsOf } from "../src/archive/judged.ts";
import { readEnvelopes, readRunNames } from "../src/archive/read.ts";
import type { Envelope } from "../src/model/envelope.schema.ts";
import { compareInstants, showLocal } from "../src/model/instant.ts";
import {
  reconcile as compare,
  type Deployed,
  type Period,
  type Reconciliation,
  type RecordedRun,
} from "../src/model/reconciling.ts";
import { storedChecklist } from "./bound.ts";
import { type CommandContext, defineCommand, exit, UsageError } from "./command.ts";
import { instantIn, parseDeployments } from "./deployments.ts";
import { inert } from "./inert.ts";
import { readCapped } from "./inputfile.ts";
import { findProject } from "./project.ts";
import { zoneOf, zoneOption } from "./zone.ts";

const most = 16 * 1024 * 1024;

export const reconcile = defineCommand({
  name: "reconcile",
  summary: "lists deployments without a record, and records without a deployment",
  details: `Reads a list of deployments in CSV, such as a pipeline or a cluster exports it, and compares it with the runs that are stored. Columns: deployed_at and environment are needed; version, commit, change, run and product (or the checklist's id) tell which run it is. Other columns are left out and named.

A deployment and a run belong together where the list names the run; else where change, commit (seven digits or more) or version are the same, in the same environment, a version within two days. Nothing is matched by likeness, and each run is taken once.

Runs are looked at from two days before the first deployment to two days after the last, or between --from and --to. Listed are: deployments without a record; runs that deployed something, and no deployment is listed; runs that no record closes; and pairs that do not agree.

Exit codes: 0 everything agrees; 3 something does not; 1 the list cannot be read; 2 wrong usage.`,
  positionals: [{ name: "deployments.csv", summary: "the list; - is standard input" }],
  options: {
    environment: { type: "string", value: "NAME", summary: "look at this environment only" },
    from: { type: "string", value: "TIME", summary: "runs from this time on" },
    to: { type: "string", value: "TIME", summary: "runs up to this time" },
    timezone: zoneOption,
    json: { type: "boolean", summary: "print JSON" },
  },
  async run({ positionals: [name = ""], options }, context) {
    const root = findProject(context.cwd);
    const zone = zoneOf(options.timezone);
    const { from, to } = options;
    if ((from === undefined) !== (to === undefined))
      throw new UsageError("--from and --to are given together");
    const instant = (option: string, typed: string): string => {
      const day = /^\d{4}-\d\d-\d\d$/.test(typed)
        ? `${typed} ${option === "to" ? "23:59:59" : "00:00"}`
        : typed;
      const found = instantIn(day, zone);
      if (found === null)
        throw new UsageError(`--${option} is a time with an offset, or add --timezone; not "${typed}"`);
      return found;
    };
    const period: Period | null =
      from === undefined || to === undefined ? null : { from: instant("from", from), to: instant("to", to) };
    if (period && compareInstants(period.from, period.to) > 0) throw new UsageError("--from is after --to");
    const text = await readList(name, context);
    const { deployments, faults, ignored } = parseDeployments(text, zone);
    if (faults.length > 0) {
      for (const fault of faults)
        context.stderr.write(`countersign reconcile: ${inert(`${name}: ${fault}`)}\n`);
      return exit.problems;
    }
    const here = ({ environment }: { readonly environment: string }): boolean =>
      options.environment === undefined || environment === options.environment;
    const found = compare(deployments.filter(here), recordedRuns(root).filter(here), period);
    context.stdout.write(
      options.json ? `${JSON.stringify({ ...found, ignored }, null, 2)}\n` : textOf(found, ignored),
    );
    return isWhole(found) ? exit.done : exit.unclean;
  },
});

async function readList(name: string, context: CommandContext): Promise<string> {
  const bytes = name === "-" ? await context.stdin() : readCapped(resolve(context.cwd, name), name, most);
  if (bytes.length > most) throw new UsageError(`${name} is longer than ${most} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not UTF-8`);
  }
}

function isWhole({ pairs, unrecorded, undeployed, open }: Reconciliation): boolean {
  const differ = pairs.some(({ differences }) => differences.length > 0);
  return !differ && unrecorded.length === 0 && undeployed.length === 0 && open.length === 0;
}

/** Every stored run, from its records alone. One that holds none is of no use here, and `check` says so. */
function recordedRuns(root: string): readonly RecordedRun[] {
  const products = new Map<string, string | null>();
  return readRunNames(root).flatMap((run) => {
    const envelopes = readEnvelopes(root, run);
    const last = envelopes.at(-1);
    if (!last) return [];
    const { digest } = last.checklist;
    if (!products.has(digest)) {
      const { checklist } = storedChecklist(root, { run, envelopes, damaged: [] });
      products.set(digest, checklist.product?.name ?? null);
    }
    return [recordedRun(run, envelopes, last, products.get(digest) ?? null)];
  });
}

function recordedRun(
  run: string,
  envelopes: readonly Envelope[],
  last: Envelope,
  product: string | null,
): RecordedRun {
  const { deployment, change, window, anchors } = runAsOf({ run, envelopes }, envelopes.length);
  return {
    run,
    checklist: last.checklist.id,
    product,
    environment: deployment.environment,
    version: deployment.to,
    commit: deployment.commit,
    change: change.id,
    at: window.start ?? anchors.start ?? anchors.live ?? window.plannedStart ?? last.record.asOf,
    asOf: last.record.asOf,
    outcome: last.judged.outcome,
    finding: last.judged.finding,
  };
}

function sayDeployment({ line, at, environment, product, version, commit, change, run }: Deployed): string {
  const parts = [product, version, commit?.slice(0, 12), change, run].filter((part) => part != null);
  return `  line ${line}  ${showLocal(at)}  ${environment}  ${parts.join("  ")}`.trimEnd();
}

function sayRun({ run, at, environment, version, outcome, finding }: RecordedRun): string {
  return `  ${run}  ${showLocal(at)}  ${environment}  ${version ?? "no version"}  ${outcome}, ${finding}`;
}

function textOf(found: Reconciliation, ignored: readonly string[]): string {
  const { pairs, unrecorded, undeployed, open, from, to } = found;
  const differ = pairs.filter(({ differences }) => differences.length > 0);
  const part = (title: string, rows: readonly string[]): readonly string[] =>
    rows.length === 0 ? [] : [`${title}: ${rows.length}`, ...rows];
  const span = from === null || to === null ? "" : `, runs from ${showLocal(from)} to ${showLocal(to)}`;
  const lines = [
    `${pairs.length + unrecorded.length} deployments listed, ${pairs.length} recorded${span}`,
    ...part("deployments without a record", unrecorded.map(sayDeployment)),
    ...part("records without a deployment", undeployed.map(sayRun)),
    ...part("runs that were never closed", open.map(sayRun)),
    ...part(
      "deployments whose record says something else",
      differ.map(
        ({ deployment, run, differences }) =>
          `  line ${deployment.line}  ${run.run}: ${differences.join("; ")}`,
      ),
    ),
    ...(ignored.length === 0 ? [] : [`columns that were not looked at: ${ignored.join(", ")}`]),
  ];
  return `${lines.map(inert).join("\n")}\n`;
}
