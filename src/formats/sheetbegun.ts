/**
 * A sheet that was printed half-filled: what is printed gives what is written beside it its meaning, and is recorded
 * already. What is left is what somebody added.
 */
import type { Run } from "../model/run.ts";
import type { PrintedBlanks } from "./sheetblanks.ts";
import type { KnownPerson } from "./sheetpeople.ts";

/** What a sheet had printed in its blanks, and the run that it goes on with; null where it had none. */
export interface Printed {
  readonly blanks: PrintedBlanks;
  readonly run: Run | null;
  readonly people: readonly KnownPerson[];
}

export const nothingPrinted: Printed = { blanks: new Map(), run: null, people: [] };

type Keyed = Readonly<Record<string, unknown>>;

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Keys that say something else than before, or are new. */
export function addedKeys(now: Keyed, before: Keyed): Keyed {
  return Object.fromEntries(
    Object.entries(now).filter(([key, value]) => value !== undefined && !same(value, before[key])),
  );
}

/** Entries that are new, and of those that have grown what is new of them; `key` tells which entry is which. */
export function addedEntries<T extends object>(now: readonly T[], before: readonly T[], key: keyof T): T[] {
  return now.flatMap((entry): T[] => {
    const old = before.find((one) => one[key] === entry[key]);
    if (!old) return [entry];
    const added = addedKeys(entry as Keyed, old as Keyed);
    return Object.keys(added).length === 0 ? [] : [{ [key]: entry[key], ...added } as T];
  });
}

/** Entries that are not word by word among those of before. */
export function newEntries<T>(now: readonly T[], before: readonly T[]): T[] {
  return now.filter((entry) => !before.some((one) => same(one, entry)));
}

/**
 * Results that are new. One that has grown, as by a number of its evidence, is the result that the run has, with what
 * is new of it: a record says who and when of it in the run's own words.
 */
export function addedResults<T extends { readonly item: string }>(
  now: readonly T[],
  before: readonly T[],
  run: Run,
): T[] {
  const left = before.filter((old) => !now.some((entry) => same(entry, old)));
  return newEntries(now, before).map((entry) => {
    const old = left.find(({ item }) => item === entry.item);
    const last = run.results.findLast(({ item, status }) => item === entry.item && status !== null);
    if (!old || !last) return entry;
    const who = { ...(last.by !== null && { by: last.by }), ...(last.at !== null && { at: last.at }) };
    return { item: entry.item, ...addedKeys(entry as Keyed, old as Keyed), ...who } as unknown as T;
  });
}
