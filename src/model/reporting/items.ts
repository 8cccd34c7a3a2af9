/** Items and sections as a report prints them. */
import type { Item, Section } from "../checklist.ts";
import { addDuration, minutesBetween, secondsOf } from "../duration.ts";
import type { Fact } from "../fact.ts";
import type { ItemReport, LimitReport, LookReport, LooseValue, SectionReport } from "../itemreport.ts";
import { isGood } from "../judgement/deciding.ts";
import { itemName, maybeMoment, maybePerson, moment, personName } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";
import { plannedStart } from "../judgement/times.ts";
import { type JudgedLimit, looseValues } from "../judgement/values.ts";
import { judgeWaiver } from "../judgement/waivers.ts";
import { sectionAndBelow } from "../outline.ts";
import type { Finding, Observation, RunResult } from "../result.ts";
import { sayLimit } from "../say.ts";
import { countsOf } from "./counts.ts";

export function itemReports(
  situation: Situation,
  exceptions: readonly Fact[],
  notes: readonly Fact[],
): readonly ItemReport[] {
  const named = factsByItem(exceptions, notes);
  return situation.states.map((state) => itemReport(situation, state, named.get(state.item.id) ?? []));
}

function factsByItem(
  exceptions: readonly Fact[],
  notes: readonly Fact[],
): ReadonlyMap<string, ItemReport["facts"]> {
  const found = new Map<string, ItemReport["facts"]>();
  for (const [list, facts] of [
    ["exceptions", exceptions],
    ["notes", notes],
  ] as const) {
    for (const [index, { items }] of facts.entries()) {
      for (const { id } of items) found.set(id, [...(found.get(id) ?? []), { list, index }]);
    }
  }
  return found;
}

function itemReport(situation: Situation, state: ItemState, facts: ItemReport["facts"]): ItemReport {
  const { item, settled, signoff } = state;
  const result = settled?.result ?? null;
  const signature = signoff?.state === "signed" ? signoff.signature : null;
  const waiver = judgeWaiver(situation, state);
  return {
    ...itemName(item),
    section: item.section,
    role: item.role,
    stage: item.stage,
    status: state.status,
    good: isGood(situation, state),
    derived: item.derived !== null,
    claimed: state.claimed,
    because: state.because,
    record: signature?.record ?? result?.record ?? null,
    by: maybePerson(situation, signature?.by ?? result?.by ?? null),
    at: maybeMoment(signature?.at ?? result?.at ?? null),
    started: maybeMoment(result?.started ?? null),
    enteredAt: maybeMoment(result?.enteredAt ?? null),
    due: maybeMoment(state.due),
    reason: result?.reason ?? null,
    note: result?.note ?? null,
    method: result?.method ?? null,
    witness: maybePerson(situation, result?.witness ?? null),
    limits: state.judged.map((judged) => limitReport(situation, item, judged)),
    values: looseValues(item, settled?.observed ?? []).map(looseValue),
    captures: item.captures.map(({ id, label }) => ({ id, label, value: result?.captures[id] ?? null })),
    evidence: settled?.evidence ?? [],
    waiver: waiver
      ? {
          reason: waiver.waiver.reason,
          by: personName(situation, waiver.waiver.by),
          at: moment(waiver.waiver.at),
          valid: waiver.valid,
        }
      : null,
    attempts: (settled?.attempts ?? []).map((attempt) => look(situation, attempt, result?.record ?? 1)),
    readings: (settled?.readings ?? []).map((reading) => look(situation, reading, reading.record)),
    expectedReadings: item.repeat?.expected ?? null,
    observers: (settled?.observers ?? []).map((other) => look(situation, other, other.record)),
    signedBy: maybePerson(situation, signature?.by ?? null),
    facts,
  };
}

function look(situation: Situation, finding: Finding | RunResult, record: number): LookReport {
  return {
    record,
    status: finding.status,
    by: maybePerson(situation, finding.by),
    at: maybeMoment(finding.at),
    reason: finding.reason,
    note: finding.note,
    values: finding.observed.map(looseValue),
  };
}

function written({ value, unit }: Pick<Observation, "value" | "unit">): string {
  if (value === null) return "no value";
  return unit === null || unit === "" ? value : `${value} ${unit}`;
}

function looseValue(observation: Observation): LooseValue {
  return {
    metric: observation.metric,
    value: written(observation),
    from: maybeMoment(observation.from),
    to: maybeMoment(observation.to),
    source: observation.source,
  };
}

function limitReport(
  situation: Situation,
  item: Item,
  { kind, limit, observed, verdict }: JudgedLimit,
): LimitReport {
  const last = observed.at(-1);
  // A value without a unit has the unit of the limit.
  const shown = last ? written({ value: last.value, unit: last.unit ?? limit.unit }) : null;
  return {
    kind,
    item: itemName(item),
    limit: sayLimit(limit, situation.checklist.metrics),
    value: shown,
    from: maybeMoment(last?.from ?? null),
    to: maybeMoment(last?.to ?? null),
    statistic: last?.statistic ?? null,
    samples: last?.samples ?? null,
    source: last?.source ?? null,
    verdict: verdict?.verdict ?? "not observed",
    reason: verdict && verdict.verdict !== "holds" ? verdict.reason : null,
  };
}

const excused: ReadonlySet<string> = new Set([
  "not-selected",
  "not-needed",
  "not-reached",
  "not-due",
  "not-done",
]);

/** Values beside their limits, of all items that had to be looked at, in document order. */
export function limitTable(situation: Situation): readonly LimitReport[] {
  return situation.states
    .filter(({ status, settled }) => settled !== null || !excused.has(status))
    .flatMap(({ item, judged }) => judged.map((one) => limitReport(situation, item, one)));
}

export function sectionReports(situation: Situation): readonly SectionReport[] {
  return situation.outline.sections.map((section) => sectionReport(situation, section));
}

function sectionReport(situation: Situation, section: Section): SectionReport {
  const within = sectionAndBelow(situation.checklist, section.id);
  const noted = situation.run.sections.find((entry) => entry.section === section.id);
  const took = noted?.start && noted.end ? minutesBetween(noted.start, noted.end) : null;
  const planned = section.duration === null ? null : secondsOf(section.duration) / 60;
  return {
    id: section.id,
    number: section.number,
    text: section.text,
    depth: section.depth,
    parent: section.parent,
    role: section.role,
    stage: section.stage,
    start: maybeMoment(noted?.start ?? null),
    end: maybeMoment(noted?.end ?? null),
    plannedStart: maybeMoment(plannedStart(situation, section)),
    plannedDuration: section.duration,
    tookMinutes: took,
    overMinutes: took !== null && planned !== null && took > planned ? took - planned : null,
    counts: countsOf(
      situation,
      situation.states.filter(({ item }) => within.has(item.section)),
    ),
    items: situation.outline.items.filter((item) => item.section === section.id).map(({ id }) => id),
  };
}

/** The planned end of a section: its planned begin and its duration. */
export function plannedEnd(situation: Situation, section: Section): string | null {
  const start = plannedStart(situation, section);
  return start === null || section.duration === null ? null : addDuration(start, section.duration);
}
