/** Widths of columns, from what stands in them. */

import { unbroken } from "./breaks.ts";
import type { Document } from "./document.ts";
import { SMALL } from "./scale.ts";
import { type Column, GAP } from "./table.ts";
import { type Span, widthOf } from "./text.ts";

/** A word wider than this part of the table is cut rather than given a column of its own. */
const WORD = 0.28;
/** No column asks for more than this part of the table, however long its text is. */
const TEXT = 0.6;

/** So many of the texts of a column stand in one line, if all columns can have that. */
const USUAL = 0.9;

interface Natural {
  /** Width of the longest word. */
  readonly least: number;
  /** Width that most texts have in one line. */
  readonly widest: number;
}

/** The first cell is the head, which has its line in any case. */
function naturalOf(document: Document, cells: readonly (readonly Span[])[], width: number): Natural {
  let least = 20;
  const lines: number[] = [];
  for (const spans of cells) {
    let line = 0;
    let word = 0;
    let widest = 0;
    for (const { text, style, size } of spans) {
      text.split("\n").forEach((part, n) => {
        if (n > 0) [line, word] = [0, 0];
        for (const run of document.fonts.runs(style, unbroken(part), () => undefined)) {
          for (const token of run.text.split(/( +)/)) {
            const wide = widthOf(run.face, token, size);
            line += wide;
            word = token.startsWith(" ") ? 0 : word + wide;
            least = Math.max(least, word);
            widest = Math.max(widest, line);
          }
        }
      });
    }
    lines.push(widest);
  }
  // In a long table a few long texts do not take the room of all the others.
  const [head = 0, ...texts] = lines;
  const usual = texts.sort((a, b) => a - b)[Math.ceil(texts.length * USUAL) - 1] ?? 0;
  const widest = Math.max(head, usual);
  const whole = Math.min(least, width * WORD) + GAP;
  return { least: whole, widest: Math.max(whole, Math.min(widest, width * TEXT) + GAP) };
}

/** Parts of what there is: whoever wants little gets all of it, the rest is divided alike. */
function served(wants: readonly number[], there: number): number[] {
  let left = there;
  let open = wants.length;
  const given = wants.map(() => 0);
  for (const i of wants.map((_, n) => n).sort((a, b) => (wants[a] ?? 0) - (wants[b] ?? 0))) {
    given[i] = Math.min(wants[i] ?? 0, left / open);
    left -= given[i] ?? 0;
    open -= 1;
  }
  return given;
}

/** Widths for columns of text: by their natural width, none narrower than its longest word. */
export function naturalColumns(
  document: Document,
  heads: readonly string[],
  rows: readonly (readonly (readonly Span[])[])[],
  width: number,
): Column[] {
  const natural = heads.map((text, i) => {
    const head: Span = { text, style: "regular", size: SMALL.size };
    return naturalOf(document, [[head], ...rows.map((row) => row[i] ?? [])], width);
  });
  const least = served(
    natural.map((each) => each.least),
    width,
  );
  const wanted = natural.map(({ widest }, i) => widest - (least[i] ?? 0));
  const spare = width - least.reduce((sum, each) => sum + each, 0);
  const more = served(wanted, spare);
  // What is left over when every text has its line goes to all alike.
  const over = (spare - more.reduce((sum, each) => sum + each, 0)) / heads.length;
  return heads.map((head, i) => ({
    head,
    width: (least[i] ?? 0) + (more[i] ?? 0) + over,
  }));
}
