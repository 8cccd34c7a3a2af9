/** The many ways in which people draw a box. */

const OPEN_GLYPH =
  "☐|⬜|🔲|□|❏|❑|▢|◻|◽|🗆|&#9744;|&#x2610;|:white_large_square:|:white_medium_square:|:black_square_button:|:white_square_button:";
const TICKED_GLYPH = "☑|☒|🗹|&#9745;|&#x2611;|:ballot_box_with_check:";
/** Ticks without a box: a state, not a box, where boxes are about. */
const TICK = "✅|✔|✓|☑|:white_check_mark:|:heavy_check_mark:";
const BRACKET = "\\[ {0,3}[xX✓✔✗✘]? {0,3}\\]";

/** HTML's own. */
const INPUT = "<input\\b[^<>]{0,80}\\btype=[\"']?checkbox\\b[^<>]{0,80}>";
const GLYPH = `(?:${OPEN_GLYPH}|${TICKED_GLYPH}|${INPUT})\\uFE0F?`;
const GLYPH_START = new RegExp(`^(${GLYPH})[ \\t\\u00A0]*(?=\\S)`, "u");
/** A bracket is a box only with white space behind, and is no link. */
const BRACKET_START = new RegExp(`^(${BRACKET})(?:[ \\t\\u00A0]+[-–:])?[ \\t\\u00A0]+(?=\\S)`, "u");
/** `-[ ] text`: the space behind the marker is missing. */
const TIGHT_START = /^[-*+](\[[ xX]\])[ \t]*(?=\S)/u;
const ANY = new RegExp(`(${GLYPH})|(${BRACKET})(?![(\\[:])`, "gu");
const TICK_START = new RegExp(`^(?:${TICK}|☐|⬜)\\uFE0F?[ \\t\\u00A0]*`, "u");
const TICK_END = new RegExp(`[ \\t\\u00A0]*(?:${TICK})\\uFE0F?$`, "u");
const TICKED = new RegExp(`${TICKED_GLYPH}|${TICK}|^\\[ *[xX✓✔✗✘]|\\bchecked\\b`, "u");

export interface Mark {
  /** What stands there, with the white space behind it. */
  readonly source: string;
  readonly mark: string;
  readonly ticked: boolean;
}

/** The box that a line begins with; null where it begins with none. */
export function markAt(line: string): Mark | null {
  const found = GLYPH_START.exec(line) ?? BRACKET_START.exec(line) ?? TIGHT_START.exec(line);
  const mark = found?.[1];
  return found && mark !== undefined ? { source: found[0], mark, ticked: TICKED.test(mark) } : null;
}

export interface Placed {
  readonly index: number;
  readonly mark: string;
}

/** All boxes of a line. Brackets count only beside white space: `[x]` in `a[x]` is none. */
export function marksIn(line: string): readonly Placed[] {
  return [...line.matchAll(ANY)].flatMap(({ index, 0: mark, 2: bracket }) => {
    const before = line[index - 1] ?? " ";
    const after = line[index + mark.length] ?? " ";
    const isLoose = /[\s|/`(:]/u.test(before) && /[\s|/`),]/u.test(after);
    return bracket === undefined || isLoose ? [{ index, mark }] : [];
  });
}

/** The same line with blanks for its code spans: what stands in one is an example. */
export function withoutCode(line: string): string {
  return line.replace(/`[^`]*`/g, (code) => " ".repeat(code.length));
}

/** The box that a line ends with, with the white space before it; null where it ends with none. */
export function markAtEnd(line: string): Mark | null {
  const last = marksIn(line.slice(-60)).at(-1);
  const at = last ? Math.max(0, line.length - 60) + last.index : -1;
  if (!last || at + last.mark.length !== line.length || at === 0) return null;
  const start = line.slice(0, at).trimEnd().length;
  return { source: line.slice(start), mark: last.mark, ticked: isTicked(last.mark) };
}

/** A cell, or a line, of boxes with short words beside them. */
export function isBoxes(cell: string): boolean {
  const text = cell.trim().replace(/^`(.*)`$/, "$1");
  const marks = marksIn(text);
  return marks.length > 0 && marks[0]?.index === 0 && labelsOf(text).every((label) => label.length <= 24);
}

/** The words beside the boxes. */
export function labelsOf(line: string): readonly string[] {
  const marks = marksIn(line);
  return marks.map(({ index, mark }, at) =>
    line
      .slice(index + mark.length, marks[at + 1]?.index ?? line.length)
      .replace(/[\s/|,;·]+$/u, "")
      .trim(),
  );
}

export function isTicked(mark: string): boolean {
  return TICKED.test(mark);
}

/** A state at the start of a text that has a box already: `✅ ` of `- [ ] ✅ text`. */
export function stateAtStart(text: string): string | null {
  const found = TICK_START.exec(text)?.[0];
  return found !== undefined && found.length < text.length ? found : null;
}

/** A state at the end of a text that has a box already: ` ✅` of `- [ ] text ✅`. */
export function stateAtEnd(text: string): string | null {
  const found = TICK_END.exec(text.slice(-40))?.[0];
  return found !== undefined && found.length < text.length ? found : null;
}
