/**
 * Finds secrets in text: in sources, and in whatever else is about to be kept for ever. What is found is named by
 * its place and its kind; its value is never part of a message (trust.md).
 */
import type { KnownExample } from "../model/site.schema.ts";
import { slug } from "./ids.ts";
import { isBlank } from "./secrets/placeholder.ts";
import { findByPreset } from "./secrets/preset.ts";
import type { Spot } from "./secrets/spot.ts";
import { findSurrounded } from "./secrets/surrounded.ts";
import { tokenShapes } from "./secrets/tokens.ts";
import { findWritten } from "./secrets/written.ts";

export interface Secret {
  /** What it looks like: "a GitHub token". */
  readonly kind: string;
  /** Both from 1; the column counts UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** Offsets in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/**
 * Every secret of a text, in order, none twice. Deterministic; linear in the length of the text.
 * @param known examples of `site.yaml`: what lies within one of them is not reported
 */
export function findSecrets(text: string, known: readonly KnownExample[] = []): readonly Secret[] {
  const spots = [...findTokens(text), ...findByPreset(text), ...findSurrounded(text), ...findWritten(text)];
  if (spots.length === 0) return [];
  const excused = known.flatMap((example) => placesOf(text, example.text));
  const left = spots.filter(
    ({ start, end }) => !excused.some((place) => place.start <= start && end <= place.end),
  );
  const places = joined([...left, ...repeated(text, left)]);
  return withPlaces(
    text,
    places.filter(({ start, end }) => !excused.some((place) => place.start <= start && end <= place.end)),
  );
}

/** Documents with more different ones are hostile; looking for each again would take its time. */
const MOST_REPEATED = 100;

/** The same value in other places, where nothing around it gives it away. */
function repeated(text: string, spots: readonly Spot[]): readonly Spot[] {
  const kinds = new Map(spots.map(({ kind, start, end }) => [text.slice(start, end), kind]));
  if (kinds.size > MOST_REPEATED) return [];
  return [...kinds]
    .filter(([value]) => value.length >= 6)
    .flatMap(([value, kind]) => placesOf(text, value).map((place) => ({ kind, ...place })));
}

const MIXED = /\d|[a-z][A-Z]|[A-Z]{16}/;

function findTokens(text: string): readonly Spot[] {
  // Keys are long runs without a space, with digits or capitals among small letters: few lines of a checklist have one.
  const runs = text.match(/[\w.~+/=:$-]{16,}/g)?.filter((run) => MIXED.test(run)) ?? [];
  const dense = runs.join(" ");
  return tokenShapes.flatMap(({ kind, has, pattern }) =>
    dense.includes(has)
      ? [...text.matchAll(pattern)].flatMap(({ index, 0: value }): readonly Spot[] =>
          isBlank(value) || !MIXED.test(value.slice(4))
            ? []
            : [{ kind, start: index, end: index + value.length }],
        )
      : [],
  );
}

function placesOf(text: string, part: string): readonly Omit<Spot, "kind">[] {
  const places: Omit<Spot, "kind">[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
    places.push({ start: at, end: at + part.length });
  return places;
}

/** Spots that overlap are one; the first of the longest names it. */
function joined(spots: readonly Spot[]): readonly Spot[] {
  const sorted = spots.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const whole: Spot[] = [];
  for (const spot of sorted) {
    const last = whole.at(-1);
    if (last && spot.start < last.end)
      whole[whole.length - 1] = { ...last, end: Math.max(last.end, spot.end) };
    else whole.push(spot);
  }
  return whole;
}

function withPlaces(text: string, spots: readonly Spot[]): readonly Secret[] {
  const ends = /\r\n|\n|\r/g;
  let [line, begin] = [1, 0];
  let end = ends.exec(text);
  return spots.map((spot) => {
    while (end !== null && end.index < spot.start) {
      line += 1;
      begin = ends.lastIndex;
      end = ends.exec(text);
    }
    return { ...spot, line, column: spot.start - begin + 1 };
  });
}

/** What stands in place of a secret. */
export const CONCEALED = "[secret]";

/**
 * Takes the secrets of a text out of anything that is said about it: whole, in part (a message may cut a value
 * short), and as ids, which are derived from text.
 */
export function concealing(text: string, secrets: readonly Secret[]): (said: string) => string {
  const hide = hiding(text, secrets);
  return (said) => {
    const hidden = hide(said);
    if (hidden.size === 0) return said;
    let shown = "";
    for (let at = 0; at < said.length; at += 1)
      if (!hidden.has(at)) shown += said[at];
      else if (!hidden.has(at - 1)) shown += CONCEALED;
    return shown;
  };
}

/** Which UTF-16 units of something that is said would give a secret of the text away. */
export function hiding(text: string, secrets: readonly Secret[]): (said: string) => ReadonlySet<number> {
  const pieces = new Map<number, Set<string>>();
  for (const { start, end } of secrets) {
    const value = text.slice(start, end);
    for (const form of [value, JSON.stringify(value).slice(1, -1), slug(value, 200)]) {
      const size = Math.min(PIECE, form.length);
      if (size < 4) continue;
      const known = pieces.get(size) ?? new Set();
      pieces.set(size, known);
      for (let at = 0; at + size <= form.length; at += 1) known.add(form.slice(at, at + size).toLowerCase());
    }
  }
  return (said) => {
    const hidden = new Set<number>();
    for (const [size, known] of pieces)
      for (let at = 0; at + size <= said.length; at += 1)
        if (known.has(said.slice(at, at + size).toLowerCase()))
          for (let next = at; next < at + size; next += 1) hidden.add(next);
    return hidden;
  };
}

/** So many characters of a secret in a row give it away. */
const PIECE = 8;
