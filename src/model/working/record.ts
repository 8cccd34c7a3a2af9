/**
 * A record while it is being written: what somebody who works through a checklist does, as steps from a record to a
 * record. Nothing here reads a clock; times and people come in. The record is at every moment one that `ingest` takes.
 */
import { type Json, step, type Tree } from "../parts.ts";
import type { WrittenEvidence, WrittenResult } from "../result.schema.ts";
import type { ResultStatus } from "../result.ts";
import type { WrittenRecord } from "../run.schema.ts";

export type Person = NonNullable<WrittenRecord["people"]>[number];
export type Amendment = NonNullable<WrittenRecord["amends"]>[number];

export interface Opening {
  readonly run: string;
  readonly checklist: WrittenRecord["checklist"];
  readonly deployment: WrittenRecord["deployment"];
  readonly change: WrittenRecord["change"];
  /** When the change is planned to begin; offsets such as -P7D count from it. */
  readonly target: string | null;
  readonly answers: Readonly<Record<string, string>>;
  readonly me: Person;
  readonly at: string;
}

/** A run of which nothing is recorded yet. */
export function openRecord(opening: Opening): WrittenRecord {
  const { run, checklist, deployment, change, target, answers, me, at } = opening;
  return {
    schema: "countersign/run@1",
    run,
    asOf: at,
    checklist,
    deployment,
    ...(change && Object.keys(change).length > 0 ? { change } : {}),
    ...(target === null ? {} : { window: { plannedStart: target }, anchors: { target } }),
    ...(Object.keys(answers).length === 0 ? {} : { answers: { ...answers } }),
    people: [me],
    results: [],
    source: { kind: "browser" },
  };
}

/** What somebody found at an item, at a time. */
export type Found = Omit<WrittenResult, "attempts" | "waiver" | "status" | "by" | "at"> & {
  readonly status: ResultStatus;
  readonly by: string;
  readonly at: string;
};

/** The result of an item that counts; the last reading of one that is repeated. */
export function resultOf(record: WrittenRecord, item: string): WrittenResult | undefined {
  return record.results.findLast((result) => result.item === item && result.status !== null);
}

/**
 * Records what was found. An item that is looked at several times gets a reading more; elsewhere what was found before
 * becomes an earlier try, and stays on record.
 */
export function addResult(record: WrittenRecord, found: Found, isRepeated: boolean): WrittenRecord {
  const before = isRepeated ? undefined : resultOf(record, found.item);
  if (before === undefined) return { ...record, results: [...record.results, found] };
  const { item: _, attempts = [], waiver: _waiver, ...earlier } = before;
  const result = { ...found, attempts: [...attempts, earlier] };
  return { ...record, results: record.results.map((one) => (one === before ? result : one)) };
}

/** Takes back what was recorded a moment ago; an earlier try counts again. A slip of the thumb is no record. */
export function takeBack(record: WrittenRecord, item: string, at: string): WrittenRecord {
  const results = record.results.flatMap((one): WrittenResult[] => {
    if (one.item !== item || one.at !== at) return [one];
    const before = one.attempts?.at(-1);
    if (before === undefined) return [];
    const attempts = one.attempts?.slice(0, -1) ?? [];
    return [{ item, ...before, ...(attempts.length === 0 ? {} : { attempts }) }];
  });
  return { ...record, results };
}

export interface Correcting {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  /** Is it one reading of several? Then its place among them names it. */
  readonly isRepeated: boolean;
}

/** Keys of a result that can be put right. */
export type CorrectableKey =
  | "status"
  | "at"
  | "reason"
  | "note"
  | "observed"
  | "capture"
  | "evidence"
  | "witness";

/**
 * Puts right what is recorded of an item: the record holds what is right, and each change stands under `amends` with
 * what was there before, who changed it, when and why. What is the same changes nothing.
 */
export function correctResult(
  record: WrittenRecord,
  result: WrittenResult,
  right: Partial<Pick<WrittenResult, CorrectableKey>>,
  { by, at, reason, isRepeated }: Correcting,
): WrittenRecord {
  const same = record.results.filter(({ item }) => item === result.item);
  const nth = same.indexOf(result);
  const place = step("results") + step(result.item) + (isRepeated ? step(nth) : "");
  const amends: Amendment[] = [];
  const corrected: Tree = { ...(result as unknown as Tree) };
  for (const [key, value] of Object.entries(right)) {
    const [old, now] = [corrected[key], (value ?? null) as Json];
    if (JSON.stringify(old ?? null) === JSON.stringify(now)) continue;
    amends.push({
      pointer: place + step(key),
      ...(old === undefined ? {} : { old: old as Amendment["old"] }),
      new: now as Amendment["new"],
      by,
      at,
      reason,
    });
    if (now === null) delete corrected[key];
    else corrected[key] = now;
  }
  if (amends.length === 0) return record;
  const results = record.results.map((one) =>
    one === result ? (corrected as unknown as WrittenResult) : one,
  );
  return { ...record, results, amends: [...(record.amends ?? []), ...amends] };
}

/** Adds an entry to a list of the record. */
export function addEntry<K extends "decisions" | "signatures" | "incidents" | "messages" | "handovers">(
  record: WrittenRecord,
  part: K,
  entry: NonNullable<WrittenRecord[K]>[number],
): WrittenRecord {
  return { ...record, [part]: [...(record[part] ?? []), entry] };
}

/** Adds a file that proves something; the same bytes are one file. @returns the record, and the id to refer to */
export function addEvidence(
  record: WrittenRecord,
  evidence: Omit<WrittenEvidence, "id">,
): { readonly record: WrittenRecord; readonly id: string } {
  const known = record.evidence ?? [];
  const same = known.find(({ sha256 }) => sha256 !== undefined && sha256 === evidence.sha256);
  if (same) return { record, id: same.id };
  // By its digest: two people who attach files apart from each other never name two of them alike.
  const id = `e-${(evidence.sha256 ?? String(known.length + 1)).replace("sha256:", "").slice(0, 12)}`;
  return { record: { ...record, evidence: [...known, { id, ...evidence }] }, id };
}

/** Makes somebody known to the record, or tells more of who is known already. */
export function addPerson(record: WrittenRecord, person: Person): WrittenRecord {
  const people = record.people ?? [];
  const known = people.find(({ id }) => id === person.id);
  if (!known) return { ...record, people: [...people, person] };
  return { ...record, people: people.map((one) => (one === known ? { ...known, ...person } : one)) };
}

/** Notes when a section began or ended; a time that is there stays. */
export function timeSection(
  record: WrittenRecord,
  section: string,
  times: { readonly start?: string; readonly end?: string },
): WrittenRecord {
  const sections = record.sections ?? [];
  const known = sections.find((entry) => entry.section === section);
  if (!known) return { ...record, sections: [...sections, { section, ...times }] };
  const entry = { ...known, ...times, ...(known.start === undefined ? {} : { start: known.start }) };
  return { ...record, sections: sections.map((one) => (one === known ? entry : one)) };
}

/** An id for a person, from the name: `Ada Lovelace` is `ada-lovelace`; one that is taken by somebody else gets a number. */
export function personId(name: string, people: readonly Person[]): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  const wanted = plain === "" ? "person" : plain;
  const isFree = (id: string): boolean => people.every((one) => one.id !== id || one.name === name);
  let id = wanted;
  for (let next = 2; !isFree(id); next += 1) id = `${wanted}-${next}`;
  return id;
}

/** The record as it is handed in: true as of now. */
export function handIn(record: WrittenRecord, asOf: string): WrittenRecord {
  return { ...record, asOf };
}
