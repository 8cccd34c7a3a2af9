/** The line of a source under a diagnostic, with a caret under the column; secrets and control characters not shown. */
import { CONCEALED, hiding, type Secret } from "../src/source/secrets.ts";

export interface ShownText {
  readonly text: string;
  readonly secrets: readonly Secret[];
}

export interface Excerpt {
  readonly line: string;
  /** Spaces up to the column, and `^`. */
  readonly caret: string;
}

/** Columns of a terminal that a line may take. */
const WIDTH = 100;

/** Characters of a line before a place that are looked at: more than fit. */
const NEAR = 10 * WIDTH;

/**
 * Makes excerpts of one text: null where it has no such line, or nothing on it. Lines and columns count from 1, in
 * UTF-16 units; column 0 and 1 mean the line, and point to its first word.
 */
export function excerptsOf({ text, secrets }: ShownText): (line: number, column: number) => Excerpt | null {
  const ends = [...text.matchAll(/\r\n|\n|\r/g)];
  const hide = hiding(text, secrets);
  return (line, column) => {
    const before = ends[line - 2];
    const begin = before ? before.index + before[0].length : line === 1 ? 0 : text.length;
    const whole = ends[line - 1]?.index ?? text.length;
    // Of a very long line only what may be shown is looked at.
    const start = Math.max(begin, Math.min(begin + column - 1, whole) - NEAR);
    const end = Math.min(whole, start + 4 * NEAR);
    const hidden = new Set(hide(text.slice(start, end)));
    for (const secret of secrets)
      for (let at = Math.max(secret.start, start); at < Math.min(secret.end, end); at += 1)
        hidden.add(at - start);
    return excerptOf(text.slice(start, end), hidden, column - (start - begin));
  };
}

function excerptOf(whole: string, hidden: ReadonlySet<number>, column: number): Excerpt | null {
  if (whole.trim() === "") return null;
  const at = column > 1 ? Math.min(column - 1, whole.length) : whole.search(/\S/);
  const cells = cellsOf(whole, hidden);
  // Within a secret the caret points to where it begins.
  const before = cells.filter(({ end }) => end <= at).length;
  const [from, to] = windowOf(cells, before);
  const shown = cells.slice(from, to);
  const lead = from > 0 ? "…" : "";
  const widthTo = shown.slice(0, before - from).reduce((sum, { width }) => sum + width, lead.length);
  return {
    line: `${lead}${shown.map((cell) => cell.shown).join("")}${to < cells.length ? "…" : ""}`,
    caret: `${" ".repeat(widthTo)}^`,
  };
}

/** What stands on the screen for one character of the source, or for a secret. */
interface Cell {
  /** Where it ends in the line, in UTF-16 units. */
  readonly end: number;
  readonly shown: string;
  readonly width: number;
}

function cellsOf(line: string, hidden: ReadonlySet<number>): readonly Cell[] {
  const cells: Cell[] = [];
  for (let at = 0; at < line.length; ) {
    if (hidden.has(at)) {
      while (hidden.has(at)) at += 1;
      cells.push({ end: at, shown: CONCEALED, width: CONCEALED.length });
    } else {
      const character = String.fromCodePoint(line.codePointAt(at) ?? 0);
      const shown = visible(character);
      at += character.length;
      cells.push({ end: at, shown, width: shown === character ? widthOf(character) : shown.length });
    }
  }
  return cells;
}

/** A part of the cells that fits the width and has the caret's in it. */
function windowOf(cells: readonly Cell[], caret: number): readonly [from: number, to: number] {
  const total = cells.reduce((sum, { width }) => sum + width, 0);
  if (total <= WIDTH) return [0, cells.length];
  let [from, to, width] = [Math.min(caret, cells.length - 1), Math.min(caret, cells.length - 1) + 1, 1];
  const room = WIDTH - 2;
  while (width < room && (from > 0 || to < cells.length)) {
    // Two thirds of what is shown lead up to the place while there is as much.
    const left = from > 0 && (caret - from < (room * 2) / 3 || to >= cells.length);
    const cell = left ? cells[from - 1] : cells[to];
    width += cell?.width ?? 0;
    if (left) from -= 1;
    else to += 1;
  }
  return [from, to];
}

const WIDE =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]/u;

function widthOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Control characters could move the cursor, and bidi controls turn the line: their code is shown instead. */
export function visible(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replace(
      /[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/gu,
      (one) => `<U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
    );
}
