/** What is known of a run before any item is looked at: answers, anchors, results by item, and whether it turned back. */
import type { Anchor, Checklist, Item, Section } from "../checklist.ts";
import { type Answers, namesIn } from "../condition.ts";
import { addDuration } from "../duration.ts";
import { compareInstants, earliest, parseInstant } from "../instant.ts";
import { recordedTimes } from "../moments.ts";
import { type Outline, outlineOf } from "../outline.ts";
import type { Facts, Policy } from "../policy.ts";
import type { RunResult } from "../result.ts";
import type { Decision, Run } from "../run.ts";

/** The run did not go through: it was stopped before the change, or turned back from it. */
export interface Turn {
  readonly kind: "stop" | "rollback";
  readonly at: string | null;
  /** Null where only `rollback` says so. */
  readonly decision: Decision | null;
}

export interface Frame {
  readonly checklist: Checklist;
  readonly run: Run;
  readonly facts: Facts;
  readonly policy: Policy;
  readonly outline: Outline;
  readonly asOf: string;
  /** When the run opened: the earliest time that its first record tells of. */
  readonly opening: string;
  readonly answers: Answers;
  readonly anchors: Readonly<Record<Anchor, string | null>>;
  /** Results with a status or a value, by item, in the order in which they were recorded. */
  readonly results: ReadonlyMap<string, readonly RunResult[]>;
  readonly decisions: readonly Decision[];
  /** When the change itself began, as far as it is recorded; null if nothing of it was done. */
  readonly changeBegan: { readonly at: string | null } | null;
  readonly turn: Turn | null;
}

/** Everything a judgement starts from. */
export interface Case {
  readonly checklist: Checklist;
  readonly run: Run;
  readonly facts: Facts;
  readonly policy: Policy;
}

export function frameOf({ checklist, run, facts, policy }: Case): Frame {
  const outline = outlineOf(checklist);
  const decisions = inOrder(run.decisions);
  const first = run.chain[0]?.record;
  const times = first ? recordedTimes(first).map(({ time }) => time) : [];
  const results = resultsByItem(run);
  const changeBegan = beginOfChange(outline, run, results);
  return {
    checklist,
    run,
    facts,
    policy,
    outline,
    asOf: run.asOf,
    opening: earliest(times) ?? first?.asOf ?? run.asOf,
    answers: answersOf(run, decisions),
    anchors: anchorsOf(run, decisions),
    results,
    decisions,
    changeBegan,
    turn: turnOf(run, decisions, changeBegan),
  };
}

/** By time; those without one stay where they were recorded. */
function inOrder(decisions: readonly Decision[]): readonly Decision[] {
  return [...decisions].sort((a, b) => (a.at === null || b.at === null ? 0 : compareInstants(a.at, b.at)));
}

function resultsByItem(run: Run): ReadonlyMap<string, readonly RunResult[]> {
  const byItem = new Map<string, RunResult[]>();
  for (const result of run.results) {
    if (result.status === null && result.observed.length === 0 && result.attempts.length === 0) continue;
    const known = byItem.get(result.item);
    if (known) known.push(result);
    else byItem.set(result.item, [result]);
  }
  return byItem;
}

/** Answers to questions, and decisions by the names that conditions use. Once closed, a decision that never came is `none`. */
function answersOf(run: Run, decisions: readonly Decision[]): Answers {
  const answers = new Map(Object.entries(run.answers));
  for (const { decision, section } of decisions) {
    answers.set("decision", decision);
    if (section !== null) answers.set(`decision.${section}`, decision);
  }
  if (run.rollback && !answers.has("decision")) answers.set("decision", "rollback");
  if (run.closed && !answers.has("decision")) answers.set("decision", "none");
  return answers;
}

/** Is this condition name about decisions? In an open run such a name may still get its value. */
export function speaksOfDecision(item: Item | Section): boolean {
  return item.conditions.some((condition) =>
    namesIn(condition).some((name) => name === "decision" || name.startsWith("decision.")),
  );
}

function anchorsOf(run: Run, decisions: readonly Decision[]): Readonly<Record<Anchor, string | null>> {
  const { target } = run.fields;
  const field = target !== undefined && parseInstant(target) ? target : null;
  const back = decisions.findLast(({ decision }) => decision === "rollback")?.at ?? null;
  return {
    target: run.anchors.target ?? run.window.plannedStart ?? field,
    start: run.anchors.start ?? run.window.start,
    live: run.anchors.live,
    rollback: run.anchors.rollback ?? run.rollback?.at ?? back,
  };
}

/** The instant that an offset from an anchor means; null while the anchor is not known. */
export function fromAnchor(frame: Frame, anchor: Anchor, offset: string | null): string | null {
  const base = frame.anchors[anchor];
  return base === null || offset === null ? null : addDuration(base, offset);
}

/** Work of the change: steps of stage `change`, but neither the way back nor what is only watched. */
export function isChangeWork(item: Item): boolean {
  return item.stage === "change" && item.role === "checks" && item.derived === null && item.signs === null;
}

const did = new Set(["passed", "failed", "inconclusive", "blocked"]);

function beginOfChange(
  outline: Outline,
  run: Run,
  results: ReadonlyMap<string, readonly RunResult[]>,
): Frame["changeBegan"] {
  const sections = new Set(
    outline.sections.filter(({ stage, role }) => stage === "change" && role === "checks").map(({ id }) => id),
  );
  const work = outline.items.filter(isChangeWork).flatMap((item) => results.get(item.id) ?? []);
  const done = work.filter(
    ({ status, attempts }) => attempts.length > 0 || (status !== null && did.has(status)),
  );
  const times = [
    run.window.start,
    ...run.sections.filter(({ section }) => sections.has(section)).map(({ start }) => start),
    ...done.flatMap(({ started, at, attempts }) => [
      started ?? at,
      ...attempts.map((attempt) => attempt.started ?? attempt.at),
    ]),
  ];
  // An anchor may be a plan: it tells that the change began only once it has passed.
  const live = earliest([run.anchors.live, run.anchors.rollback]);
  const at = earliest([...times, live !== null && compareInstants(live, run.asOf) <= 0 ? live : null]);
  return at !== null || done.length > 0 ? { at } : null;
}

/** The last decision that settles the way counts: go, continue and fix-forward take a turn back. */
function turnOf(run: Run, decisions: readonly Decision[], began: Frame["changeBegan"]): Turn | null {
  const last = decisions.findLast(({ decision }) => decision !== "delay") ?? null;
  if (last?.decision === "rollback" || (run.rollback && last?.decision !== "fix-forward")) {
    const decision = last?.decision === "rollback" ? last : null;
    return { kind: "rollback", at: decision?.at ?? run.rollback?.at ?? null, decision };
  }
  if (last?.decision === "no-go" || last?.decision === "abort") {
    return { kind: beganBefore(began, last.at) ? "rollback" : "stop", at: last.at, decision: last };
  }
  const delayed = decisions.at(-1);
  if (run.closed && delayed?.decision === "delay" && !began)
    return { kind: "stop", at: delayed.at, decision: delayed };
  return null;
}

function beganBefore(began: Frame["changeBegan"], at: string | null): boolean {
  if (!began) return false;
  return began.at === null || at === null || compareInstants(began.at, at) <= 0;
}
