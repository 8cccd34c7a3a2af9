/**
 * May a run go on to a section? What would make it failed or incomplete and stands before that section says no,
 * and so does what has to be done first and is not. As of the last record: nothing here knows what time it is.
 */
import type { Item, Section, Signoff, Stage } from "./checklist.ts";
import type { Fact } from "./fact.ts";
import { compareInstants } from "./instant.ts";
import { type ItemStatus, statusWords } from "./itemreport.ts";
import { decisionRoots, decisionsOf, isGood } from "./judgement/deciding.ts";
import type { Case } from "./judgement/frame.ts";
import { fromAnchor } from "./judgement/frame.ts";
import { sayItem, sayPerson, saySection, sayTime } from "./judgement/names.ts";
import { type Situation, situationOf } from "./judgement/situation.ts";
import type { ItemState } from "./judgement/states.ts";
import { sectionAndBelow } from "./outline.ts";
import { factsOf } from "./reporting/facts.ts";

/** What keeps a run from going on. */
export interface Hindrance {
  readonly kind: "closed" | "turned" | "judged" | "open" | "unsigned" | "undecided" | "decided against";
  /** One sentence without its full stop. */
  readonly says: string;
  /** The rule of the judge that found it, where one did. */
  readonly rule: string | null;
  /** Ids of the items it is about. */
  readonly items: readonly string[];
}

export interface Gate {
  readonly run: string;
  readonly record: number;
  readonly asOf: string;
  readonly section: string;
  readonly title: string;
  readonly open: boolean;
  readonly hindrances: readonly Hindrance[];
  /** How many exceptions nobody has dispositioned; they keep nobody from going on. */
  readonly exceptions: number;
}

const order: readonly (Stage | null)[] = ["before", "change", "after"];

/** Nothing more has to come for these. */
const settled: ReadonlySet<ItemStatus> = new Set<ItemStatus>([
  "passed",
  "met",
  "clear",
  "seen",
  "not-seen",
  "carried",
  "skipped",
  "not-applicable",
  "not-selected",
  "not-needed",
  "not-reached",
  "not-done",
]);

/** @param section id of a section of the checklist */
export function gateOf(given: Case, section: Section): Gate {
  const situation = situationOf(given);
  const { run } = situation;
  const facts = factsOf(situation);
  const waited = waitedFor(situation, section);
  const judged = judgedBefore(facts, waited);
  const said = new Set(judged.flatMap(({ items }) => items));
  const hindrances = [
    ...courseOf(situation, section),
    ...judged,
    ...undecided(situation, section),
    ...unsigned(situation, section),
    ...waited.filter(({ item }) => !said.has(item.id)).flatMap((state) => openItem(situation, state)),
  ];
  return {
    run: run.id,
    record: run.records.length,
    asOf: run.asOf,
    section: section.id,
    title: saySection(section),
    open: hindrances.length === 0,
    hindrances,
    exceptions: facts.filter(({ severity, disposition }) => severity === "exception" && disposition === null)
      .length,
  };
}

/** A run that is closed, stopped or turned back goes nowhere but to what outlives it, and to its way back. */
function courseOf({ run, turn }: Situation, section: Section): readonly Hindrance[] {
  if (run.closed && section.role !== "follow-up")
    return [hindrance("closed", `the run was closed at ${sayTime(run.closed.at)}`)];
  if (!turn || section.role === "contingency" || section.role === "follow-up") return [];
  const what = turn.kind === "stop" ? "was stopped" : "turned back";
  return [hindrance("turned", `the run ${what}${turn.at === null ? "" : ` at ${sayTime(turn.at)}`}`)];
}

/** Does one section come before another? By stage; within one stage by place in the document. */
function comesBefore({ outline }: Situation, one: Section, other: Section): boolean {
  const [a, b] = [order.indexOf(one.stage), order.indexOf(other.stage)];
  if (a >= 0 && b >= 0 && a !== b) return a < b;
  return outline.sections.indexOf(one) < outline.sections.indexOf(other);
}

/** What must be there before the section: what comes before it, and what its own items need. */
function waitedFor(situation: Situation, section: Section): readonly ItemState[] {
  const { checklist, outline, states } = situation;
  const own = sectionAndBelow(checklist, section.id);
  const needed = new Set(outline.items.filter((item) => own.has(item.section)).flatMap(({ needs }) => needs));
  return states.filter(({ item }) => {
    if (item.derived !== null || own.has(item.section)) return false;
    if (needed.has(item.id)) return true;
    const its = outline.section.get(item.section);
    if (!its || section.role === "contingency" || !comesBefore(situation, its, section)) return false;
    return item.role === "checks" || item.role === "decision" || item.role === "bands"
      ? !isLater(situation, item, section)
      : false;
  });
}

/** Is it due only after the section is planned to begin? Then the section does not wait for it. */
function isLater(situation: Situation, item: Item, section: Section): boolean {
  const due = situation.state.get(item.id)?.due ?? null;
  const begin = fromAnchor(situation, section.timing.anchor, section.timing.at);
  return due !== null && begin !== null && compareInstants(due, begin) > 0;
}

