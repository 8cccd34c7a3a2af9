/**
 * A run is a chain of records: the first opens it, later ones continue it, amendments correct it, one closes it.
 * `assemble` puts them together, or says everything that does not hold together. It knows no checklist:
 * what has to fit the checklist is checked by `bind` (binding.ts).
 */
import { amend, amendPointer, reportNowhere, valueText } from "./amend.ts";
import { compareInstants, latest } from "./instant.ts";
import { mergeRecord, type Report, reporter } from "./merge.ts";
import { isHappening, recordedTimes } from "./moments.ts";
import { type Merged, normalClosed, normalContent, normalSource } from "./normal.ts";
import { isList, isTree, type Json, listParts, showJson, type Tree } from "./parts.ts";
import { recordSchema, type WrittenRecord } from "./run.schema.ts";
import type { ChainedRecord, Correction, Run, RunFault, RunRecord } from "./run.ts";

export type Assembly = { readonly run: Run } | { readonly faults: readonly RunFault[] };

/**
 * Assembles a chain in order. The records are not changed. Faults name the record (from 1), a pointer into it,
 * a rule, what is wrong and what to do; with one fault there is no run.
 */
export function assemble(chain: readonly ChainedRecord[]): Assembly {
  const first = chain[0];
  if (!first) throw new RangeError("a run has at least one record");
  const faults: RunFault[] = [];
  const state: Tree = { results: [] };
  const corrections: Correction[] = [];
  let closing: number | null = null;
  for (const [index, link] of chain.entries()) {
    const number = index + 1;
    const report = reporter(number, faults);
    checkLink(chain, index, report);
    checkTimes(link.record, report);
    add(state, link.record, { number, closing, corrections, report });
    if (link.record.closed && closing === null) closing = number;
  }
  if (faults.length > 0) return { faults };
  const merged = state as unknown as Merged;
  return {
    run: {
      id: first.record.run,
      checklist: {
        id: first.record.checklist.id,
        version: first.record.checklist.version,
        digest:
          chain.map(({ record }) => record.checklist.digest).find((digest) => digest !== undefined) ?? null,
      },
      chain,
      records: chain.map(normalRecord),
      asOf: latest(chain.map(({ record }) => record.asOf)) ?? first.record.asOf,
      closed: normalClosed(merged.closed, closing ?? 1),
      ...normalContent(merged),
      corrections,
    },
  };
}

function normalRecord({ record, digest, receivedAt }: ChainedRecord, index: number): RunRecord {
  return {
    number: index + 1,
    asOf: record.asOf,
    digest,
    receivedAt,
    opens: index === 0,
    amends: (record.amends ?? []).length > 0,
    closes: record.closed !== undefined,
    source: normalSource(record.source),
  };
}

/** Does the record belong to this run, and follow the one before? */
function checkLink(chain: readonly ChainedRecord[], index: number, report: Report): void {
  const [first, before, link] = [chain[0], chain[index - 1], chain[index]];
  if (!first || !link || !before) return;
  const { record } = link;
  if (record.run !== first.record.run) {
    report(
      "/run",
      "other-run",
      `expected the run '${first.record.run}', got '${record.run}'`,
      "all records of a run have its id",
    );
  }
  for (const key of ["id", "version"] as const) {
    const [was, is] = [first.record.checklist[key], record.checklist[key]];
    if (was !== is) {
      report(
        `/checklist/${key}`,
        "other-checklist",
        `the run is of ${key} '${was}', this record of '${is}'`,
        "a run is of one version of one checklist",
      );
    }
  }
  const digests = chain.slice(0, index).flatMap((earlier) => earlier.record.checklist.digest ?? []);
  const other = digests.find(
    (digest) => record.checklist.digest !== undefined && digest !== record.checklist.digest,
  );
  if (other !== undefined) {
    report(
      "/checklist/digest",
      "digest-mismatch",
      `an earlier record names ${other}, this one ${record.checklist.digest}`,
      null,
    );
  }
  if (record.previous !== undefined && record.previous !== before.digest) {
    const reason = `the record before has the digest ${before.digest}, this one follows ${record.previous}`;
    report(
      "/previous",
      "previous",
      reason,
      "fetch the newest record and continue from it, or leave 'previous' out",
    );
  }
}

