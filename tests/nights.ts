/** Nights made up by chance, in a small world that has one of each: as plain values, and as the records that hand them in. */
import fc from "fast-check";
import type { WrittenResult } from "../src/model/result.schema.ts";
import type { ResultStatus } from "../src/model/result.ts";
import { recordSchema, type WrittenRecord } from "../src/model/run.schema.ts";
import type { DecisionKind } from "../src/model/run.ts";
import { checklist } from "./build.ts";

export interface Thing {
  readonly id: string;
  readonly part: "before" | "gate" | "change" | "triggers" | "back" | "after" | "later";
  /** When it is done, in minutes from the target. */
  readonly minute: number;
  /** Minutes from the target; none is at the close. */
  readonly due?: number;
  readonly mandatory?: true;
  readonly optional?: true;
  readonly evidence?: true;
  /** Its value has to be below 1 %, and has to be there. */
  readonly limit?: true;
  /** Only where the release migrates. */
  readonly migrates?: true;
  readonly verifies?: true;
}

/** In the order of the document. */
export const things: readonly Thing[] = [
  { id: "week", part: "before", minute: -150, due: -120 },
  { id: "tests", part: "before", minute: -60 },
  { id: "backup", part: "before", minute: -55, evidence: true },
  { id: "secrets", part: "before", minute: -50, mandatory: true },
  { id: "nice", part: "before", minute: -45, optional: true },
  { id: "sms", part: "before", minute: -40, migrates: true },
  { id: "ready", part: "gate", minute: -15 },
  { id: "deploy", part: "change", minute: 5 },
  { id: "rate", part: "change", minute: 10, limit: true },
  { id: "migrate", part: "change", minute: 20, migrates: true },
  { id: "fire", part: "triggers", minute: 30 },
  { id: "switch", part: "back", minute: 40 },
  { id: "proof", part: "back", minute: 50, verifies: true },
  { id: "watch", part: "after", minute: 130, due: 120 },
  { id: "tidy", part: "later", minute: 9000, due: 10_080 },
];

export const world = checklist(`
questions: [{id: migrates, label: Does it migrate?, type: yes-no}]
metrics: [{id: error_rate, label: Error rate, unit: "%", better: lower}]
signoffs:
  - {id: approve, role: Lead, meaning: approval, before: change}
  - {id: execute, role: Operator, meaning: execution, after: change}
---
## Before <!-- section: {id: before, stage: before} -->
- [ ] Week <!-- item: {id: week, due: -PT2H} -->
- [ ] Tests <!-- item: tests -->
- [ ] Backup <!-- item: {id: backup, evidence: required} -->
- [ ] Secrets <!-- item: {id: secrets, mandatory: true} -->
- [ ] Nice <!-- item: {id: nice, optional: true} -->
- [ ] Messages <!-- item: {id: sms, when: migrates} -->

## Gate <!-- section: {id: gate, role: decision, stage: before} -->
### Go <!-- section: {id: go, rule: all, when-met: go} -->
- [ ] Ready <!-- item: ready -->

## Change <!-- section: {id: change, stage: change} -->
- [ ] Deploy <!-- item: deploy -->
- [ ] Rate <!-- item: {id: rate, limit: "error_rate < 1 %", observe: required} -->
- [ ] Migrate <!-- item: {id: migrate, when: migrates} -->

## Triggers <!-- section: {id: triggers, role: triggers, stage: after, rule: any, when-met: rollback} -->
- [ ] Fire <!-- item: fire -->

## Back <!-- section: {id: back, role: contingency, stage: after} -->
- [ ] Switch <!-- item: switch -->
- [ ] Proof <!-- item: {id: proof, verifies: rollback} -->

## After <!-- section: {id: after, stage: after} -->
- [ ] Watch <!-- item: {id: watch, due: PT2H} -->

## Later <!-- section: {id: later, role: follow-up, stage: after} -->
- [ ] Tidy <!-- item: {id: tidy, due: P7D, owner: Operator} -->
`);