/** Said item by item, signature by signature and decision by decision below. */
const missing: ReadonlySet<string> = new Set([
  "not-recorded",
  "overdue",
  "signature-missing",
  "decision-missing",
]);

/** What the rules found that makes a run failed or incomplete: about the whole of it, or about what is waited for. */
function judgedBefore(facts: readonly Fact[], waited: readonly ItemState[]): readonly Hindrance[] {
  const ids = new Set(waited.map(({ item }) => item.id));
  return facts
    .filter(({ severity, items, rule }) => {
      if ((severity !== "blocker" && severity !== "gap") || missing.has(rule)) return false;
      const whole = severity === "blocker" && items.length === 0;
      return whole || rule === "fired-without-decision" || items.some(({ id }) => ids.has(id));
    })
    .map(({ rule, reason, items }) => ({
      kind: "judged" as const,
      says: reason,
      rule,
      items: items.map(({ id }) => id),
    }));
}

/** Decisions that stand before the section, and triggers that fired and were answered by nobody. */
function undecided(situation: Situation, section: Section): readonly Hindrance[] {
  const { outline, decisions } = situation;
  if (section.role === "contingency") {
    const back = decisions.some(({ decision }) => decision === "rollback" || decision === "abort");
    return back || situation.turn ? [] : [hindrance("undecided", "nobody decided to take a way back")];
  }
  return decisionRoots(situation)
    .filter((root) => root.id !== section.id && comesBefore(situation, root, section))
    .filter((root) => !sectionAndBelow(situation.checklist, root.id).has(section.id))
    .filter((root) => outline.items.some((item) => item.role === "decision" && isOf(situation, item, root)))
    .flatMap((root): readonly Hindrance[] => {
      const last = decisionsOf(situation, root).at(-1);
      if (!last) return [hindrance("undecided", `${saySection(root)}: no decision is recorded`)];
      if (last.decision === "go" || last.decision === "continue" || last.decision === "fix-forward")
        return [];
      const who = `${last.decision} was decided by ${sayPerson(situation, last.by)}, ${sayTime(last.at)}`;
      return [hindrance("decided against", `${saySection(root)}: ${who}`)];
    });
}

/** Is an item, one that applies to this run, in or below a section? */
function isOf({ checklist, state }: Situation, item: Item, root: Section): boolean {
  const status = state.get(item.id)?.status;
  return (
    sectionAndBelow(checklist, root.id).has(item.section) &&
    status !== "not-selected" &&
    status !== "not-needed"
  );
}

/** Signatures that the section waits for: its own, those of sections around and before it, and approvals of the whole. */
function unsigned(situation: Situation, section: Section): readonly Hindrance[] {
  return situation.signing
    .filter(({ signoff, state }) => !signoff.optional && state !== "signed" && state !== "not needed")
    .filter(({ signoff, state, due }) => {
      // An emergency is ratified afterwards, until its due time; a standard change has its approval already.
      if (signoff.meaning === "approval" && state === "not due" && due !== null) return false;
      if (signoff.meaning === "approval" && isPreapproved(situation)) return false;
      return waitsFor(situation, section, signoff);
    })
    .map(({ signoff }) => {
      const items = situation.outline.items.filter(({ signs }) => signs === signoff.id);
      const at = situation.outline.section.get(signoff.before ?? "");
      const where = at && at.id !== section.id ? `, which ${saySection(at)} waited for` : "";
      return hindrance(
        "unsigned",
        `${signoff.role} has not signed for ${signoff.meaning}${where}`,
        items.map(({ id }) => id),
      );
    });
}

function waitsFor(situation: Situation, section: Section, { before, after, meaning }: Signoff): boolean {
  if (before === null)
    return (
      after === null && meaning === "approval" && (section.stage === "change" || section.stage === "after")
    );
  const scope = situation.outline.section.get(before);
  if (!scope) return false;
  if (sectionAndBelow(situation.checklist, before).has(section.id)) return true;
  return section.role !== "contingency" && comesBefore(situation, scope, section);
}

function isPreapproved({ run: { change }, asOf }: Situation): boolean {
  if (change.type !== "standard" || change.preapproval === null) return false;
  const { validUntil } = change.preapproval;
  return validUntil === null || compareInstants(asOf, validUntil) <= 0;
}

function openItem(situation: Situation, state: ItemState): readonly Hindrance[] {
  const { item, status } = state;
  if (item.signs !== null || item.optional) return [];
  const unskipped = item.mandatory && (status === "skipped" || status === "not-applicable");
  if (!unskipped && (settled.has(status) || isGood(situation, state))) return [];
  // What says no-go, and the criteria for go, weigh by the decision that follows from them.
  if (item.role === "decision" && status === "not-met") return [];
  // A failure that the rules let pass is a failure that was waived.
  if (status === "failed" || status === "not-met" || status === "fired") return [];
  const unknown =
    situation.paths.selected(item) === null
      ? "; whether it applies depends on an answer that is missing"
      : "";
  const word = status === "not-due" ? "not recorded yet" : statusWords[status];
  return [hindrance("open", `${sayItem(item)}: ${word}${unknown}`, [item.id])];
}

function hindrance(kind: Hindrance["kind"], says: string, items: readonly string[] = []): Hindrance {
  return { kind, says, rule: null, items };
}
