/** Text as operators of a content stream: glyph numbers of a font's subset, with the adjustments between them. */
import type { EmbeddedFont } from "pdfkit";
import { numeral } from "./objects.ts";
import { type Piece, splitWords } from "./text.ts";

/** A glyph that is shown, so much above the line, or a move; thousandths of the size. */
type Step = { readonly glyph: number; readonly rise: number } | { readonly move: number };

interface Laid {
  readonly steps: readonly Step[];
  /** What a reader makes of the glyphs. */
  readonly read: string;
}

/** What the map of the font says of a glyph that stands for nothing of its own. */
const NOTHING = "\u200b";

/**
 * The operators that show a piece of text. Where the glyphs of a word stand for other characters too, the word is
 * given as its `ActualText` (ISO 32000-1, 14.9.4): one glyph may be a thumb in several colours of skin.
 */
export function showText(font: EmbeddedFont, piece: Piece): string {
  const operators: string[] = [];
  let steps: Step[] = [];
  const show = (): void => {
    if (steps.length > 0) operators.push(showSteps(steps, piece.span.size));
    steps = [];
  };
  for (const word of splitWords(piece.text)) {
    const laid = layWord(font, piece, word);
    const says = piece.backwards?.says ?? word;
    if (laid.read === says || isTurned(piece)) steps.push(...laid.steps);
    else {
      show();
      operators.push(
        `/Span <</ActualText ${utf16(says)}>> BDC ${showSteps(laid.steps, piece.span.size)} EMC`,
      );
    }
  }
  show();
  return operators.length === 0 ? "[] TJ" : operators.join(" ");
}

/** Readers know that the glyphs of a word from right to left stand in turned order; of a bracket they do not. */
function isTurned({ backwards }: Piece): boolean {
  return backwards !== undefined && [...backwards.says.trim()].length > 1;
}

function layWord(font: EmbeddedFont, { face, backwards }: Piece, word: string): Laid {
  const { glyphs, positions } = face.layout(word, backwards !== undefined);
  const steps: Step[] = [];
  let read = "";
  glyphs.forEach((glyph, i) => {
    const position = positions[i];
    const number = font.subset.includeGlyph(glyph.id);
    const width = glyph.advanceWidth * font.scale;
    font.widths[number] ??= width;
    const own = glyph.codePoints;
    font.unicode[number] ??= own.length > 0 ? own : [0x200b];
    read += String.fromCodePoint(...(font.unicode[number] ?? []));
    const before = position?.xOffset ?? 0;
    const after = (position?.xAdvance ?? width) - width - before;
    steps.push({ move: before }, { glyph: number, rise: position?.yOffset ?? 0 }, { move: after });
  });
  return { steps, read: read.replaceAll(NOTHING, "") };
}

function showSteps(steps: readonly Step[], size: number): string {
  const shown: string[] = [];
  let operands: string[] = [];
  let codes = "";
  let rise = 0;
  const flush = (): void => {
    if (codes !== "") operands.push(`<${codes}>`);
    codes = "";
  };
  const show = (): void => {
    flush();
    if (operands.length > 0) shown.push(`[${operands.join(" ")}] TJ`);
    operands = [];
  };
  for (const step of steps) {
    if ("glyph" in step) {
      if (Math.abs(step.rise - rise) > 0.01) {
        show();
        rise = step.rise;
        shown.push(`${numeral((rise * size) / 1000)} Ts`);
      }
      codes += step.glyph.toString(16).padStart(4, "0");
    } else if (Math.abs(step.move) > 0.01) {
      flush();
      operands.push(numeral(-step.move));
    }
  }
  show();
  return [...(shown.length === 0 ? ["[] TJ"] : shown), ...(rise === 0 ? [] : ["0 Ts"])].join(" ");
}

/** A text string in hexadecimal, with its mark. */
function utf16(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) =>
    text.charCodeAt(i).toString(16).padStart(4, "0"),
  );
  return `<feff${units.join("")}>`;
}
