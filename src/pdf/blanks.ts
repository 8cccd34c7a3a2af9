/** What a person fills in: boxes to tick and cells to write in, printed and as form fields. */
import type { Document } from "./document.ts";
import type { Page } from "./page.ts";
import { baseline, LineDrawer } from "./paragraph.ts";
import { GRAY, SMALL, type Type } from "./scale.ts";
import type { Element } from "./tags.ts";
import { type Line, type Span, setLine, setText } from "./text.ts";
import type { FieldKind } from "./widgets.ts";

/** Side of a box to tick, in points. */
export const BOX = 10.5;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What is written stands on a line at the foot, not in the middle. */
  readonly onLine?: boolean;
}

export interface Blank {
  /** Parts of the field's full name. */
  readonly name: readonly string[];
  /** What a screen reader says. */
  readonly label: string;
}

/** A drawn box with its form field, belonging to a Form element under `parent`. */
export function tickBox(
  document: Document,
  page: Page,
  parent: Element,
  blank: Blank,
  x: number,
  y: number,
): void {
  page.artifact(() => page.rectangle(x, y, BOX, BOX, { weight: 0.8 }));
  const entry = document.entry(blank.name);
  if (entry === true) {
    const mark = setLine([{ text: "✕", style: "bold", size: 11 }], document);
    page.tagged(parent.add("Span"), () => page.text(mark.pieces, x + (BOX - mark.width) / 2, y + BOX - 1.2));
  }
  if (entry !== undefined) return;
  addField(document, page, parent, blank, "check", { x, y, width: BOX, height: BOX });
}

/** A form field over a cell; whoever calls draws the cell's lines. */
export function addField(
  document: Document,
  page: Page,
  parent: Element,
  blank: Blank,
  kind: FieldKind,
  area: Area,
): void {
  const entry = document.entry(blank.name);
  if (typeof entry === "string") drawEntry(document, page, parent, entry, area);
  if (entry !== undefined) return;
  // A blank that stands twice on a sheet is one field: the second place is for the pen only.
  if (document.form.has(blank.name)) return;
  const rectangle = page.box(area.x, area.y, area.width, area.height);
  const widget = document.form.add({ kind, name: blank.name, label: blank.label, area: rectangle });
  document.addWidget(page, parent.add("Form"), widget);
}

/** From the baseline of a label to the foot of the area beside it. */
const ON_LINE = 2;

const WRITTEN = { size: SMALL.size, leading: 9.4 } as const;

/** What was written into a blank: as many lines as it holds, the last cut where that is not enough. */
export function drawEntry(document: Document, page: Page, parent: Element, entry: string, area: Area): void {
  const set = (text: string): Line[] =>
    setText([{ text, style: "regular", size: WRITTEN.size }], Math.max(area.width - 2, 8), document);
  const most = Math.max(1, Math.floor((area.height + 1) / WRITTEN.leading));
  let lines = set(entry);
  for (let length = entry.length - 1; lines.length > most && length > 0; length -= 1)
    lines = set(`${entry.slice(0, length).trimEnd()}…`);
  const free = Math.max(0, area.height - lines.length * WRITTEN.leading);
  // On a line, the last baseline is that of the label beside it.
  const [first] = lines;
  const lift = first ? ON_LINE - WRITTEN.leading + baseline(first, WRITTEN.leading) : 0;
  const top = area.y + (area.onLine ? free - lift : free / 2);
  const drawer = new LineDrawer(document, parent.add("Span"));
  lines.forEach((line, i) => {
    drawer.draw(page, line, area.x + 1, top + i * WRITTEN.leading + baseline(line, WRITTEN.leading));
  });
}

/** A line to write on, with a small label under or before it. */
export function writeLine(page: Page, x: number, y: number, width: number): void {
  page.artifact(() => page.line(x, y, x + width, y, { weight: 0.6 }));
}

export function label(
  document: Document,
  text: string,
  options: { readonly bold?: boolean; readonly gray?: number; readonly type?: Type } = {},
): Line {
  const span: Span = {
    text,
    style: options.bold ? "bold" : "regular",
    size: (options.type ?? SMALL).size,
    gray: options.gray ?? (options.bold ? 0 : GRAY.text),
  };
  return setLine([span], document);
}

/** Draws a line of text as the content of an element, its baseline at `y`. */
export function drawLabel(page: Page, element: Element, line: Line, x: number, y: number): void {
  if (line.pieces.length > 0) page.tagged(element, () => page.text(line.pieces, x, y));
}