export interface Said {
  readonly status: ResultStatus;
  readonly by: "bob" | "dan";
  readonly reason: boolean;
  readonly evidence: boolean;
  readonly value: "0.4" | "1" | null;
  /** Was it tried, and failed, before? */
  readonly tried: boolean;
  /** Does somebody else say the same? */
  readonly observed: boolean;
}

export interface Night {
  readonly said: Readonly<Record<string, Said | null>>;
  readonly closed: boolean;
  /** Minutes from the target. */
  readonly asOf: number;
  readonly migrates: "yes" | "no" | null;
  readonly decisions: readonly { readonly decision: DecisionKind; readonly at: number }[];
  readonly approval: Signed | null;
  readonly execution: Signed | null;
  readonly emergency: boolean;
  /** Does the close say why, whose and until when, of what it leaves open? */
  readonly excused: boolean;
}

export interface Signed {
  readonly by: "eve" | "bob" | "ivy";
  readonly at: number;
  readonly typed: boolean;
}

const did: readonly ResultStatus[] = ["failed", "inconclusive", "blocked", "skipped", "not-applicable"];
const statuses = ({ part }: Thing): fc.Arbitrary<ResultStatus> =>
  part === "gate"
    ? rare<ResultStatus>("met", ["not-met"])
    : part === "triggers"
      ? rare<ResultStatus>("clear", ["fired", "inconclusive"])
      : rare<ResultStatus>("passed", did);

