/** Texts compared word by word, and how alike two texts are. A figure, a version, a path is one word. */
import type { Inline } from "../text.ts";
import type { Word } from "./change.ts";
import { compareSequences, joinRuns, type Run } from "./sequence.ts";

/** Scripts that set no spaces between words: each character is a word. */
const DENSE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const LETTER = String.raw`[[\p{L}\p{M}\p{N}_]--[${DENSE}]]`;
const TOKEN = new RegExp(String.raw`[${DENSE}]\p{M}*|${LETTER}+(?:[.,:'’\/@\-]${LETTER}+)*|\s+|[^\s]`, "gv");
const SPACE = /^\s+$/;
const WORD = /[\p{L}\p{N}]/u;

/** With less than this share of words kept, a text is shown as replaced. */
const KEPT = 0.3;

function tokensOf(text: string): readonly string[] {
  return text.match(TOKEN) ?? [];
}

/** What to take out of `from` and to put in for `to`. The kept and removed words together are `from`, the kept and added `to`. */
export function wordsBetween(from: string, to: string): readonly Word[] {
  if (from === to) return from === "" ? [] : [{ change: "kept", text: from }];
  const [a, b] = [tokensOf(from), tokensOf(to)];
  const runs = compareSequences(a, b, String);
  const kept = countWords(runs.flatMap(({ change, values }) => (change === "kept" ? values : [])));
  const told =
    kept >= KEPT * Math.min(countWords(a), countWords(b))
      ? dissolve(runs)
      : joinRuns<string>([
          { change: "removed", values: a },
          { change: "added", values: b },
        ]);
  return told.map(({ change, values }) => ({ change, text: values.join("") }));
}

function countWords(tokens: readonly string[]): number {
  return tokens.filter((token) => WORD.test(token)).length;
}

/** What is kept between two changes and would cut a phrase into pieces goes with them: first spaces, then few words. */
function dissolve(runs: readonly Run<string>[]): readonly Run<string>[] {
  const spaces = dissolveWhere(runs, (kept) => kept.every((token) => SPACE.test(token)));
  return dissolveWhere(
    spaces,
    (kept, before, after) => countWords(kept) < Math.min(largest(before), largest(after)),
  );
}

type Gap = (
  kept: readonly string[],
  before: readonly Run<string>[],
  after: readonly Run<string>[],
) => boolean;

/** The most words of one of these. */
function largest(runs: readonly Run<string>[]): number {
  return Math.max(...runs.map(({ values }) => countWords(values)));
}

function dissolveWhere(runs: readonly Run<string>[], isGap: Gap): readonly Run<string>[] {
  return joinRuns(
    runs.flatMap((run, at): readonly Run<string>[] => {
      if (run.change !== "kept" || at === 0 || at === runs.length - 1) return [run];
      // Between two kept runs there are one or two changed ones.
      const before = runs.slice(runs[at - 2]?.change === "removed" ? at - 2 : at - 1, at);
      const after = runs.slice(at + 1, runs[at + 2]?.change === "added" ? at + 3 : at + 2);
      if (!isGap(run.values, before, after)) return [run];
      return [
        { change: "removed", values: run.values },
        { change: "added", values: run.values },
      ];
    }),
  );
}

/** How alike two texts are, from 0 to 1: twice the words they share, in any order, by all their words. */
export function likeness(a: string, b: string): number {
  return likenessOf(wordCounts(a), wordCounts(b));
}

export type WordCounts = ReadonlyMap<string, number>;

export function wordCounts(text: string): WordCounts {
  const counts = new Map<string, number>();
  for (const token of tokensOf(text.toLowerCase()))
    if (WORD.test(token)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

export function likenessOf(a: WordCounts, b: WordCounts): number {
  let [shared, all] = [0, 0];
  for (const [word, count] of a) {
    shared += Math.min(count, b.get(word) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 0 : (2 * shared) / all;
}

/** Inline text much as it is written, so that a change of a link, of code or of stress is a change of words too. */
export function writtenText(nodes: readonly Inline[]): string {
  return nodes.map(written).join("");
}

function written(node: Inline): string {
  switch (node.type) {
    case "text":
    case "raw":
      return node.value;
    case "code":
      return `\`${node.value}\``;
    case "strong":
      return `**${writtenText(node.children)}**`;
    case "emphasis":
      return `*${writtenText(node.children)}*`;
    case "strike":
      return `~~${writtenText(node.children)}~~`;
    case "link":
      return `[${writtenText(node.children)}](${node.href}${node.title === null ? "" : ` "${node.title}"`})`;
    case "image":
      return `![${node.alt}](${node.src}${node.title === null ? "" : ` "${node.title}"`})`;
    case "break":
      return " ";
    case "footnote":
      return `[^${node.label}]`;
    case "blank":
      return "_".repeat(node.width);
    default:
      return node satisfies never;
  }
}
