/** Outcome and finding, and how they follow from what the rules found. */
import type { Stage } from "../checklist.ts";
import { type Fact, type ItemName, sayWeights } from "../fact.ts";
import type { Counts } from "../itemreport.ts";
import { statusWords } from "../itemreport.ts";
import { itemName, moment, personName, sayItem } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import { isVerified, verifiers } from "../judgement/turning.ts";
import type { FindingWord, NextDue, Outcome, Report } from "../report.ts";
import { count } from "../rules/rule.ts";
import type { Severity } from "../site.schema.ts";
import { apart, countOf } from "./counts.ts";

export function outcomeOf(situation: Situation): Outcome {
  if (!situation.run.closed) return "in progress";
  if (!situation.turn) return "deployed";
  if (situation.turn.kind === "stop") return "stopped";
  return isVerified(situation) ? "rolled back" : "rollback not verified";
}

const words: readonly (readonly [Severity, FindingWord])[] = [
  ["blocker", "failed"],
  ["gap", "incomplete"],
  ["exception", "with exceptions"],
];

export function findingOf(facts: readonly Fact[]): FindingWord {
  return words.find(([severity]) => facts.some((fact) => fact.severity === severity))?.[1] ?? "clean";
}

/** Why outcome and finding are what they are: first the outcome, then every fact that decided the finding. */
export function derivationOf(situation: Situation, facts: readonly Fact[]): Report["derivation"] {
  const decisive = words.find(([severity]) => facts.some((fact) => fact.severity === severity));
  const finding = findingOf(facts);
  const decided = facts.filter(({ severity }) => severity === decisive?.[0]);
  const because = decisive
    ? `${count(decided.length, decisive[0])}, nothing worse`
    : "no rule found a blocker, a gap or an exception";
  return [
    {
      says: `Outcome ${outcomeOf(situation)}: ${whyOutcome(situation)}.`,
      rule: null,
      items: outcomeItems(situation),
    },
    {
      says: `Finding ${finding}: ${decisive?.[0] === "blocker" ? count(decided.length, "blocker") : because}.`,
      rule: null,
      items: [],
    },
    ...decided.map(({ rule, reason, items }) => ({ says: reason, rule, items })),
  ];
}

function whyOutcome(situation: Situation): string {
  const { run, turn } = situation;
  if (!run.closed) return "no record closes the run";
  if (!turn) return "the run was closed, and no decision stopped it or turned it back";
  const { decision } = turn;
  const by = decision?.by ? ` by ${personName(situation, decision.by).name}` : "";
  const at = turn.at === null ? "" : ` at ${moment(turn.at).local}`;
  const what = decision ? `${decision.decision} was decided${by}${at}` : `a rollback is recorded${at}`;
  if (turn.kind === "stop") return `${what}, before the change began`;
  const proofs = verifiers(situation).map(({ item, status }) => `${sayItem(item)}: ${statusWords[status]}`);
  return `${what}; ${proofs.length > 0 ? `its proof, ${proofs.join(", ")}` : "no item proves the rollback"}`;
}

function outcomeItems(situation: Situation): readonly ItemName[] {
  return situation.turn?.kind === "rollback" ? verifiers(situation).map(({ item }) => itemName(item)) : [];
}

/** How far an open run has come: the latest stage in which something was done; null for a closed one. */
export function stageOf(situation: Situation): Stage | null {
  if (situation.run.closed) return null;
  const worked = (stage: Stage): boolean =>
    situation.states.some(
      ({ item, settled }) => item.stage === stage && item.role !== "triggers" && settled?.status != null,
    );
  const staged = situation.outline.items.some(({ stage }) => stage !== null);
  if (!staged) return null;
  return worked("after") ? "after" : situation.changeBegan ? "change" : "before";
}

/** One line that says it all. */
export function headlineOf(
  situation: Situation,
  counts: Counts,
  facts: readonly Fact[],
  next: NextDue | undefined,
): string {
  const notDue = countOf(counts, "not-due");
  const figures = `${counts.due} due, ${counts.passed} passed, ${sayWeights(facts) || "0 exceptions"}`;
  if (situation.run.closed) {
    const rest = apart.flatMap((status) => {
      const size = countOf(counts, status);
      return size === 0 ? [] : [`${size} ${statusWords[status]}`];
    });
    return `${outcomeOf(situation)}, ${findingOf(facts)}: ${figures}${rest.length > 0 ? `; ${rest.join(", ")}` : ""}`;
  }
  const stage = stageOf(situation);
  const coming = next ? `; next due ${next.item.number} ${next.item.text} at ${next.due.local}` : "";
  return `INTERIM ${situation.run.records.length}, as of ${moment(situation.asOf).local}${stage ? `, stage ${stage}` : ""}: ${figures}; ${notDue} not due${coming}`;
}
