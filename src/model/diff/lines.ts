/** Texts of several lines compared: line by line, and word by word where a line was reworded. */
import { plainText } from "../text.ts";
import type { Edit, LineChange, Token } from "./change.ts";
import { compareSequences, type Run } from "./sequence.ts";
import { likeness, wordsBetween, writtenText } from "./words.ts";

/** Lines less alike than this are two lines. */
const ALIKE = 0.4;
/** Larger blocks are paired in order, without looking for the most alike. */
const MOST_PAIRS = 10_000;

/** Lines that differ, in order; kept ones are left out. */
export function linesBetween(a: readonly string[], b: readonly string[]): readonly LineChange[] {
  return changesOf(compareSequences(a, b, String));
}

/** The prose of edits as lines. Parts are no prose: what became of them is said by themselves. */
export function linesOfEdits(edits: readonly Edit[]): readonly LineChange[] {
  return edits.flatMap(({ removed, added }) =>
    linesBetween(removed.flatMap(linesOf), added.flatMap(linesOf)),
  );
}

function changesOf(runs: readonly Run<string>[]): readonly LineChange[] {
  const changes: LineChange[] = [];
  for (const [at, { change, values }] of runs.entries()) {
    const next = runs[at + 1];
    if (change === "removed" && next?.change === "added") changes.push(...pair(values, next.values));
    else if (change === "removed") changes.push(...values.map(removedLine));
    else if (change === "added" && runs[at - 1]?.change !== "removed") changes.push(...values.map(addedLine));
  }
  return changes;
}

function addedLine(text: string): LineChange {
  return { change: "added", words: [{ change: "added", text }] };
}

function removedLine(text: string): LineChange {
  return { change: "removed", words: [{ change: "removed", text }] };
}

function rewordedLine(from: string, to: string): LineChange {
  return { change: "reworded", words: wordsBetween(from, to) };
}

/** Sets removed lines against added ones, in order, so that those set against each other are as alike as can be. */
function pair(removed: readonly string[], added: readonly string[]): readonly LineChange[] {
  if (removed.length * added.length > MOST_PAIRS) {
    return [...removed.map(removedLine), ...added.map(addedLine)];
  }
  const scores = removed.map((from) => added.map((to) => score(from, to)));
  // best[i][j]: the most that the lines from i and from j on can share.
  const best = Array.from({ length: removed.length + 1 }, () => new Array<number>(added.length + 1).fill(0));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const scoreAt = (i: number, j: number): number => scores[i]?.[j] ?? 0;
  for (let i = removed.length - 1; i >= 0; i -= 1) {
    for (let j = added.length - 1; j >= 0; j -= 1) {
      const row = best[i];
      if (row) row[j] = Math.max(at(i + 1, j), at(i, j + 1), scoreAt(i, j) + at(i + 1, j + 1));
    }
  }
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < removed.length || j < added.length) {
    const [from, to] = [removed[i], added[j]];
    if (
      from !== undefined &&
      to !== undefined &&
      scoreAt(i, j) > 0 &&
      at(i, j) === scoreAt(i, j) + at(i + 1, j + 1)
    ) {
      changes.push(rewordedLine(from, to));
      [i, j] = [i + 1, j + 1];
    } else if (from !== undefined && (to === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push(removedLine(from));
      i += 1;
    } else if (to !== undefined) {
      changes.push(addedLine(to));
      j += 1;
    }
  }
  return changes;
}

function score(from: string, to: string): number {
  const alike = likeness(from, to);
  return alike >= ALIKE ? alike : 0;
}

/** The lines a reader sees of one token; of a table each row is one. */
export function linesOf(token: Token): readonly string[] {
  if (token.type === "open") {
    if (token.block.type === "quote" && token.block.alert !== null)
      return [`[!${token.block.alert.toUpperCase()}]`];
    return token.block.type === "details" ? [plainText(token.block.summary)] : [];
  }
  if (token.type !== "block") return [];
  const { block } = token;
  switch (block.type) {
    case "paragraph":
      return [writtenText(block.children)];
    case "heading":
      return [`${"#".repeat(block.depth)} ${writtenText(block.children)}`];
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(writtenText).join(" | "));
    case "rule":
      return ["---"];
    case "raw":
    case "code":
      return block.value.split("\n");
    default:
      return block satisfies never;
  }
}
