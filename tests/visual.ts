/** What stands on a set line from the left to the right, letter by letter. */
import type { Line } from "../src/pdf/text.ts";

export function visualOf(line: Line): string {
  return [...line.pieces]
    .sort((a, b) => a.x - b.x)
    .map(({ text, backwards }) => (backwards ? [...text].reverse().join("") : text))
    .join("");
}
