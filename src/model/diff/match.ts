/** Which part of one version is which part of the other: by id first, then by its words, then by likeness. */
import type { Inline } from "../text.ts";
import type { PartKind, PartName } from "./change.ts";
import { type Flat, keyOf, type Part } from "./flat.ts";
import { likenessOf, type WordCounts, wordCounts, writtenText } from "./words.ts";

/** Keys of the first version, with the keys of the second that are the same part. */
export type Matching = ReadonlyMap<string, string>;

/** Texts less alike than this are two parts: one removed, one added. */
const ALIKE = 0.6;

export function matchParts(a: Flat, b: Flat): Matching {
  const matcher = new Matcher(a, b);
  const kinds = ["section", "item", "command", "template", "footnote"] as const;
  for (const kind of kinds) matcher.byId(kind);
  for (const kind of kinds) matcher.byText(kind);
  matcher.sectionsByContent();
  for (const kind of kinds) matcher.byLikeness(kind);
  return matcher.matched;
}

class Matcher {
  readonly matched = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #a: Flat;
  readonly #b: Flat;

  constructor(a: Flat, b: Flat) {
    this.#a = a;
    this.#b = b;
  }

  #open(kind: PartKind): readonly [readonly Part[], readonly Part[]] {
    return [
      [...this.#a.parts.values()].filter((part) => part.kind === kind && !this.matched.has(keyOf(part))),
      [...this.#b.parts.values()].filter((part) => part.kind === kind && !this.#taken.has(keyOf(part))),
    ];
  }

  #match(from: PartName, to: PartName): void {
    this.matched.set(keyOf(from), keyOf(to));
    this.#taken.add(keyOf(to));
  }

  /** An id that is written in one version at least is that part's. Two derived ones may be alike by chance of place. */
  byId(kind: PartKind): void {
    const [, others] = this.#open(kind);
    for (const to of others) {
      const from = this.#a.parts.get(keyOf(to));
      if (!from) continue;
      const isWritten = isPinned(from) || isPinned(to);
      if (isWritten || likenessOf(countsOf(from), countsOf(to)) >= ALIKE) this.#match(from, to);
    }
  }

  /** The same words: in the same place first, then anywhere. Two written ids that differ are two parts, whatever they say. */
  byText(kind: PartKind): void {
    for (const sameTextAt of [(part: Part) => placeOf(part), () => ""]) {
      const [left, right] = this.#open(kind);
      const waiting = new Map<string, Part[]>();
      for (const part of right) {
        const text = textOf(part);
        const key = `${sameTextAt(part)} ${text}`;
        if (text !== "") waiting.set(key, [...(waiting.get(key) ?? []), part]);
      }
      for (const from of left) {
        const place = sameTextAt(from);
        const owner = this.matched.get(place) ?? place;
        const same = waiting.get(`${place === "" ? "" : owner} ${textOf(from)}`);
        const to = same?.find((one) => !this.#taken.has(keyOf(one)) && mayBeOne(from, one));
        if (to) this.#match(from, to);
      }
    }
  }

  /** A section that holds mostly the items of another one is that section under a new name. */
  sectionsByContent(): void {
    const [left, right] = this.#open("section");
    const shared = (from: Part, to: Part): number => {
      const own = partsIn(from).map((name) => this.matched.get(keyOf(name)));
      const others = new Set(partsIn(to).map(keyOf));
      const both = own.filter((key) => key !== undefined && others.has(key)).length;
      return both === 0 ? 0 : (2 * both) / (own.length + others.size);
    };
    this.#greedy(left, right, shared, 0.5);
  }

  byLikeness(kind: PartKind): void {
    const [left, right] = this.#open(kind);
    const counts = new Map([...left, ...right].map((part) => [part, countsOf(part)]));
    const none: WordCounts = new Map();
    const alike = (from: Part, to: Part): number => {
      const score = likenessOf(counts.get(from) ?? none, counts.get(to) ?? none);
      const place = placeOf(from);
      // Of two that are as alike the one in the same place is meant.
      return score < ALIKE ? 0 : score + ((this.matched.get(place) ?? place) === placeOf(to) ? 0.1 : 0);
    };
    this.#greedy(left, right, alike, ALIKE);
  }

  #greedy(
    left: readonly Part[],
    right: readonly Part[],
    score: (from: Part, to: Part) => number,
    least: number,
  ): void {
    const pairs = left.flatMap((from) =>
      right.flatMap((to) => {
        const value = mayBeOne(from, to) ? score(from, to) : 0;
        return value >= least ? [{ from, to, value }] : [];
      }),
    );
    // The sort keeps the order of the documents among equals.
    for (const { from, to } of pairs.sort((x, y) => y.value - x.value))
      if (!this.matched.has(keyOf(from)) && !this.#taken.has(keyOf(to))) this.#match(from, to);
  }
}

/** Footnotes and templates have no ids of their own to pin: a label, a section's id is written. */
function isPinned({ kind, attributes }: Part): boolean {
  return kind === "footnote" || kind === "template" || attributes.pinned === true;
}

function mayBeOne(from: Part, to: Part): boolean {
  return !(isPinned(from) && isPinned(to)) || from.kind === "template";
}

function placeOf(part: Part): string {
  return part.in === null ? "document" : keyOf(part.in);
}

function textOf({ attributes }: Part): string {
  if (typeof attributes.value === "string") return attributes.value;
  return writtenText((attributes.title as readonly Inline[] | undefined) ?? []).trim();
}

function countsOf(part: Part): WordCounts {
  return wordCounts(textOf(part));
}

function partsIn({ text }: Part): readonly PartName[] {
  return text.flatMap((token) => (token.type === "part" && token.kind !== "section" ? [token] : []));
}
