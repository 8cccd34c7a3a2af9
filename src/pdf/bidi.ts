/** The order in which text of both directions stands on a line: levels after UAX 9, by bidi-js. */
import bidiFactory from "bidi-js";

const bidi = bidiFactory();

/** Scripts that are set from right to left, where a font has them. */
const SET = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

export interface Levels {
  /** By UTF-16 unit: odd is from right to left. */
  readonly levels: Uint8Array;
  /** The level of the paragraph that a place belongs to. */
  baseAt(place: number): number;
}

/**
 * Levels of a text; null where all of it goes from left to right.
 * @param direction of its paragraphs: that of their first letter, or always from left to right, as code is
 */
export function levelsOf(text: string, direction: "auto" | "ltr"): Levels | null {
  if (!SET.test(text)) return null;
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, direction);
  return {
    levels,
    baseAt: (place) => paragraphs.find(({ end }) => place <= end)?.level ?? paragraphs.at(-1)?.level ?? 0,
  };
}

/** Text as it is drawn from right to left: brackets and the like turned around. */
export function mirrored(text: string): string {
  return [...text].map((char) => bidi.getMirroredCharacter(char) ?? char).join("");
}

/** Places of parts in the order in which they stand on the line, from the left (UAX 9, rule L2). */
export function visualOrder(levels: readonly number[]): number[] {
  const order = levels.map((_, i) => i);
  const highest = Math.max(0, ...levels);
  for (let level = highest; level > 0; level -= 1)
    for (let start = 0; start < order.length; ) {
      const isIn = (at: number): boolean => (levels[order[at] ?? 0] ?? 0) >= level && at < order.length;
      if (!isIn(start)) {
        start += 1;
        continue;
      }
      let end = start;
      while (isIn(end)) end += 1;
      order.splice(start, end - start, ...order.slice(start, end).reverse());
      start = end;
    }
  return order;
}
