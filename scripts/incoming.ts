/** Results files as they are handed in: read, put in order, and each joined by the evidence that it names. */
import { digestOf } from "../src/archive/canonical.ts";
import { faultIn, parseResults, type ResultsFile } from "../src/formats/results.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";
import { compareInstants } from "../src/model/instant.ts";
import { type EvidenceFolder, type FoundEvidence, readEvidence } from "./evidence.ts";

/** A file as somebody handed it in. */
export interface Incoming {
  /** As printed and kept: a path as typed, or `standard input`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly evidence: EvidenceFolder | null;
}

export interface ReadFile extends Incoming {
  readonly results: ResultsFile;
  readonly sha256: string;
}

export interface Part extends ReadFile {
  readonly found: readonly FoundEvidence[];
}

/** Reads all files, in order of `asOf`. One that is given twice counts once. */
export function readFiles(
  files: readonly Incoming[],
): { readonly files: readonly ReadFile[] } | { readonly faults: readonly JsonFault[] } {
  const faults: JsonFault[] = [];
  const read = new Map<string, ReadFile>();
  for (const file of files) {
    const reading = parseResults(file.bytes, file.name);
    if ("faults" in reading) faults.push(...reading.faults);
    else {
      const sha256 = digestOf(file.bytes);
      read.set(sha256, { ...file, results: reading.results, sha256 });
    }
  }
  const [first, ...others] = read.values();
  for (const { results } of others) {
    const run = first?.results.record.run;
    if (results.record.run === run) continue;
    const reason = `is of the run '${results.record.run}', and ${first?.name} of '${run}'`;
    faults.push(faultIn(results, "other-run", "/run", reason, "take in one run at a time"));
  }
  if (faults.length > 0) return { faults };
  return {
    files: [...read.values()].sort((a, b) => compareInstants(a.results.record.asOf, b.results.record.asOf)),
  };
}

/** Reads the evidence of each file, within its limits. */
export function addEvidence(files: readonly ReadFile[]): {
  readonly parts: readonly Part[];
  readonly faults: readonly JsonFault[];
} {
  const faults: JsonFault[] = [];
  const parts = files.map((file): Part => {
    const read = readEvidence(file.results, file.evidence);
    faults.push(...read.faults);
    return { ...file, found: read.found };
  });
  return { parts, faults };
}
