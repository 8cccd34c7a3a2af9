/**
 * in-toto Statement v1 with a test-result predicate v0.1, out: what a policy engine asks before it lets an
 * artifact through. Unsigned: whoever wants a signature wraps it in an envelope of their own.
 */
import type { Report } from "../model/report.ts";
import { countedItems, type Exported, hexOf, isWarned, linkOf, recordDigest, testedAs } from "./exported.ts";

export interface Statement {
  readonly text: string;
  /** The run names no artifact with a digest and no whole commit: then the statement is about the record itself. */
  readonly aboutRecord: boolean;
}

/** The statement as JSON text. */
export function renderStatement(exported: Exported): Statement {
  const { report, checklist } = exported;
  const deployed = subjectsOf(report);
  const items = countedItems(report);
  const names = (which: (item: (typeof items)[number]) => boolean): string[] =>
    items.filter(which).map(({ id }) => id);
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: deployed.length > 0 ? deployed : [recordSubject(report)],
    predicateType: "https://in-toto.io/attestation/test-result/v0.1",
    predicate: {
      result: resultOf(report),
      configuration: [
        {
          name: `content/checklists/${checklist.id}/${checklist.version}.md`,
          digest: { sha256: hexOf(report.provenance.checklistDigest) },
        },
      ],
      url: linkOf(exported),
      passedTests: names((item) => testedAs(item) === "passed" && !isWarned(item)),
      warnedTests: names(isWarned),
      failedTests: names((item) => testedAs(item) === "failed"),
    },
  };
  return { text: `${JSON.stringify(statement, null, 2)}\n`, aboutRecord: deployed.length === 0 };
}

/** PASSED is a closed run that was deployed and is clean; a run that is open, stopped or rolled back never is. */
function resultOf({ outcome, finding, interim }: Report): "PASSED" | "WARNED" | "FAILED" {
  if (finding === "failed" || finding === "incomplete" || outcome === "rollback not verified")
    return "FAILED";
  return finding === "clean" && outcome === "deployed" && !interim ? "PASSED" : "WARNED";
}

interface Subject {
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** A digest is what makes a subject: an artifact without one is left to the report. */
function subjectsOf({ deployment }: Report): Subject[] {
  const artifacts = deployment.artifacts.flatMap(({ name, sha256 }): Subject[] => {
    const hex = hexOf((sha256 ?? "").toLowerCase());
    return /^[0-9a-f]{64}$/.test(hex) ? [{ name, digest: { sha256: hex } }] : [];
  });
  const commit = (deployment.commit ?? "").toLowerCase();
  const whole = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
  return whole ? [...artifacts, { name: "commit", digest: { gitCommit: commit } }] : artifacts;
}

function recordSubject(report: Report): Subject {
  return { name: `${report.run}/${report.number}`, digest: { sha256: hexOf(recordDigest(report)) } };
}
