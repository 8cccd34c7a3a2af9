/** Text to lines: fonts by grapheme, breaks by UAX 14, widths as the fonts have them. */
import { breaksOf } from "./breaks.ts";
import type { Face, FontSet, Style, Unprintable } from "./fonts.ts";

/** Where a link leads: an address, or the name of a destination in the document. */
export type Target = { readonly href: string } | { readonly to: string };

/** Text in one style. `gray` is 0 for black. */
export interface Span {
  readonly text: string;
  readonly style: Style;
  /** Points. */
  readonly size: number;
  readonly gray?: number;
  readonly strike?: boolean;
  readonly link?: Target;
  /** What a screen reader says of a link, where its text alone does not tell. */
  readonly says?: string;
  /** A blank: the text is spaces, a line is drawn under it, and it can be filled on screen. */
  readonly field?: { readonly name: readonly string[]; readonly label: string };
}

/** Text of one span and one font on one line. `x` counts from the start of the line. */
export interface Piece {
  readonly face: Face;
  readonly span: Span;
  readonly text: string;
  readonly x: number;
  readonly width: number;
}

/** A set line; `ascent` and `descent` are points above and below the baseline. */
export interface Line {
  readonly pieces: readonly Piece[];
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
  /** The next line goes on with this one's word. */
  readonly split: boolean;
}

export interface Setting {
  readonly fonts: FontSet;
  readonly report: (problem: Unprintable) => void;
}

interface Part {
  readonly face: Face;
  readonly span: Span;
  readonly text: string;
  readonly width: number;
}

/** What may not be divided: its parts, and the width that counts at the end of a line. */
interface Word {
  readonly parts: readonly Part[];
  readonly width: number;
  readonly trimmed: number;
  readonly required: boolean;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Width of text in one face, in points. Words are measured with the space that follows them. */
export function widthOf(face: Face, text: string, size: number): number {
  let sum = 0;
  for (const word of splitWords(text)) sum += face.layout(word).advanceWidth;
  return (sum * size) / 1000;
}

/** Words with the spaces after them: the unit that layouts are kept by. */
export function splitWords(text: string): readonly string[] {
  return text.match(/[^ ]* |[^ ]+/g) ?? [];
}

function partsOf(span: Span, text: string, setting: Setting): Part[] {
  return setting.fonts.runs(span.style, text, setting.report).map((run) => ({
    face: run.face,
    span,
    text: run.text,
    width: widthOf(run.face, run.text, span.size),
  }));
}

/** Without spaces at the end; those of a blank, which do not break, stay. */
function trimmedText(text: string): string {
  return text.replace(/ +$/, "");
}

function trimmedWidth(parts: readonly Part[]): number {
  const total = parts.reduce((sum, part) => sum + part.width, 0);
  const last = parts.at(-1);
  if (!last) return 0;
  const trimmed = trimmedText(last.text);
  return trimmed === last.text ? total : total - last.width + widthOf(last.face, trimmed, last.span.size);
}

/** Cuts spans at the places where a line may break. */
function wordsOf(spans: readonly Span[], setting: Setting): Word[] {
  const words: Word[] = [];
  let start = 0;
  let span = 0;
  let spanStart = 0;
  for (const { position, required } of breaksOf(spans)) {
    const parts: Part[] = [];
    while (start < position) {
      const current = spans[span];
      if (!current) break;
      const spanEnd = spanStart + current.text.length;
      const upTo = Math.min(position, spanEnd);
      const text = current.text.slice(start - spanStart, upTo - spanStart).replace(/[\n\r\u2028\u2029]/g, "");
      parts.push(...partsOf(current, text, setting));
      start = upTo;
      if (start === spanEnd) {
        span += 1;
        spanStart = spanEnd;
      }
    }
    const width = parts.reduce((sum, part) => sum + part.width, 0);
    words.push({ parts, width, trimmed: trimmedWidth(parts), required });
  }
  return words;
}

/** A word wider than the line, cut between graphemes. */
function cutWord(word: Word, available: number, width: number): Word[] {
  const pieces: Word[] = [];
  let parts: Part[] = [];
  let used = 0;
  let room = available;
  for (const part of word.parts) {
    for (const { segment } of graphemes.segment(part.text)) {
      const advance = widthOf(part.face, segment, part.span.size);
      if (parts.length > 0 && used + advance > room) {
        pieces.push({ parts, width: used, trimmed: used, required: false });
        parts = [];
        used = 0;
        room = width;
      }
      parts.push({ ...part, text: segment, width: advance });
      used += advance;
    }
  }
  pieces.push({ parts, width: used, trimmed: trimmedWidth(parts), required: word.required });
  return pieces;
}

/** Joins parts of the same span and face, measures them as they will be drawn, and places them. */
function lineOf(parts: readonly Part[], fallback: Face, size: number, split: boolean): Line {
  const joined: { face: Face; span: Span; text: string }[] = [];
  for (const { face, span, text } of parts) {
    const last = joined.at(-1);
    if (last && last.face === face && last.span === span) last.text += text;
    else joined.push({ face, span, text });
  }
  const pieces: Piece[] = [];
  let x = 0;
  for (const piece of joined) {
    const width = widthOf(piece.face, piece.text, piece.span.size);
    pieces.push({ ...piece, x, width });
    x += width;
  }
  const last = pieces.at(-1);
  const tail = last ? last.width - widthOf(last.face, trimmedText(last.text), last.span.size) : 0;
  const sizes = joined.map(({ span }) => span.size);
  // Fallback fonts have taller boxes; lines stay on the grid of the text family.
  const largest = Math.max(...(sizes.length > 0 ? sizes : [size]));
  return {
    pieces,
    width: x - tail,
    ascent: fallback.ascent * largest,
    descent: fallback.descent * largest,
    split,
  };
}

/**
 * Sets text to lines of at most `width` points. A word that is wider is cut between graphemes and its
 * line marked `split`. No text gives one empty line.
 */
export function setText(spans: readonly Span[], width: number, setting: Setting): Line[] {
  const first = spans[0];
  const fallback = setting.fonts.primary(first?.style ?? "regular");
  const size = first?.size ?? 0;
  const lines: Line[] = [];
  let parts: Part[] = [];
  let used = 0;
  const close = (split: boolean): void => {
    lines.push(lineOf(parts, fallback, size, split));
    parts = [];
    used = 0;
  };
  const put = (word: Word): void => {
    parts.push(...word.parts);
    used += word.width;
  };
  for (const word of wordsOf(spans, setting)) {
    if (used > 0 && used + word.trimmed > width + 0.01) {
      // A long token starts on its own line, and is cut there if it has to be.
      close(false);
    }
    if (word.trimmed > width + 0.01) {
      const cut = cutWord(word, width - used, width);
      cut.forEach((piece, i) => {
        put(piece);
        if (i < cut.length - 1) close(true);
      });
    } else put(word);
    if (word.required) close(false);
  }
  if (parts.length > 0 || lines.length === 0) close(false);
  return lines;
}

/** Text on one line, whatever its width. */
export function setLine(spans: readonly Span[], setting: Setting): Line {
  const parts = spans.flatMap((span) => partsOf(span, span.text.replace(/\s+/g, " "), setting));
  return lineOf(parts, setting.fonts.primary(spans[0]?.style ?? "regular"), spans[0]?.size ?? 0, false);
}
