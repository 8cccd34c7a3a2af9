import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DifferentBytes } from "../src/archive/durable.ts";
import { Locked } from "../src/archive/lock.ts";
import { readRun } from "../src/archive/read.ts";
import { putRecord, Refused, settle } from "../src/archive/store.ts";
import type { Zone } from "../src/formats/foreign.ts";
import { type JsonFault, maxBytes } from "../src/formats/strictjson.ts";
import { formatInstant, instantOf } from "../src/model/instant.ts";
import { maxFormBytes } from "../src/pdf/form.ts";
import { readInstallation } from "../src/source/installation.ts";
import { type CommandContext, defineCommand, exit, UsageError } from "./command.ts";
import { isPdf, readFilledSheet } from "./filledsheet.ts";
import { type Foreign, foreignOptions, readForeign } from "./foreign.ts";
import type { Incoming } from "./incoming.ts";
import { readCapped } from "./inputfile.ts";
import { type IntakePlan, planIntake } from "./intake.ts";
import { findProject } from "./project.ts";
import { type Receipt, renderReceipt } from "./receipt.ts";
import { parseRedactions, type Redactions } from "./redaction.ts";
import { toolName } from "./tool.ts";
import { zoneOf } from "./zone.ts";

/** How often a plan is made anew because somebody else stored a record of the run meanwhile. */
const attempts = 100;

export const ingest = defineCommand({
  name: "ingest",
  summary: "judges results files and stores them as records of their run",
  details: `The first line says STORED and the digest of the record, or NOT STORED. A record that is stored survives a power cut; one that is refused leaves nothing behind. The same file again changes nothing.

Several files are parts of one run: each becomes a record, in the order of their 'asOf'. Evidence that a record names under 'file' is looked for beside the results file, or in the folder that --evidence names; there it is also found by its SHA-256. Its type is what its bytes say; at most 20 MiB a file and 200 files.

What looks like a secret, in a results file or in evidence that is text, is refused by its place, because what is stored stays. --redact takes it out, and the record says what is missing. A made-up example is listed under knownExamples in content/site.yaml.

Results of other tools are merged into one results file: an item whose 'check' is the name of a test, or whose limit is on the metric, gets what the tool says; --map names what the source does not. Names bind exactly or not at all, and what binds to nothing is listed. An item that the record has already is not changed: where the two disagree, nothing is stored. The files are kept with the record.

A sign-off sheet that was filled in on screen is handed in as it was saved: what its form says becomes the record of a run on paper, what has no place in one is kept and named, and boxes that contradict each other are refused. Times have the offset that is written on the sheet, or --timezone. Of a sheet that was printed half-filled, what was added is recorded, as the next record of its run.

The names: JUnit by name, classname.name or suite > name; CTRF by name, testId or suite > name; k6 checks by name or path, thresholds as 'metric: threshold', figures as metric.figure (http_req_duration.p(95)); Prometheus by METRIC=FILE or by the series; Argo by metric or run/metric; SARIF by tool, tool/rule or rule, counts as tool.error; OHDF by control or profile/control; GitHub by the name of the check, 'deployment ENVIRONMENT', or the text of a ticked task (or the item that a comment beside it names).

Exit codes: 0 stored, and clean so far; 1 refused, nothing was written; 2 wrong usage; 3 stored, but failed, incomplete, or with exceptions that nobody has accepted. With --format json the line about storing goes to standard error, and standard output is one JSON value.`,
  positionals: [
    {
      name: "file",
      summary: "results JSON, or a sheet that was filled in on screen (PDF); - is standard input",
      many: true,
    },
  ],
  options: {
    evidence: {
      type: "string",
      value: "DIR",
      summary: "where the evidence files lie (default: beside the results file)",
    },
    "received-at": {
      type: "string",
      value: "TIME",
      summary: "when it came in, RFC 3339, for records that are moved from another archive (default: now)",
    },
    redact: {
      type: "string",
      value: "PLACE",
      multiple: true,
      summary: "takes out a line of evidence (e5:40) or a text of the results (/results/3/note)",
    },
    ...foreignOptions,
    "dry-run": { type: "boolean", summary: "judge and print, and write nothing" },
    format: {
      type: "string",
      value: "FORMAT",
      choices: ["text", "json"],
      summary: "how to print: text or json (default: text)",
    },
  },
  async run({ positionals, options }, context) {
    const print = (receipt: Receipt): void =>
      renderReceipt(receipt, options.format === "json" ? "json" : "text", context);
    try {
      const root = findProject(context.cwd);
      const files = await readFiles(positionals, options.evidence, zoneOf(options.timezone), {
        ...context,
        // What comes with the sheet may be the records that it goes on with.
        isKnown: (run) => positionals.length > 1 || readRun(root, run).run !== null,
      });
      const receipt = store(
        root,
        files,
        {
          foreign: readForeign(options, files.length, context),
          receivedAt: receivedAt(options["received-at"], context),
          redactions: redactionsOf(options.redact ?? [], files),
        },
        options["dry-run"] === true,
      );
      print(receipt);
      return exitCode(receipt);
    } catch (error) {
      // Whoever reads only the first line must learn it from that line, whatever went wrong.
      print({ status: "stopped", reason: error instanceof UsageError ? null : messageOf(error) });
      if (error instanceof UsageError) throw error;
      if (isForeseen(error)) return exit.problems;
      throw error;
    }
  },
});

