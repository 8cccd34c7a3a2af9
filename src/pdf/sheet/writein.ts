/** Blanks under an item: evidence, captures, readings over time. */
import type { Item } from "../../model/checklist.ts";
import { secondsOf } from "../../model/duration.ts";
import { sayDuration } from "../../model/say.ts";
import { addField, type Blank, drawEntry, drawLabel, label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import type { Tag } from "../lazy.ts";
import { GRAY, NOTE, SMALL, WRITE_IN } from "../scale.ts";
import { type Line, setText } from "../text.ts";
import { isShort } from "./asks.ts";
import type { Sheet } from "./context.ts";
import { type Figure, figuresOf } from "./facts.ts";

/** Between labelled lines that stand beside each other. */
export const LINE_GAP = 12;

interface Labelled {
  readonly line: Line;
  readonly blank: LineBlank;
  /** Share of the width. */
  readonly share: number;
}

/** `entry` is what stands on the line already. */
export interface LineBlank extends Blank {
  readonly head: string;
  readonly share?: number;
  readonly entry?: string;
}

/** Labelled lines beside each other. */
export function labelledLines(
  sheet: Sheet,
  blanks: readonly LineBlank[],
  width: number,
  tag: Tag,
  height = WRITE_IN,
): Box {
  const { document } = sheet;
  const set = blanks.map(
    (blank): Labelled => ({ line: label(document, blank.head), blank, share: blank.share ?? 1 }),
  );
  const shares = set.reduce((sum, { share }) => sum + share, 0);
  return {
    height,
    draw(page, x, y) {
      const element = tag().add("P");
      let left = x;
      const base = y + height - 5;
      for (const { line, blank, share } of set) {
        const room = ((width - LINE_GAP * (set.length - 1)) * share) / shares;
        drawLabel(page, element, line, left, base);
        const start = left + line.width + (line.width > 0 ? 5 : 0);
        page.artifact(() => page.line(start, base + 2, left + room, base + 2, { weight: 0.5 }));
        const wide = Math.max(10, left + room - start);
        const area = { x: start, y: y + 2, width: wide, height: height - 5, onLine: true };
        if (blank.entry === undefined) addField(document, page, element, blank, "text", area);
        else drawEntry(document, page, element, blank.entry, area);
        left += room + LINE_GAP;
      }
    },
  };
}

/** Lines for what an item captures and a cell is too small for. */
export function captureBoxes(sheet: Sheet, item: Item, width: number, tag: Tag): Box[] {
  return item.captures
    .filter((capture) => !isShort(capture))
    .map((capture) => {
      const head = capture.required ? capture.label : `${capture.label} (if any)`;
      const name = ["item", item.id, "capture", capture.id];
      return labelledLines(sheet, [{ head, name, label: `${item.number} ${capture.label}` }], width, tag);
    });
}

/** How many readings are printed where nobody said how long the repetition goes on. */
const OPEN_ENDED = 8;
const IN_A_STRIP = 8;
/** Width of what a strip says at its left, and the least of a column: "+150 min" stands over it. */
const SIDE = 84;
const COLUMN = 38;

/** The planned time of a reading, counted from the first. */
function sayTime(seconds: number): string {
  if (seconds % 86400 === 0) return `+${sayDuration(`P${seconds / 86400}D`)}`;
  if (seconds % 3600 === 0) return `+${sayDuration(`PT${seconds / 3600}H`)}`;
  return `+${sayDuration(`PT${Math.round(seconds / 60)}M`)}`;
}

/** A column for every planned reading, in strips of eight at most. */
export function readingBoxes(sheet: Sheet, item: Item, width: number, tag: Tag): Box[] {
  const { repeat } = item;
  if (!repeat) return [];
  const figures = figuresOf(item, sheet);
  const every = secondsOf(repeat.every);
  const count = repeat.expected ?? OPEN_ENDED;
  const times = Array.from({ length: count }, (_, i) => sayTime(every * (i + 1)));
  const strips: Box[] = [];
  const most = Math.max(1, Math.min(IN_A_STRIP, Math.floor((width - SIDE) / COLUMN)));
  const column = (width - SIDE) / most;
  // Strips of the same length, rather than a long one and a stump.
  const beside = Math.ceil(count / Math.ceil(count / most));
  for (let start = 0; start < times.length; start += beside) {
    strips.push(stripBox(sheet, item, figures, times.slice(start, start + beside), start, column, tag));
  }
  return strips;
}

function stripBox(
  sheet: Sheet,
  item: Item,
  figures: readonly Figure[],
  times: readonly string[],
  first: number,
  column: number,
  tag: Tag,
): Box {
  const { document } = sheet;
  const names =
    figures.length > 0
      ? figures.map(({ label: name, unit }) => `${name}${unit === null ? "" : `, ${unit}`}`)
      : ["Result, initials"];
  const rows = names;
  const labels = rows.map((text) => sideLabel(sheet, text));
  const heads = times.map((time) => label(document, time, { gray: 0 }));
  const height = SMALL.leading + 2 + rows.length * WRITE_IN;
  return {
    height,
    before: 3,
    draw(page, x, y) {
      const element = tag().add("P");
      const grid = y + SMALL.leading + 2;
      page.artifact(() => {
        const rule = { weight: 0.5, gray: GRAY.rule };
        rows.forEach((_, i) => {
          page.line(x, grid + i * WRITE_IN, x + SIDE + column * times.length, grid + i * WRITE_IN, rule);
        });
        page.line(x, y + height, x + SIDE + column * times.length, y + height, rule);
        for (let i = 0; i <= times.length; i += 1)
          page.line(x + SIDE + column * i, grid, x + SIDE + column * i, y + height, rule);
      });
      heads.forEach((head, i) => {
        drawLabel(
          page,
          element,
          head,
          x + SIDE + column * i + (column - head.width) / 2,
          y + SMALL.leading - 2,
        );
      });
      labels.forEach((lines, row) => {
        const top = grid + row * WRITE_IN;
        lines.forEach((line, i) => {
          const base = top + WRITE_IN / 2 + 3 + (i - (lines.length - 1) / 2) * NOTE.leading;
          drawLabel(page, element, line, x, base);
        });
        times.forEach((time, i) => {
          const part = figures[row]?.metric ?? "result";
          const blank = {
            name: ["item", item.id, "reading", String(first + i + 1), part],
            label: `${item.number} reading ${first + i + 1} at ${time}: ${rows[row] ?? ""}`,
          };
          addField(document, page, element, blank, "text", {
            x: x + SIDE + column * i + 1,
            y: top + 1,
            width: column - 2,
            height: WRITE_IN - 2,
          });
        });
      });
    },
  };
}

/** Two lines at most; what does not stand on them is cut. */
function sideLabel(sheet: Sheet, text: string): readonly Line[] {
  const set = (says: string): Line[] =>
    setText([{ text: says, style: "regular", size: SMALL.size, gray: GRAY.text }], SIDE - 6, sheet.document);
  let lines = set(text);
  for (let length = text.length - 1; lines.length > 2 && length > 4; length -= 1)
    lines = set(`${text.slice(0, length).trimEnd()}…`);
  return lines.slice(0, 2);
}
