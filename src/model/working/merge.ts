/** Two records of one run that two people wrote apart from each other, made one: both are kept, and only what contradicts is asked about. */
import { amend } from "../amend.ts";
import type { Checklist } from "../checklist.ts";
import { compareInstants } from "../instant.ts";
import { mergeRecord, type Report } from "../merge.ts";
import { outlineOf } from "../outline.ts";
import { isTree, type Json, listParts, sameJson, type Tree } from "../parts.ts";
import type { WrittenResult } from "../result.schema.ts";
import type { WrittenRecord } from "../run.schema.ts";

/** Two people say different things of one item. */
export interface Conflict {
  readonly item: string;
  readonly mine: WrittenResult;
  readonly theirs: WrittenResult;
}

export interface Parts {
  readonly record: WrittenRecord;
  readonly conflicts: readonly Conflict[];
  /** What else is said twice and differently, by its pointer: what was here stays. */
  readonly kept: readonly string[];
}

/** Merges what somebody else recorded into what is here. Neither is changed. */
export function mergeParts(mine: WrittenRecord, theirs: WrittenRecord, checklist: Checklist): Parts {
  const kept: string[] = [];
  const report: Report = (pointer) => kept.push(pointer);
  const [here, there] = [corrected(mine, theirs), corrected(theirs, mine)];
  const state = structuredClone(here) as unknown as Tree;
  mergeRecord(state, there, { number: 1, closed: false, report });
  for (const part of listParts.keys()) {
    const entries = state[part];
    if (Array.isArray(entries)) state[part] = entries.map(untagged);
  }
  const { results, conflicts } = settled(
    state.results as unknown as readonly WrittenResult[],
    mine,
    checklist,
  );
  const asOf = compareInstants(mine.asOf, theirs.asOf) < 0 ? theirs.asOf : mine.asOf;
  const amends = united(mine.amends, theirs.amends);
  const record = { ...(state as unknown as WrittenRecord), asOf, results };
  return { record: { ...record, ...(amends.length === 0 ? {} : { amends }) }, conflicts, kept };
}

/** A record with the corrections that only the other one has: then both say the same of what was corrected. */
function corrected(record: WrittenRecord, other: WrittenRecord): WrittenRecord {
  const own = record.amends ?? [];
  const state = structuredClone(record) as unknown as Tree;
  for (const amendment of other.amends ?? []) {
    if (own.some((known) => sameJson(known as unknown as Json, amendment as unknown as Json))) continue;
    // What it cannot be applied to is not there yet, and comes with its correction.
    amend(state, amendment, {
      record: 1,
      pointer: "/amends",
      adding: false,
      later: [],
      report: () => undefined,
    });
  }
  return state as unknown as WrittenRecord;
}

function untagged(entry: Json): Json {
  if (!isTree(entry)) return entry;
  const { record: _, ...rest } = entry;
  return rest;
}

function united(
  mine: WrittenRecord["amends"],
  theirs: WrittenRecord["amends"],
): NonNullable<WrittenRecord["amends"]> {
  const all = [...(mine ?? [])];
  for (const one of theirs ?? [])
    if (!all.some((known) => sameJson(known as unknown as Json, one as unknown as Json))) all.push(one);
  return all.sort((a, b) => compareInstants(a.at, b.at));
}

/** Of each item that is looked at once: what agrees is kept of both, a later try replaces an earlier one, the rest is asked about. */
function settled(
  all: readonly WrittenResult[],
  { results: own }: WrittenRecord,
  checklist: Checklist,
): { readonly results: WrittenResult[]; readonly conflicts: readonly Conflict[] } {
  const { item: items } = outlineOf(checklist);
  const [results, conflicts] = [[] as WrittenResult[], [] as Conflict[]];
  for (const result of all) {
    const isRepeated = items.get(result.item)?.repeat != null;
    const at = isRepeated ? -1 : results.findIndex(({ item }) => item === result.item);
    const known = results[at];
    if (!known || result.status === null) results.push(result);
    else if (known.status === null || holdsTry(result, known)) results[at] = result;
    else if (holdsTry(known, result)) continue;
    else if (known.status === result.status && known.by !== result.by) results.push(result);
    else if (known.status !== result.status)
      conflicts.push({
        item: result.item,
        mine: own.find(({ item }) => item === result.item) ?? known,
        theirs: result,
      });
  }
  return { results, conflicts };
}

/** Is the other one an earlier try of this? */
function holdsTry({ attempts = [] }: WrittenResult, { status, at, by }: WrittenResult): boolean {
  return attempts.some((one) => one.status === status && one.at === at && one.by === by);
}

/** One of two contradicting results counts; the other one stays on record as an earlier try. */
export function resolveConflict(
  record: WrittenRecord,
  { item, mine, theirs }: Conflict,
  choice: "mine" | "theirs",
): WrittenRecord {
  const [counts, other] = choice === "mine" ? [mine, theirs] : [theirs, mine];
  const { item: _, attempts: earlier = [], waiver: _waiver, ...tried } = other;
  const result = { ...counts, attempts: [...(counts.attempts ?? []), ...earlier, tried] };
  let isPlaced = false;
  const results = record.results.flatMap((one) => {
    if (one.item !== item) return [one];
    if (isPlaced) return [];
    isPlaced = true;
    return [result];
  });
  return { ...record, results };
}
