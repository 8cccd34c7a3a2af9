/** What a row asks to be written down: values beside their limits, evidence, a second person's initials. */
import type { Capture, Item } from "../../model/checklist.ts";
import { addField, label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import type { Tag } from "../lazy.ts";
import type { Page } from "../page.ts";
import { baseline, LineDrawer, paragraph } from "../paragraph.ts";
import { GRAY, SMALL, WRITE_IN } from "../scale.ts";
import type { Element } from "../tags.ts";
import { type Line, type Span, setText } from "../text.ts";
import type { Columns } from "./columns.ts";
import type { Sheet } from "./context.ts";
import { type Figure, figuresOf } from "./facts.ts";

interface Ask {
  /** Last parts of the field's name. */
  readonly key: readonly string[];
  readonly head: string;
  /** In bold after the head: the bounds. */
  readonly bound: string;
  readonly unit: string | null;
}

export interface SetAsk extends Ask {
  readonly lines: readonly Line[];
  readonly height: number;
}

/** Captures of these types are short enough for a cell; others get a line. */
const SHORT: ReadonlySet<Capture["type"]> = new Set(["number", "date", "version", "yes-no"]);

export function isShort(capture: Capture): boolean {
  return SHORT.has(capture.type);
}

function asksOf(item: Item, figures: readonly Figure[]): Ask[] {
  const asks = figures.map(
    (figure): Ask => ({
      key: ["value", figure.metric],
      head: figure.label,
      bound: figure.bounds.join("; "),
      unit: figure.unit,
    }),
  );
  if (item.observe && figures.length === 0)
    asks.push({ key: ["value"], head: "Value seen", bound: "", unit: null });
  if (item.evidence) asks.push({ key: ["evidence"], head: "Evidence", bound: "name or no.", unit: null });
  if (item.witness) asks.push({ key: ["witness"], head: "Watched by", bound: "initials", unit: null });
  for (const capture of item.captures) {
    if (isShort(capture))
      asks.push({
        key: ["capture", capture.id],
        head: capture.label,
        bound: capture.required ? "" : "if any",
        unit: null,
      });
  }
  return asks;
}

const LEADING = 10.4;
const PAD = 1.6;

/** Measures the asks of an item; each is at least as high as handwriting needs. */
export function setAsks(sheet: Sheet, item: Item, columns: Columns): SetAsk[] {
  return asksOf(item, figuresOf(item, sheet)).map((ask) => {
    const spans: Span[] = [
      {
        text: `${ask.head}${ask.bound === "" ? "" : " "}`,
        style: "regular",
        size: SMALL.size,
        gray: GRAY.text,
      },
      ...(ask.bound === ""
        ? []
        : [
            {
              text: ask.bound.replaceAll(/([<>≤≥=±]) /g, "$1\u00a0"),
              style: "bold" as const,
              size: SMALL.size,
            },
          ]),
    ];
    const lines = setText(spans, columns.seen - columns.asks - 8, sheet.document);
    return { ...ask, lines, height: Math.max(WRITE_IN, lines.length * LEADING + 2 * PAD) };
  });
}

/** Draws label and cell of each ask from the top of the row; the last cell reaches its end. */
export function drawAsks(
  sheet: Sheet,
  item: Item,
  asks: readonly SetAsk[],
  columns: Columns,
  cell: Element,
  page: Page,
  at: { readonly x: number; readonly y: number; readonly height: number },
): void {
  const { x, y, height } = at;
  const rule = { weight: 0.5, gray: GRAY.hair };
  let top = y;
  asks.forEach((ask, i) => {
    const bottom = i === asks.length - 1 ? y + height : top + ask.height;
    const start = top;
    page.artifact(() => {
      if (i > 0) page.line(x + columns.asks, start, x + columns.initials, start, rule);
    });
    const text = ask.lines.length * LEADING;
    const first = start + (Math.min(bottom - start, ask.height) - text) / 2;
    const drawer = new LineDrawer(sheet.document, cell.add("P"));
    ask.lines.forEach((line, n) => {
      drawer.draw(page, line, x + columns.asks + 4, first + n * LEADING + baseline(line, LEADING));
    });
    drawCell(sheet, item, ask, columns, cell, page, { x, y: start, height: bottom - start });
    top = bottom;
  });
  page.artifact(() => {
    page.line(x + columns.asks, y, x + columns.asks, y + height, rule);
    page.line(x + columns.seen, y, x + columns.seen, y + height, rule);
  });
}

function drawCell(
  sheet: Sheet,
  item: Item,
  ask: Ask,
  columns: Columns,
  cell: Element,
  page: Page,
  at: { readonly x: number; readonly y: number; readonly height: number },
): void {
  const unit = label(sheet.document, ask.unit ?? "");
  const shown = Math.min(at.height, WRITE_IN + 6);
  const asked = ask.bound === "" ? "" : `, ${ask.bound}`;
  const says = `${item.number} ${ask.head}${asked}${ask.unit === null ? "" : `, in ${ask.unit}`}`;
  const width = columns.initials - columns.seen - 4 - unit.width;
  const area = { x: at.x + columns.seen + 1, y: at.y + 1, width, height: shown - 2 };
  addField(sheet.document, page, cell, { name: ["item", item.id, ...ask.key], label: says }, "text", area);
  if (unit.pieces.length > 0) {
    const place = { x: at.x + columns.initials - unit.width - 3, y: at.y + shown - 5.5 };
    page.tagged(cell.add("P"), () => page.text(unit.pieces, place.x, place.y));
  }
}

/** Figures whose query this sheet has not said yet: once is enough for each metric. */
export function queriesOf(sheet: Sheet, item: Item): Figure[] {
  return figuresOf(item, sheet).filter(({ metric, query }) => {
    if (query === null || sheet.said.has(metric)) return false;
    sheet.said.add(metric);
    return true;
  });
}

/** Where values are looked up. */
export function queryBoxes(sheet: Sheet, figures: readonly Figure[], width: number, tag: Tag): Box[] {
  return figures.map((figure): Box => {
    const spans: Span[] = [
      { text: `${figure.label}: `, style: "regular", size: SMALL.size, gray: GRAY.text },
      { text: figure.query ?? "", style: "mono", size: SMALL.size, gray: GRAY.text },
    ];
    return paragraph(sheet.document, spans, () => tag().add("P"), { width, type: SMALL, before: 1 });
  });
}
