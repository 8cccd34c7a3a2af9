/** Results files as they are handed in: read, put in order, and each joined by the evidence that it names. */
import { digestOf } from "../src/archive/canonical.ts";
import { faultIn, type PlacedFile, type ResultsFile } from "../src/formats/results.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";
import { compareInstants } from "../src/model/instant.ts";
import type { KnownExample } from "../src/model/site.schema.ts";
import { type EvidenceFolder, type FoundEvidence, readEvidence } from "./evidence.ts";
import { concealed, leaksOfEvidence, leaksOfResults, noLeaks } from "./leaks.ts";
import { type Redactions, readRedacted, redactEvidence } from "./redaction.ts";

/** A file as somebody handed it in. */
export interface Incoming {
  /** As printed and kept: a path as typed, or `standard input`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly evidence: EvidenceFolder | null;
  /** Where the file is no JSON: the results that were read from it, and what there is to say of that. */
  readonly read?: { readonly results: Uint8Array | null; readonly problems: readonly JsonFault[] };
}

export interface ReadFile extends Incoming {
  readonly results: ResultsFile;
  readonly sha256: string;
}

/** A file that is kept with the record. */
export interface KeptInput {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface Part extends ReadFile {
  readonly found: readonly FoundEvidence[];
  /** Files of other tools that were merged into it, kept as they came. */
  readonly beside: readonly KeptInput[];
}

export interface Reading {
  readonly files: readonly ReadFile[];
  /** JSON that does not follow the schema. */
  readonly unfit: readonly PlacedFile[];
  readonly faults: readonly JsonFault[];
}

/** Reads all files, in order of `asOf`. One that is given twice counts once. Secrets in them are faults. */
export function readFiles(
  files: readonly Incoming[],
  redactions: Redactions,
  known: readonly KnownExample[],
): Reading {
  const faults: JsonFault[] = [];
  const unfit: PlacedFile[] = [];
  const read = new Map<string, ReadFile>();
  for (const file of files) {
    const problems = file.read?.problems ?? [];
    faults.push(...problems.filter(({ severity }) => severity === "error"));
    if (file.read?.results === null) continue;
    const { bytes, reading } = readRedacted(file.read?.results ?? file.bytes, file.name, redactions);
    const document = "results" in reading ? reading.results.document : reading.document;
    const leaks = document ? leaksOfResults({ file: file.name, document }, known) : noLeaks;
    const found = "faults" in reading ? reading.faults : [];
    faults.push(...[...found, ...leaks.faults].map((fault) => concealed(fault, leaks)));
    if (!("results" in reading) && document) unfit.push({ file: file.name, document });
    if ("results" in reading) {
      // What was read from a file of another kind is in the record; what is kept is the file itself.
      const kept = file.read ? file.bytes : bytes;
      const sha256 = digestOf(kept);
      const { warnings, ...results } = reading.results;
      const more = problems.filter(({ severity }) => severity === "warning");
      read.set(sha256, {
        ...file,
        bytes: kept,
        results: { ...results, warnings: [...warnings, ...more] },
        sha256,
      });
    }
  }
  const [first, ...others] = read.values();
  for (const { results } of others) {
    const run = first?.results.record.run;
    if (results.record.run === run) continue;
    const reason = `is of the run '${results.record.run}', and ${first?.name} of '${run}'`;
    faults.push(faultIn(results, "other-run", "/run", reason, "take in one run at a time"));
  }
  const inOrder = [...read.values()].sort((a, b) =>
    compareInstants(a.results.record.asOf, b.results.record.asOf),
  );
  return { files: inOrder, unfit, faults };
}

/** Reads the evidence of each file, within its limits. Secrets in it are faults. */
export function addEvidence(
  files: readonly ReadFile[],
  redactions: Redactions,
  known: readonly KnownExample[],
): {
  readonly parts: readonly Part[];
  readonly faults: readonly JsonFault[];
} {
  const faults: JsonFault[] = [];
  const parts = files.map((file): Part => {
    const read = readEvidence(file.results, file.evidence);
    const { found, faults: vain } = redactEvidence(file.results, read.found, redactions);
    faults.push(...read.faults, ...vain, ...leaksOfEvidence(file.results, found, known));
    return { ...file, found, beside: [] };
  });
  return { parts, faults };
}
