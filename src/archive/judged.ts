/** Reports of stored records: made again from what was stored, with the judgement that was made at the time. */
import { assemble } from "../model/assemble.ts";
import type { Checklist } from "../model/checklist.ts";
import type { Judged } from "../model/envelope.schema.ts";
import { judge } from "../model/judge.ts";
import type { Report } from "../model/report.ts";
import type { Run } from "../model/run.ts";
import { canonicalJson } from "./canonical.ts";
import type { StoredRun } from "./read.ts";

/** The part of a report that is stored with the record. */
export function judgedOf(report: Report): Judged {
  const { outcome, finding, headline, derivation, counts, exceptions, notes } = report;
  // Plain data without readonly: the schema's types are mutable.
  return structuredClone({
    outcome,
    finding,
    headline,
    derivation,
    counts,
    facts: [...exceptions, ...notes],
  }) as Judged;
}

export interface StoredReport {
  readonly report: Report;
  /** Would the rules of today judge otherwise? The report has the stored judgement in either case. */
  readonly drifted: boolean;
  /** What the rules of today say. */
  readonly today: Judged;
}

/** The run as of record `n`. Stored records were assembled when they came in: that they still can be is checked. */
export function runAsOf(stored: Pick<StoredRun, "run" | "envelopes">, n: number): Run {
  const chain = stored.envelopes
    .slice(0, n)
    .map(({ record, digest, receivedAt }) => ({ record, digest, receivedAt }));
  const assembly = assemble(chain);
  if ("run" in assembly) return assembly.run;
  const faults = assembly.faults.map(
    ({ record, pointer, reason }) => `record ${record} ${pointer}: ${reason}`,
  );
  throw new Error(`the stored run '${stored.run}' cannot be assembled: ${faults.join("; ")}`);
}

/**
 * The report of record `n` of a stored run.
 * @param checklist the source that is stored with the run, parsed
 * @throws where the stored records do not hold together: then they were changed after they came in
 */
export function storedReport(stored: StoredRun, n: number, checklist: Checklist): StoredReport {
  const envelope = stored.envelopes[n - 1];
  if (!envelope) throw new RangeError(`the run '${stored.run}' has no record ${n}`);
  const { gathered: facts, policy, judged, rules } = envelope;
  const report = judge({ checklist, run: runAsOf(stored, n), facts, policy });
  const today = judgedOf(report);
  const drifted = canonicalJson(today) !== canonicalJson(judged);
  if (!drifted && report.rules === rules) return { report, drifted, today };
  const { facts: found, ...rest } = structuredClone(judged);
  return {
    drifted,
    today,
    report: {
      ...report,
      ...rest,
      rules,
      exceptions: found.filter(({ severity }) => severity !== "note"),
      notes: found.filter(({ severity }) => severity === "note"),
      undispositioned: found.filter(
        ({ severity, disposition }) => severity !== "note" && disposition === null,
      ).length,
    },
  };
}