/** Mostly what is usual: a night on which all goes wrong tells little. */
function rare<T>(usual: T, others: readonly T[], weight = 8): fc.Arbitrary<T> {
  return fc.oneof(
    { weight, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

const saidOf = (thing: Thing): fc.Arbitrary<Said | null> => {
  const result = fc.record<Said>({
    status: statuses(thing),
    by: rare<"bob" | "dan">("bob", ["dan"]),
    reason: rare(true, [false]),
    evidence: thing.evidence ? rare(true, [false]) : fc.constant(false),
    value: thing.limit ? rare<Said["value"]>("0.4", ["1", null]) : fc.constant(null),
    tried: thing.part === "gate" || thing.part === "triggers" ? fc.constant(false) : rare(false, [true], 16),
    observed: rare(false, [true]),
  });
  const usual = thing.part === "back" ? 1 : 12;
  const absent = thing.part === "back" ? 2 : 1;
  if (thing.part === "later") return fc.constant(null);
  return fc.oneof({ weight: usual, arbitrary: result }, { weight: absent, arbitrary: fc.constant(null) });
};

const signed = (times: readonly [number, ...number[]]): fc.Arbitrary<Signed | null> =>
  fc.option(
    fc.record<Signed>({
      by: rare<Signed["by"]>("eve", ["bob", "ivy"]),
      at: rare(times[0], times.slice(1)),
      typed: rare(false, [true]),
    }),
    { freq: 8 },
  );

const go = { decision: "go" as const, at: -10 };
const decided: readonly Night["decisions"][] = [
  [],
  [{ decision: "no-go", at: -10 }],
  [{ decision: "delay", at: -10 }],
  [go, { decision: "rollback", at: 35 }],
  [go, { decision: "abort", at: 35 }],
  [go, { decision: "continue", at: 35 }],
  [{ decision: "delay", at: -12 }, go, { decision: "rollback", at: 25 }],
];

/** A night as it may have been. What is not there yet as of the record is not recorded. */
export const nights: fc.Arbitrary<Night> = fc
  .record({
    said: fc.record(Object.fromEntries(things.map((thing) => [thing.id, saidOf(thing)]))),
    closed: rare(true, [false], 3),
    asOf: fc.constantFrom(60, 245),
    migrates: fc.constantFrom("yes" as const, "no" as const, null),
    decisions: rare<Night["decisions"]>([go], decided, 6),
    approval: signed([-5, 40]),
    execution: signed([25, 15]),
    emergency: rare(false, [true]),
    excused: rare(true, [false]),
    /** How much of the night came to pass: up to the gate, up to the change, all of it. */
    until: rare(10_000, [-20, 0], 6),
  })
  .map(({ until, said, asOf, closed, ...night }) => ({
    ...night,
    closed,
    asOf: closed ? 245 : asOf,
    said: Object.fromEntries(
      things.map(({ id, minute }) => [
        id,
        minute <= Math.min(until, closed ? 245 : asOf) ? (said[id] ?? null) : null,
      ]),
    ),
  }));

const time = (minute: number): string =>
  new Date(Date.parse("2026-03-04T22:00:00Z") + minute * 60_000).toISOString().replace(".000", "");

/** The records of a night: its parts in the order that `places` gives, then the one that closes it. */
export function recordsOf(night: Night, places: readonly number[]): readonly WrittenRecord[] {
  const head = {
    schema: "countersign/run@1",
    run: "night",
    asOf: time(night.asOf),
    checklist: { id: world.id, version: world.version },
    deployment: { environment: "production" },
  };
  const results = things.flatMap((thing) => resultsOf(thing, night.said[thing.id] ?? null));
  const people = ["bob", "dan", "eve", "ivy", "ada"].map((id) => ({
    id,
    identity: id === "ivy" ? "claimed" : "verified",
  }));
  const signatures = (["approval", "execution"] as const).flatMap((meaning) => {
    const one = night[meaning];
    const role = meaning === "approval" ? "Lead" : "Operator";
    return one ? [{ role, meaning, by: one.by, at: time(one.at), method: one.typed ? "typed" : "sso" }] : [];
  });
  const parts: Record<string, unknown>[] = [
    {
      ...head,
      people,
      anchors: { target: time(0) },
      change: { type: night.emergency ? "emergency" : "normal" },
      results: [],
    },
    {
      ...head,
      people,
      ...(night.migrates !== null && { answers: { migrates: night.migrates } }),
      results: results.filter((_, index) => index % 2 === 0),
    },
    { ...head, people, evidence: [{ id: "e1" }], results: results.filter((_, index) => index % 2 === 1) },
    {
      ...head,
      people,
      results: [],
      signatures,
      decisions: night.decisions.map(({ decision, at }) => ({ decision, at: time(at), by: "ada" })),
    },
  ];
  const inOrder = parts
    .map((part, index) => ({ part, place: places[index] ?? 0 }))
    .sort((a, b) => a.place - b.place);
  const missing = things
    .filter(({ id, part }) => night.said[id] == null && part !== "later" && part !== "triggers")
    .map(({ id }) => ({
      item: id,
      reason: "moved",
      ...(night.excused && { owner: "dan", due: "2026-03-20" }),
    }));
  const closing = { ...head, people, results: [], closed: { at: time(240), by: "ada", open: missing } };
  return [...inOrder.map(({ part }) => part), ...(night.closed ? [closing] : [])].map((one) =>
    recordSchema.parse(one),
  );
}

function resultsOf({ id, minute, limit }: Thing, said: Said | null): readonly WrittenResult[] {
  if (!said) return [];
  const { status, by, reason, evidence, value, tried, observed } = said;
  const at = time(minute);
  const result: WrittenResult = {
    item: id,
    status,
    by,
    at,
    ...(reason && { reason: "as agreed" }),
    ...(evidence && { evidence: ["e1"] }),
    ...(limit && value !== null && { observed: [{ metric: "error_rate", value, unit: "%" }] }),
    ...(tried && { attempts: [{ status: "failed" as const, by, at: time(minute - 1) }] }),
  };
  const other = by === "bob" ? "dan" : "bob";
  return [
    result,
    ...(observed ? [{ item: id, status, by: other, at, ...(reason && { reason: "as agreed" }) }] : []),
  ];
}