/** A line can be taken out of a text, not out of a filled form: it would stay in the file that is kept. */
function redactionsOf(places: readonly string[], files: readonly Incoming[]): Redactions {
  const sheet = files.find(({ read }) => read !== undefined);
  if (places.length > 0 && sheet)
    throw new UsageError(
      `--redact: nothing can be taken out of ${sheet.name}; change the form, and save it again`,
    );
  return parseRedactions(places, files.length);
}

async function readFiles(
  names: readonly string[],
  evidence: string | undefined,
  zone: Zone,
  context: CommandContext & { readonly isKnown: (run: string) => boolean },
): Promise<Incoming[]> {
  const folder = evidence === undefined ? null : resolve(context.cwd, evidence);
  if (folder !== null && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--evidence: there is no folder "${evidence}"`);
  if (names.filter((name) => name === "-").length > 1)
    throw new UsageError("standard input (-) can be read once");
  const files: Incoming[] = [];
  for (const name of names) {
    const named = folder === null ? null : { path: folder, named: true };
    if (name === "-") files.push({ name: "standard input", bytes: await context.stdin(), evidence: named });
    else {
      const path = resolve(context.cwd, name);
      const most = isPdf(path) ? maxFormBytes : maxBytes;
      const bytes = readCapped(path, name, most);
      const evidence = named ?? { path: dirname(path), named: false };
      files.push({
        name,
        bytes,
        evidence,
        ...(isPdf(path) ? { read: readFilledSheet(bytes, name, zone, context.isKnown) } : {}),
      });
    }
  }
  return files;
}

function receivedAt(option: string | undefined, context: CommandContext): string {
  if (option === undefined)
    return context
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, "Z");
  try {
    return formatInstant(instantOf(option));
  } catch {
    throw new UsageError(`--received-at is a time such as 2026-03-05T00:12:00+01:00, not "${option}"`);
  }
}

function store(
  root: string,
  files: readonly Incoming[],
  given: { readonly foreign: Foreign | null; readonly receivedAt: string; readonly redactions: Redactions },
  dryRun: boolean,
): Receipt {
  const installation = readInstallation(join(root, "content"));
  const broken = installation.diagnostics.filter(({ severity }) => severity === "error");
  if (broken.length > 0) return { status: "broken", diagnostics: broken };
  const { url } = installation.site;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const plan = planIntake({
      root,
      installation,
      files,
      tool: toolName(),
      ...given,
    });
    if (plan.status === "refused") return { status: "refused", faults: withoutLines(plan.faults, files) };
    if (plan.status === "known") {
      if (!dryRun) settle(root, plan.run);
      return { ...plan, url };
    }
    if (dryRun || putRecord(root, plan.plan).status === "stored") return receiptOf(plan, url, dryRun);
  }
  throw new Refused("other writers keep adding records to this run; try again");
}

/** A form has names of blanks and pointers, and no lines. */
function withoutLines(faults: readonly JsonFault[], files: readonly Incoming[]): readonly JsonFault[] {
  const sheets = new Set(files.flatMap(({ name, read }) => (read ? [name] : [])));
  return faults.map((fault) => (sheets.has(fault.file) ? { ...fault, line: 0, column: 0 } : fault));
}

function receiptOf(plan: Extract<IntakePlan, { status: "planned" }>, url: string, dryRun: boolean): Receipt {
  return {
    status: dryRun ? "dry-run" : "stored",
    run: plan.plan.run,
    envelopes: plan.plan.envelopes,
    reports: plan.reports,
    warnings: plan.warnings,
    url,
  };
}

function exitCode(receipt: Receipt): number {
  if (receipt.status === "known") return isClean(receipt.envelope.judged) ? exit.done : exit.unclean;
  if (receipt.status !== "stored" && receipt.status !== "dry-run") return exit.problems;
  const last = receipt.envelopes.at(-1);
  return last && isClean(last.judged) ? exit.done : exit.unclean;
}

/** Clean so far: nothing failed or missing that is due, and every exception has been accepted or has its action. */
function isClean({
  finding,
  facts,
}: {
  readonly finding: string;
  readonly facts: readonly { readonly severity: string; readonly disposition: unknown }[];
}): boolean {
  if (finding === "failed" || finding === "incomplete") return false;
  return facts.every(({ severity, disposition }) => severity === "note" || disposition !== null);
}

/** What the disk or another writer may do to us, as opposed to a bug of ours. */
function isForeseen(error: unknown): boolean {
  return (
    error instanceof Refused ||
    error instanceof Locked ||
    error instanceof DifferentBytes ||
    (error instanceof Error && "code" in error)
  );
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? `the disk refused: ${error.message}; nothing was stored` : error.message;
}
