/** What `check` says of stored records: files that are not as they were stored, judgements that would be others today. */
import { storedReport } from "../src/archive/judged.ts";
import { readRuns, type StoredRun } from "../src/archive/read.ts";
import type { Diagnostic } from "../src/model/diagnostic.ts";
import { checklistOf } from "../src/pages/_archive.ts";

/** Diagnostics of everything under `content/runs`. */
export function checkRecords(root: string): readonly Diagnostic[] {
  const { runs, diagnostics } = readRuns(root);
  return [...diagnostics, ...runs.flatMap((stored) => checkRun(root, stored))];
}

function checkRun(root: string, stored: StoredRun): readonly Diagnostic[] {
  // What was changed is reported already, and would be judged as something that it never was.
  if (stored.damaged.some(({ kind }) => kind === "checklist")) return [];
  try {
    const checklist = checklistOf(root, stored);
    return stored.envelopes.flatMap(({ n, judged }) => {
      const { drifted, today } = storedReport(stored, n, checklist);
      if (!drifted) return [];
      const reason = `was judged '${judged.outcome}, ${judged.finding}' when it came in; the rules of today say '${today.outcome}, ${today.finding}'${today.outcome === judged.outcome && today.finding === judged.finding ? ", for other reasons" : ""}`;
      return [
        diagnostic(stored.run, n, "judgement-drift", "warning", reason, "reports print the stored judgement"),
      ];
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [diagnostic(stored.run, stored.envelopes.length, "unreadable-record", "error", reason, null)];
  }
}

function diagnostic(
  run: string,
  n: number,
  rule: string,
  severity: Diagnostic["severity"],
  reason: string,
  hint: string | null,
): Diagnostic {
  return { severity, rule, file: `content/runs/${run}/${n}.json`, line: 0, column: 0, reason, hint };
}
