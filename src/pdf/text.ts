/** Text to lines: fonts by grapheme, breaks by UAX 14, widths as the fonts have them. */
import { type Levels, levelsOf, mirrored, visualOrder } from "./bidi.ts";
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
  /** Set from right to left: one word, and what it says where its brackets are turned around. */
  readonly backwards?: { readonly says: string };
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
  /** After UAX 9: odd from right to left. */
  readonly level: number;
}

/** What may not be divided: its parts, and the width that counts at the end of a line. */
interface Word {
  readonly parts: readonly Part[];
  readonly width: number;
  readonly trimmed: number;
  readonly required: boolean;
  /** Level of its paragraph. */
  readonly base: number;
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

/** Parts of a text, each in one font and of one level. `from` is the place of the text among the levels. */
function partsOf(span: Span, text: string, setting: Setting, levels: Levels | null, from: number): Part[] {
  const parts: Part[] = [];
  for (let start = 0; start < text.length; ) {
    const level = levels?.levels[from + start] ?? 0;
    let end = start + 1;
    while (end < text.length && (levels?.levels[from + end] ?? 0) === level) end += 1;
    for (const { face, text: drawn } of setting.fonts.runs(
      span.style,
      text.slice(start, end),
      setting.report,
    ))
      parts.push({ face, span, text: drawn, width: widthOf(face, drawn, span.size), level });
    start = end;
  }
  return parts;
}

/** Code goes from left to right, whatever it says. */
function levelsOfSpans(spans: readonly Span[], text: string): Levels | null {
  return levelsOf(text, spans[0]?.style === "mono" ? "ltr" : "auto");
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
  const levels = levelsOfSpans(spans, spans.map(({ text }) => text).join(""));
  let start = 0;
  let span = 0;
  let spanStart = 0;
  for (const { position, required } of breaksOf(spans)) {
    const parts: Part[] = [];
    const base = levels?.baseAt(start) ?? 0;
    while (start < position) {
      const current = spans[span];
      if (!current) break;
      const spanEnd = spanStart + current.text.length;
      const upTo = Math.min(position, spanEnd);
      const text = current.text.slice(start - spanStart, upTo - spanStart).replace(/[\n\r\u2028\u2029]/g, "");
      parts.push(...partsOf(current, text, setting, levels, start));
      start = upTo;
      if (start === spanEnd) {
        span += 1;
        spanStart = spanEnd;
      }
    }
    const width = parts.reduce((sum, part) => sum + part.width, 0);
    words.push({ parts, width, trimmed: trimmedWidth(parts), required, base });
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
        pieces.push({ parts, width: used, trimmed: used, required: false, base: word.base });
        parts = [];
        used = 0;
        room = width;
      }
      parts.push({ ...part, text: segment, width: advance });
      used += advance;
    }
  }
  pieces.push({ ...word, parts, width: used, trimmed: trimmedWidth(parts) });
  return pieces;
}

interface Placed {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** Pieces of a line of both directions: in the order in which they are read, each where it stands. */
function placeBoth(parts: readonly Part[]): Placed {
  const units = parts.flatMap((part) =>
    part.level % 2 === 0 ? [part] : splitWords(part.text).map((text) => ({ ...part, text })),
  );
  // Spaces at the end of a line are nowhere, on whichever side that end is.
  while (units.at(-1)?.text.trim() === "") units.pop();
  const set = units.map(({ face, span, text, level }, i) => {
    const shown = i === units.length - 1 ? trimmedText(text) : text;
    const width = widthOf(face, shown, span.size);
    return level % 2 === 0
      ? { face, span, text: shown, width }
      : { face, span, text: mirrored(shown), width, backwards: { says: shown } };
  });
  const places = new Map<number, number>();
  let x = 0;
  for (const at of visualOrder(units.map(({ level }) => level))) {
    places.set(at, x);
    x += set[at]?.width ?? 0;
  }
  return { pieces: set.map((piece, i) => ({ ...piece, x: places.get(i) ?? 0 })), width: x };
}

/** Joins parts of the same span and face, measures them as they will be drawn, and places them. */
function place(parts: readonly Part[]): Placed {
  if (parts.some(({ level }) => level > 0)) return placeBoth(parts);
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
  return { pieces, width: x - tail };
}

function lineOf(parts: readonly Part[], fallback: Face, size: number, split: boolean): Line {
  const sizes = parts.map(({ span }) => span.size);
  // Fallback fonts have taller boxes; lines stay on the grid of the text family.
  const largest = Math.max(...(sizes.length > 0 ? sizes : [size]));
  return {
    ...place(parts),
    ascent: fallback.ascent * largest,
    descent: fallback.descent * largest,
    split,
  };
}

/** A line of a paragraph from right to left, at the right of its room. */
function atRight(line: Line, room: number): Line {
  const shift = Math.max(0, room - line.width);
  return {
    ...line,
    pieces: line.pieces.map((piece) => ({ ...piece, x: piece.x + shift })),
    width: line.width + shift,
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
  let base = 0;
  const close = (split: boolean): void => {
    const line = lineOf(parts, fallback, size, split);
    lines.push(base % 2 === 1 ? atRight(line, width) : line);
    parts = [];
    used = 0;
  };
  const put = (word: Word): void => {
    base = word.base;
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
  const said = spans.map((span) => ({ span, text: span.text.replace(/\s+/g, " ") }));
  const levels = levelsOfSpans(spans, said.map(({ text }) => text).join(""));
  let from = 0;
  const parts = said.flatMap(({ span, text }) => {
    from += text.length;
    return partsOf(span, text, setting, levels, from - text.length);
  });
  return lineOf(parts, setting.fonts.primary(spans[0]?.style ?? "regular"), spans[0]?.size ?? 0, false);
}
