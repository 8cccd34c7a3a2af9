/**
 * A continuing record added to what is recorded so far. It may add what was not there; where it says something
 * else, it is refused: only an amendment changes what is recorded.
 */
import {
  isList,
  isTree,
  type Json,
  type ListPart,
  listParts,
  objectParts,
  sameEntry,
  sameJson,
  showJson,
  step,
  type Tree,
} from "./parts.ts";
import type { WrittenRecord } from "./run.schema.ts";
import type { RunFault } from "./run.ts";

/** Collects what is wrong with one record. */
export type Report = (pointer: string, rule: string, reason: string, hint: string | null) => void;

/** What is known of the chain when a record is merged. */
export interface Merging {
  readonly number: number;
  /** Is the run closed by an earlier record? Then only some parts may grow. */
  readonly closed: boolean;
  readonly report: Report;
}

/** Makes the reporter for one record. */
export function reporter(record: number, faults: RunFault[]): Report {
  return (pointer, rule, reason, hint) => faults.push({ record, pointer, rule, reason, hint });
}

/** Adds a record to the state in place. Entries of lists are tagged with the number of the record they came with. */
export function mergeRecord(state: Tree, record: WrittenRecord, merging: Merging): void {
  const written = record as unknown as Tree;
  for (const [part, { afterClose }] of objectParts) {
    const next = written[part];
    if (next === undefined) continue;
    const before = state[part];
    const merged = mergeValue(before, next, step(part), merging);
    // A record states its environment anew: what is said again adds nothing.
    if (merging.closed && !afterClose && !sameJson(before, merged)) refuseLate(step(part), merging);
    else state[part] = merged;
  }
  for (const [name, part] of listParts) {
    const entries = written[name];
    if (isList(entries))
      state[name] = mergeList(
        name,
        part,
        (state[name] ?? []) as readonly Tree[],
        entries as readonly Tree[],
        merging,
      );
  }
}

/** What a closed run takes, for messages. */
export const afterCloseHint =
  "a closed run takes amendments, dispositions, signatures, messages, the review, and results of follow-ups and of items that the close lists as open";

function refuseLate(pointer: string, { report }: Merging): void {
  report(pointer, "after-close", "the run is closed; this would add to it", afterCloseHint);
}

function mergeList(
  name: string,
  part: ListPart,
  before: readonly Tree[],
  entries: readonly Tree[],
  merging: Merging,
): Tree[] {
  const result = [...before];
  const firstOwn = result.length;
  entries.forEach((entry, index) => {
    const pointer = step(name) + step(index);
    const at = result.findIndex((known) => sameEntry(part, known, entry));
    const known = result[at];
    if (known === undefined) {
      // What was open may still be recorded; whether it was allowed to be open is for the checklist to tell (binding.ts).
      const open =
        name === "results" && !before.some(({ item, status }) => item === entry.item && status !== null);
      const late = merging.closed && !part.afterClose && !open;
      if (late && !isEmptyResult(name, entry)) refuseLate(pointer, merging);
      result.push({ ...entry, record: merging.number });
    } else if (at >= firstOwn) {
      refuseTwice(name, part, entry, pointer, merging);
    } else {
      const merged = mergeValue(known, entry, pointer, merging) as Tree;
      const grown = merging.closed && !part.afterClose && !sameJson(known, merged);
      if (grown) refuseLate(pointer, merging);
      result[at] = { ...merged, record: known.record ?? merging.number };
    }
  });
  return result;
}

/** A template has an entry for every item; those without a status say nothing. */
function isEmptyResult(name: string, entry: Tree): boolean {
  return (
    name === "results" && Object.entries(entry).every(([key, value]) => key === "item" || value === null)
  );
}

function refuseTwice(name: string, part: ListPart, entry: Tree, pointer: string, { report }: Merging): void {
  const id = showJson(entry[part.address]);
  if (name === "results") {
    const hint =
      "keep one; earlier tries belong under 'attempts', readings of a repeated item have different times";
    report(
      pointer,
      "second-result",
      `there are two results for the item ${id} by the same person at the same time`,
      hint,
    );
  } else {
    report(pointer, "second-entry", `there are two entries for ${id} under '${name}'`, "keep one of the two");
  }
}

/** Adds `next` to `before`: new keys and new entries of lists are added, equal ones stay, others are refused. */
function mergeValue(before: Json | undefined, next: Json, pointer: string, merging: Merging): Json {
  if (before === undefined || before === null) return next;
  if (next === null || sameJson(before, next)) return before;
  if (isTree(before) && isTree(next)) {
    const merged: Tree = { ...before };
    for (const [key, value] of Object.entries(next))
      merged[key] = mergeValue(before[key], value, pointer + step(key), merging);
    return merged;
  }
  if (isList(before) && isList(next)) {
    return [...before, ...next.filter((value) => !before.some((known) => sameJson(known, value)))];
  }
  const reason = `an earlier record says ${showJson(before)}, this one says ${showJson(next)}`;
  merging.report(
    pointer,
    "disagreement",
    reason,
    "leave it as it was, or correct it by an entry under 'amends'",
  );
  return before;
}
