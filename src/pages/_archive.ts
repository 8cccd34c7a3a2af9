/** Stored runs to reports and rows: the archive has the records, the source is parsed as it was run. */
import { storedReport } from "../archive/judged.ts";
import { readRuns, readSource, readStored, type StoredRun } from "../archive/read.ts";
import type { Checklist } from "../model/checklist.ts";
import { briefControls, type RunControls, runOf } from "../model/controls.ts";
import { compareText, type Diagnostic } from "../model/diagnostic.ts";
import { type RegisterRow, registerRow } from "../model/register.ts";
import type { Report } from "../model/report.ts";
import { parseChecklist } from "../source/parse.ts";

export interface JudgedRecord {
  readonly report: Report;
  /** The checklist as it was run: its text is what the report prints. */
  readonly checklist: Checklist;
  /** Pictures among the evidence, by id. */
  readonly pictures: ReadonlyMap<string, string>;
}

/**
 * The checklist that a run was opened with, from the copy that is stored beside its records.
 * @throws where it cannot be read any more
 */
export function checklistOf(root: string, stored: StoredRun): Checklist {
  const [first] = stored.envelopes;
  if (!first) throw new RangeError(`the run '${stored.run}' has no record`);
  const { id, version, digest } = first.checklist;
  const file = `content/runs/${stored.run}/checklist.md`;
  const text = new TextDecoder().decode(readSource(root, stored.run));
  const { checklist, diagnostics } = parseChecklist({ id, version, file, text, digest });
  if (!checklist)
    throw new Error(`${file} cannot be read: ${diagnostics.map(({ reason }) => reason).join("; ")}`);
  return checklist;
}

/** The report of record `n`. */
export function judgedRecord(root: string, stored: StoredRun, n: number): JudgedRecord {
  const checklist = checklistOf(root, stored);
  return {
    report: storedReport(stored, n, checklist).report,
    checklist,
    pictures: picturesOf(root, stored, n),
  };
}

/** Types that a browser shows without running anything, and that a report page takes in. */
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/** Bytes of one picture, and of all on one page: a report must open on a phone. */
const LARGEST = 400_000;
const MOST = 3_000_000;

/** Pictures among the evidence of the first `n` records, as `data:` addresses by id; larger ones stay in the archive. */
export function picturesOf(root: string, stored: StoredRun, n: number): ReadonlyMap<string, string> {
  const pictures = new Map<string, string>();
  let sum = 0;
  for (const { evidence } of stored.envelopes.slice(0, n))
    for (const { id, sha256, type, bytes } of evidence) {
      const isWhole = !stored.damaged.some((file) => file.sha256 === sha256);
      if (!PICTURES.includes(type) || bytes > LARGEST || sum + bytes > MOST || !isWhole) continue;
      sum += bytes;
      const data = Buffer.from(readStored(root, stored.run, "evidence", sha256)).toString("base64");
      pictures.set(id, `data:${type};base64,${data}`);
    }
  return pictures;
}

/** In the order in which the runs were opened here, oldest first. */
export function inOrder(runs: readonly StoredRun[]): readonly StoredRun[] {
  const received = ({ envelopes }: StoredRun): string => envelopes[0]?.receivedAt ?? "";
  return runs.toSorted((a, b) => compareText(received(a), received(b)) || compareText(a.run, b.run));
}

/** What the register says of a run, and what it shows for each control. */
export interface Registered {
  readonly row: RegisterRow;
  readonly controls: RunControls["controls"];
}

export function registeredOf(root: string, stored: StoredRun): Registered {
  const { report, checklist } = judgedRecord(root, stored, stored.envelopes.length);
  return {
    row: registerRow(report, stored.envelopes[0]?.receivedAt ?? ""),
    controls: briefControls(report, checklist),
  };
}

export interface Register {
  /** Oldest first. */
  readonly rows: readonly RegisterRow[];
  readonly controls: readonly RunControls[];
  /** Runs that cannot be read, with what is wrong: a build refuses them, dev shows them and goes on. */
  readonly diagnostics: readonly Diagnostic[];
}

/** For dev: a build keeps each row by key. */
export function readRegister(root: string): Register {
  const archive = readRuns(root);
  const diagnostics: Diagnostic[] = archive.diagnostics.filter(({ severity }) => severity === "error");
  const found = inOrder(archive.runs).flatMap((stored) => {
    try {
      return [registeredOf(root, stored)];
    } catch (cause) {
      diagnostics.push(unreadable(stored.run, cause));
      return [];
    }
  });
  return {
    rows: found.map(({ row }) => row),
    controls: found.map(({ row, controls }) => ({ ...runOf(row), controls })),
    diagnostics,
  };
}

export function unreadable(run: string, cause: unknown): Diagnostic {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    severity: "error",
    rule: "unreadable-record",
    file: `content/runs/${run}`,
    line: 0,
    column: 0,
    reason,
    hint: null,
  };
}