/** Nothing that is recorded may be later than the time the record is as of. */
function checkTimes(record: WrittenRecord, report: Report): void {
  for (const { pointer, time } of recordedTimes(record)) {
    if (compareInstants(time, record.asOf) > 0) {
      report(
        pointer,
        "after-as-of",
        `${time} is later than 'asOf', ${record.asOf}`,
        "set 'asOf' to when this was true, or correct the time",
      );
    }
  }
  (record.amends ?? []).forEach((amendment, index) => {
    const key = amendment.pointer.split("/").at(-1) ?? "";
    const late = typeof amendment.new === "string" && isHappening(key) && isLate(amendment.new, record.asOf);
    if (late)
      report(
        `${amendPointer(index)}/new`,
        "after-as-of",
        `${amendment.new} is later than 'asOf', ${record.asOf}`,
        null,
      );
  });
}

function isLate(time: string, asOf: string): boolean {
  return recordSchema.shape.asOf.safeParse(time).success && compareInstants(time, asOf) > 0;
}

interface Adding {
  readonly number: number;
  readonly closing: number | null;
  readonly corrections: Correction[];
  readonly report: Report;
}

/** Adds one record: amendments of what is there first, then what it brings, then amendments of that. */
function add(state: Tree, written: WrittenRecord, { number, closing, corrections, report }: Adding): void {
  const record = structuredClone(written);
  const amends = record.amends ?? [];
  const apply = (index: number, adding: boolean): boolean => {
    const amendment = amends[index];
    // Whoever hands in everything again repeats what was amended before.
    if (!amendment || corrections.some((known) => isRepeated(known, amendment))) return true;
    let reported = false;
    const correction = amend(state, amendment, {
      record: number,
      pointer: amendPointer(index),
      adding,
      later: amends
        .slice(index + 1)
        .flatMap(({ pointer, new: now }) => (pointer === amendment.pointer ? [now as Json] : [])),
      report: (...fault) => {
        reported = true;
        report(...fault);
      },
    });
    if (correction) corrections.push(correction);
    return correction !== null || reported;
  };
  const waiting = amends.map((_, index) => index).filter((index) => !apply(index, false));
  mergeRecord(state, record, { number, closed: closing !== null, report });
  for (const index of waiting) {
    const amendment = amends[index];
    if (amendment && !apply(index, true)) reportNowhere(amendment, amendPointer(index), report);
  }
  if (amends.length > 0) checkAmended(state, record, report);
}

function isRepeated(
  { old, new: now, ...known }: Correction,
  amendment: NonNullable<WrittenRecord["amends"]>[number],
): boolean {
  return (
    known.pointer === amendment.pointer &&
    known.by === amendment.by &&
    known.at === amendment.at &&
    known.reason === amendment.reason &&
    old === valueText(amendment.old as Json | undefined) &&
    now === valueText(amendment.new as Json)
  );
}

/** An amendment must leave a record that could have been written so. */
function checkAmended(state: Tree, record: WrittenRecord, report: Report): void {
  const { schema, run, asOf, checklist } = record;
  const content = Object.fromEntries(
    Object.entries(state).map(([key, value]) => [key, listParts.has(key) ? untagged(value) : value]),
  );
  const parsed = recordSchema.safeParse({ schema, run, asOf, checklist, ...content });
  if (parsed.success) return;
  for (const { path, message } of parsed.error.issues) {
    const value = path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key],
      content,
    );
    const reason = `after the amendments /${path.join("/")} would be ${showJson(value as Json)}: ${message}`;
    report("/amends", "amend-result", reason, null);
  }
}

function untagged(value: Json): Json {
  if (!isList(value)) return value;
  return value.map((entry) => {
    if (!isTree(entry)) return entry;
    const { record: _, ...rest } = entry;
    return rest;
  });
}
