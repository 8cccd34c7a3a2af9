/** What an auditor asks for, and where the record answers it. Nothing here judges: "not provided" is an answer. */
import { personName } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import { count } from "../rules/rule.ts";
import type { CompletenessRow } from "../storyreport.ts";

type Answer = (situation: Situation) => string | null;

const some = (size: number, noun: string): string | null => (size === 0 ? null : count(size, noun));

const asked: readonly (readonly [asks: string, serves: string, answer: Answer])[] = [
  ["Change request", "SOC 2 CC8.1, ITIL change enablement", ({ run }) => run.change.id ?? run.change.url],
  [
    "Reason and description of the change",
    "PCI DSS 6.5.1",
    ({ run }) => join(run.change.reason, run.change.description),
  ],
  ["Documented impact", "PCI DSS 6.5.1, NIST SP 800-53 CM-4", ({ run }) => run.change.impact],
  ["Impact on security", "PCI DSS 6.5.1, NIST SP 800-53 CM-4", ({ run }) => run.change.securityImpact],
  [
    "Who requested it",
    "NIST SP 800-53 CM-3, AC-5",
    (situation) => named(situation, situation.run.change.requester),
  ],
  [
    "What was deployed (work, commit, artifacts)",
    "SOC 2 CC8.1, SLSA",
    ({ run: { change, deployment } }) =>
      join(
        some(change.work.length, "pull request"),
        deployment.commit,
        some(deployment.artifacts.length, "artifact"),
      ),
  ],
  [
    "Approval by authorised people before the change",
    "PCI DSS 6.5.1, SOC 2 CC8.1, 21 CFR 11.10(g)",
    approvals,
  ],
  [
    "Separation of duties (requester, author, approver)",
    "NIST SP 800-53 AC-5, ISO/IEC 27001 A.5.3",
    ({ run: { change, signatures } }) =>
      change.requester !== null &&
      change.work.some(({ authors }) => authors.length > 0) &&
      signatures.length > 0
        ? "requester, authors and signers are named"
        : null,
  ],
  ["Tests before and after", "PCI DSS 6.5.1, ISO/IEC 27001 A.8.29", ({ states }) => passed(states)],
  [
    "Procedure to go back, and who decides",
    "PCI DSS 6.5.1, SOC 2 CC7.5",
    ({ outline }) => some(outline.items.filter(({ role }) => role === "contingency").length, "step"),
  ],
  [
    "Planned and actual window",
    "NIST SP 800-53 AU-8",
    ({ run: { window } }) =>
      window.plannedStart !== null || window.start !== null
        ? join(
            span(window.plannedStart, window.plannedEnd, "planned"),
            span(window.start, window.end, "actual"),
          )
        : null,
  ],
  ["Evidence", "NIST SP 800-53 AU-3, 21 CFR 11.10(c)", ({ run }) => some(run.evidence.length, "file")],
  [
    "Incidents and who was told",
    "SOC 2 CC7.4",
    ({ run }) =>
      run.closed && run.incidents.length === 0 ? "none recorded" : some(run.incidents.length, "incident"),
  ],
  [
    "Review afterwards",
    "SOC 2 CC8.1, ISO/IEC 27001 A.8.32",
    ({ run }) => (run.review ? (run.review.at ?? "recorded, without a time") : null),
  ],
  ["Version of the checklist and its approval", "21 CFR 11.10(k), ISO 9001 7.5.3", release],
  ["Roster of who may sign", "NIST SP 800-53 AC-3, 21 CFR 11.10(g)", ({ facts }) => facts.rosterDigest],
];

export function completenessOf(situation: Situation): readonly CompletenessRow[] {
  return asked.map(([asks, serves, answer]) => ({ asks, serves, answer: answer(situation) }));
}

function passed(states: Situation["states"]): string | null {
  const size = states.filter(
    ({ item, status }) => item.derived === null && (status === "passed" || status === "met"),
  ).length;
  return size === 0 ? null : `${count(size, "item")} passed or met`;
}

function join(...parts: readonly (string | null)[]): string | null {
  const given = parts.filter((part) => part !== null);
  return given.length === 0 ? null : given.join("; ");
}

function span(start: string | null, end: string | null, what: string): string | null {
  return start === null && end === null ? null : `${what} ${start ?? "?"} to ${end ?? "?"}`;
}

function named(situation: Situation, id: string | null): string | null {
  return id === null ? null : personName(situation, id).name;
}

function approvals(situation: Situation): string | null {
  const given = situation.signing.filter(
    ({ signoff, state }) => signoff.meaning === "approval" && state === "signed",
  );
  const wanted = situation.signing.filter(
    ({ signoff, state }) => signoff.meaning === "approval" && state !== "not needed",
  );
  return given.length === 0 ? null : `${given.length} of ${wanted.length} signed`;
}

function release({ checklist, facts }: Situation): string | null {
  const entry = facts.lock?.checklists[checklist.id]?.[checklist.version];
  return entry ? `${checklist.version}, released ${entry.date}, approved by ${entry.approvedBy}` : null;
}
