/** Commands and other code: a mono box that wraps with a mark and never runs out of its frame. */
import type { Document } from "./document.ts";
import type { Box } from "./flow.ts";
import { baseline } from "./paragraph.ts";
import { GRAY, SMALL } from "./scale.ts";
import type { Element } from "./tags.ts";
import { type Line, type Span, setLine, setText, widthOf } from "./text.ts";

export interface CodeOptions {
  readonly width: number;
  readonly before?: number;
  readonly keep?: boolean;
}

const PADDING = 5;
const EDGE = 3;
const TAB = 4;
/** Height of a line without anything on it, as a part of a line. */
const BLANK = 0.55;

/** Tabs become spaces to the next multiple of four columns. */
function expandTabs(line: string): string {
  let column = 0;
  let out = "";
  for (const char of line) {
    const wide = char === "\t" ? TAB - (column % TAB) : 1;
    out += char === "\t" ? " ".repeat(wide) : char;
    column += wide;
  }
  return out;
}

interface CodeLine {
  readonly line: Line;
  readonly wrapped: boolean;
}

function setCode(document: Document, value: string, width: number): CodeLine[] {
  return value.split(/\r\n|\r|\n/).flatMap((source) => {
    const span: Span = { text: expandTabs(source), style: "mono", size: SMALL.size };
    const lines = setText([span], width, document);
    return lines.map((line, i) => ({ line, wrapped: i < lines.length - 1 }));
  });
}

/** The width that code needs so that no line of it wraps. */
export function codeWidth(document: Document, value: string): number {
  const face = document.fonts.primary("mono");
  const lines = value.split(/\r\n|\r|\n/).map((line) => widthOf(face, expandTabs(line), SMALL.size));
  return Math.max(...lines) + 2 * PADDING + widthOf(face, " ↩", SMALL.size);
}

/** Code under an element that `tag` makes when it is first drawn. */
export function codeBox(document: Document, value: string, tag: () => Element, options: CodeOptions): Box {
  const { width, before = 0, keep = false } = options;
  const face = document.fonts.primary("mono");
  const mark = setLine([{ text: "↩", style: "mono", size: SMALL.size, gray: GRAY.text }], document);
  const lines = setCode(
    document,
    value.replace(/\n+$/, ""),
    width - 2 * PADDING - widthOf(face, " ↩", SMALL.size),
  );
  let element: Element | undefined;
  const parts = lines.map(({ line, wrapped }, i): Box => {
    const top = i === 0 ? EDGE : 0;
    const high = line.pieces.length > 0 ? SMALL.leading : SMALL.leading * BLANK;
    const height = high + top + (i === lines.length - 1 ? EDGE : 0);
    return {
      height,
      draw(page, x, y) {
        element ??= tag();
        const owner = element;
        const base = y + top + baseline(line, SMALL.leading);
        page.artifact(() => {
          page.fill(x, y, width, height, GRAY.tint);
          if (wrapped) page.text(mark.pieces, x + width - PADDING - mark.width, base);
        });
        if (line.pieces.length > 0) page.tagged(owner, () => page.text(line.pieces, x + PADDING, base));
      },
    };
  });
  return {
    height: parts.reduce((sum, part) => sum + part.height, 0),
    before,
    keep,
    parts,
    draw(page, x, y) {
      let at = y;
      for (const part of parts) {
        part.draw(page, x, at);
        at += part.height;
      }
    },
  };
}
