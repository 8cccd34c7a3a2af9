/** Widths of columns, from what stands in them. */
import type { Document } from "./document.ts";
import { SMALL } from "./scale.ts";
import { type Column, GAP } from "./table.ts";
import { type Span, widthOf } from "./text.ts";

/** A word wider than this part of the table is cut rather than given a column of its own. */
const WORD = 0.28;
/** No column asks for more than this part of the table, however long its text is. */
const TEXT = 0.6;

interface Natural {
  /** Width of the longest word. */
  readonly least: number;
  /** Width of the longest line. */
  readonly widest: number;
}

function naturalOf(document: Document, cells: readonly (readonly Span[])[], width: number): Natural {
  let least = 20;
  let widest = 0;
  for (const spans of cells) {
    let line = 0;
    let word = 0;
    for (const { text, style, size } of spans) {
      const face = document.fonts.primary(style);
      for (const token of text.split(/(\n| +)/)) {
        const wide = widthOf(face, token, size);
        line = token === "\n" ? 0 : line + wide;
        word = /^[\n ]/.test(token) ? 0 : word + wide;
        least = Math.max(least, word);
        widest = Math.max(widest, line);
      }
    }
  }
  const whole = Math.min(least, width * WORD) + GAP;
  return { least: whole, widest: Math.max(whole, Math.min(widest, width * TEXT) + GAP) };
}

/** The least widths, the widest of them cut down alike where they are too many for the table. */
function fitted(least: readonly number[], width: number): number[] {
  let most = Math.max(...least);
  const sum = (): number => least.reduce((total, each) => total + Math.min(each, most), 0);
  while (sum() > width && most > 20) most -= 1;
  return least.map((each) => Math.min(each, most));
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
  const least = fitted(
    natural.map((each) => each.least),
    width,
  );
  const wanted = natural.map(({ widest }, i) => widest - (least[i] ?? 0));
  const spare = width - least.reduce((sum, each) => sum + each, 0);
  const wish = wanted.reduce((sum, each) => sum + each, 0);
  // What is left over when every text has its line goes to all alike.
  const over = Math.max(0, spare - wish) / heads.length;
  const share = wish === 0 ? 0 : Math.min(1, spare / wish);
  return heads.map((head, i) => ({
    head,
    width: (least[i] ?? 0) + share * (wanted[i] ?? 0) + over,
  }));
}
