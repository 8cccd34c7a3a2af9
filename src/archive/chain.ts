/** The records of one run, as they lie on disk. */
import { join } from "node:path";
import { type Envelope, envelopeSchema } from "../model/envelope.schema.ts";
import { canonicalJson, digestOf } from "./canonical.ts";
import type { Disk } from "./disk.ts";
import { keyFault } from "./keys.ts";

export type ChainRule =
  | "unreadable-record"
  | "missing-record"
  | "record-digest"
  | "envelope-digest"
  | "broken-chain"
  | "bad-signature"
  | "unfinished-write";

/** Something about a stored run that is not as it was stored. */
export interface ChainProblem {
  readonly rule: ChainRule;
  /** Name of the file in the run's folder. */
  readonly file: string;
  readonly reason: string;
}

export interface Chain {
  /** Committed records in order, from 1, up to the first that is missing or cannot be read. */
  readonly envelopes: readonly Envelope[];
  /** Files of records whose write was never finished: they count as not there. */
  readonly uncommitted: readonly string[];
  readonly problems: readonly ChainProblem[];
}

const FILE = /^([1-9]\d{0,8})\.json$/;

/** Closes an envelope with the digest of all that is in it. */
export function sealed(envelope: Omit<Envelope, "seal">): Envelope {
  return { ...envelope, seal: digestOf(canonicalJson(envelope)) };
}

/** The name of the file of record `n`. */
export function recordFile(n: number): string {
  return `${n}.json`;
}

/** Reads the records of a run; `folder` exists. Problems are collected, errors of the disk are thrown. */
export function readChain(disk: Disk, folder: string): Chain {
  const numbers = disk
    .list(folder)
    .flatMap((name) => FILE.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const last = numbers.at(-1) ?? 0;
  const problems: ChainProblem[] = [];
  const envelopes: Envelope[] = [];
  const uncommitted: string[] = [];
  for (const n of numbers) {
    const read = readEnvelope(disk, folder, n);
    if ("reason" in read)
      problems.push({ rule: "unreadable-record", file: recordFile(n), reason: read.reason });
    else if (read.through > last) uncommitted.push(recordFile(n));
    else if (n === envelopes.length + 1) envelopes.push(read);
  }
  for (let n = 1; n < last; n += 1) {
    if (!numbers.includes(n)) {
      const reason = `record ${n} is missing, but record ${last} is here`;
      problems.push({ rule: "missing-record", file: recordFile(n), reason });
    }
  }
  problems.push(...digestProblems(envelopes));
  for (const file of uncommitted) {
    const reason =
      "belongs to a write that was never finished; it counts as not there, and the next ingest removes it";
    problems.push({ rule: "unfinished-write", file, reason });
  }
  return { envelopes, uncommitted, problems };
}

/** Whether more may be added to the chain, or files beside it tidied up. */
export function isSound(chain: Chain): boolean {
  return chain.problems.every((problem) => problem.rule === "unfinished-write");
}

function readEnvelope(disk: Disk, folder: string, n: number): Envelope | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(disk.read(join(folder, recordFile(n)))),
    );
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError)
      return { reason: `is not JSON: ${error.message}` };
    throw error;
  }
  const parsed = envelopeSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { reason: `is not a stored record: /${issue?.path.join("/") ?? ""} ${issue?.message ?? ""}` };
  }
  if (parsed.data.n !== n) return { reason: `says it is record ${parsed.data.n}` };
  return parsed.data;
}

function digestProblems(envelopes: readonly Envelope[]): ChainProblem[] {
  const problems: ChainProblem[] = [];
  let previous: string | null = null;
  for (const envelope of envelopes) {
    const file = recordFile(envelope.n);
    const digest = digestOf(canonicalJson(envelope.record));
    const { seal, ...content } = envelope;
    if (digest === envelope.digest && sealed(content).seal !== seal) {
      const reason = "was changed after it was stored; its record is as it was";
      problems.push({ rule: "envelope-digest", file, reason });
    }
    if (digest !== envelope.digest) {
      const reason = `was stored with the digest ${envelope.digest}, but its record has ${digest}: it was changed afterwards`;
      problems.push({ rule: "record-digest", file, reason });
    }
    for (const { key, ...signature } of envelope.record.signatures ?? []) {
      const fault = key === undefined ? null : keyFault(envelope.record.run, signature, key);
      if (fault !== null)
        problems.push({ rule: "bad-signature", file, reason: `${signature.role}: ${fault}` });
    }
    if (envelope.previous !== previous) {
      const reason = `follows ${envelope.previous ?? "no record"}, but the record before it is ${previous ?? "none"}`;
      problems.push({ rule: "broken-chain", file, reason });
    }
    previous = envelope.digest;
  }
  return problems;
}
