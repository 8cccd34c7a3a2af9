/** Two sequences compared: what was kept, removed and added, in order. */
import { diffArrays } from "diff";

/** Where two sequences differ in more places than this they are not read as versions of one another. */
const MOST_EDITS = 2000;

export interface Run<T> {
  readonly change: "kept" | "removed" | "added";
  /** Of kept ones those of the second sequence. */
  readonly values: readonly T[];
}

/** Runs in order, removed ones before the added ones in their place; no two neighbours are of one kind. */
export function compareSequences<T>(
  a: readonly T[],
  b: readonly T[],
  key: (value: T) => string,
): readonly Run<T>[] {
  const [left, right] = [a.map(key), b.map(key)];
  const least = Math.min(a.length, b.length);
  let start = 0;
  while (start < least && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < least - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const middle = diffArrays(left.slice(start, a.length - end), right.slice(start, b.length - end), {
    maxEditLength: MOST_EDITS,
  }) ?? [
    { count: a.length - end - start, removed: true, added: false },
    { count: b.length - end - start, removed: false, added: true },
  ];
  let [at, to] = [start, start];
  const runs = middle.map(({ count, added, removed }): Run<T> => {
    const [from, begin] = [at, to];
    if (!added) at += count;
    if (!removed) to += count;
    return removed
      ? { change: "removed", values: a.slice(from, at) }
      : { change: added ? "added" : "kept", values: b.slice(begin, to) };
  });
  return joinRuns([
    { change: "kept", values: b.slice(0, start) },
    ...runs,
    { change: "kept", values: b.slice(b.length - end) },
  ]);
}

/** Between two kept runs one removed and one added run at most, in this order; empty ones go. */
export function joinRuns<T>(runs: readonly Run<T>[]): readonly Run<T>[] {
  const joined: Run<T>[] = [];
  let open: Record<"kept" | "removed" | "added", T[]> = { kept: [], removed: [], added: [] };
  const flush = (): void => {
    for (const change of ["kept", "removed", "added"] as const)
      if (open[change].length > 0) joined.push({ change, values: open[change] });
    open = { kept: [], removed: [], added: [] };
  };
  for (const { change, values } of runs) {
    if (values.length === 0) continue;
    if (change === "kept" && open.removed.length + open.added.length > 0) flush();
    open[change].push(...values);
  }
  flush();
  return joined;
}

/** The values of `b` that have to be moved, so few as can be, where `b` is another order of `a`. */
export function outOfOrder(a: readonly string[], b: readonly string[]): ReadonlySet<string> {
  return new Set(
    compareSequences(a, b, String).flatMap(({ change, values }) => (change === "added" ? values : [])),
  );
}

/** Are two plain values the same? The order of keys does not matter. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => isSame(one, b[i]))
    );
  }
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
  );
}
