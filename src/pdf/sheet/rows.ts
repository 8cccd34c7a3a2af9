/** Item rows: number, boxes, what to do, what was seen, who, when. A row is never divided while it fits a page. */
import type { Block, Item } from "../../model/checklist.ts";
import { addField, BOX, label, tickBox } from "../blanks.ts";
import { type Box, indent } from "../flow.ts";
import { inlineSpans, shorten } from "../inline.ts";
import type { Tag } from "../lazy.ts";
import type { Page } from "../page.ts";
import { baseline, paragraph } from "../paragraph.ts";
import { proseBoxes } from "../prose.ts";
import { GRAY, SMALL, type Type, WRITE_IN } from "../scale.ts";
import type { Element } from "../tags.ts";
import type { Span } from "../text.ts";
import { type Columns, columnsFor, TICKS, type Tick, tickCentres } from "./columns.ts";
import type { Sheet } from "./context.ts";
import { type Figure, factsOfItem, figuresOf } from "./facts.ts";
import { captureBoxes, readingBoxes } from "./writein.ts";

export const ROW: Type = { size: 9.5, leading: 11.6 };
const PAD = 2.6;
const INDENT = 9;

/** What rows of one table have in common. */
export interface RowTable {
  readonly sheet: Sheet;
  readonly columns: Columns;
  readonly ticks: readonly Tick[];
  /** The Table element. */
  readonly tag: Tag;
}

export function columnsOf(sheet: Sheet): Columns {
  return columnsFor(sheet.flow.width, sheet.options.initials ?? "row");
}

/** Columns of the table as a screen reader counts them. */
function columnCount({ ticks, columns }: RowTable): number {
  return 1 + ticks.length + 2 + (columns.initials < columns.time ? 1 : 0) + 1;
}

/** "3.2.1 The backup is complete": how a field's name begins when it is read aloud. */
export function spoken(item: Item): string {
  return `${item.number} ${shorten(item.text)}`;
}

/** Is there something to tick? Not where the status follows from others, or from a signature. */
export function isTicked(item: Item): boolean {
  return item.derived === null && item.signs === null;
}

interface RowCells {
  readonly text: Element;
  readonly seen: Element | null;
  readonly initials: Element | null;
  readonly time: Element | null;
  readonly ticks: readonly Element[];
}

/** Makes the cells of a row in reading order. */
function addCells(row: Element, table: RowTable, ticked: boolean, values: boolean): RowCells {
  const total = columnCount(table);
  if (!ticked)
    return { text: row.add("TD", { colSpan: total - 1 }), seen: null, initials: null, time: null, ticks: [] };
  const ticks = table.ticks.map(() => row.add("TD"));
  const text = row.add("TD", values ? {} : { colSpan: 2 });
  const seen = values ? row.add("TD") : null;
  const initials = table.columns.initials < table.columns.time ? row.add("TD") : null;
  return { text, seen, initials, time: row.add("TD"), ticks };
}

/** A row for an item with the text that stands under it; nested items have rows of their own. */
export function itemRow(table: RowTable, item: Item, body: readonly Block[]): Box {
  const { sheet, columns } = table;
  const ticked = isTicked(item);
  const figures = ticked ? figuresOf(item, sheet) : [];
  const values = figures.length > 0 || (ticked && item.observe);
  const shift = indentOf(item, sheet);
  const left = columns.text + shift;
  const end = !ticked ? columns.right : values ? columns.seen : columns.initials;
  let cells: RowCells | undefined;
  const tag: Tag = () => {
    if (!cells) throw new Error("the cells of a row are made before its text");
    return cells.text;
  };
  const split = body.findIndex((block) => block.type === "code");
  const beside = split < 0 ? body : body.slice(0, split);
  const width = end - left - 7;
  const lead = [
    ...leadBoxes(sheet, item, figures, tag, width),
    ...proseBoxes(sheet.prose, beside, tag, width, { type: ROW }),
  ];
  const top = topBox(table, item, lead, left, figures, values, (made) => {
    cells = made;
  });
  const under = [
    ...figureRows(table, item, figures, left, tag, () => cells?.seen ?? tag()),
    ...(ticked ? captureBoxes(sheet, item, columns.right - left, tag).map((box) => indent(box, left)) : []),
    ...(ticked
      ? readingBoxes(sheet, item, figures, columns.right - left, tag).map((box) => indent(box, left))
      : []),
    ...(split < 0
      ? []
      : proseBoxes(sheet.prose, body.slice(split), tag, columns.right - left, { type: ROW })
    ).map((box) => indent(box, left)),
  ];
  return closeRow([top, ...under], columns.right, under.length > 0 ? 4 : 0);
}

function indentOf(item: Item, sheet: Sheet): number {
  let depth = 0;
  for (let at = item.parent; at !== null; at = sheet.outline.item.get(at)?.parent ?? null) depth += 1;
  return Math.min(depth, 5) * INDENT;
}

/** Title, demands, and the figure where there is one alone. */
function leadBoxes(sheet: Sheet, item: Item, figures: readonly Figure[], tag: Tag, width: number): Box[] {
  const { document } = sheet;
  const text = (spans: readonly Span[], type: Type): Box =>
    paragraph(document, spans, () => tag().add("P"), { width, type });
  const style = isTicked(item) ? "regular" : "bold";
  const band: Span[] =
    item.band === null ? [] : [{ text: `${item.band.toUpperCase()}  `, style: "bold", size: ROW.size }];
  const boxes = [text([...band, ...inlineSpans(item.title, { type: ROW, style }, sheet.prose)], ROW)];
  const facts = factsOfItem(item, sheet);
  if (facts.length > 0)
    boxes.push(
      text([{ text: facts.join(" · "), style: "regular", size: SMALL.size, gray: GRAY.text }], SMALL),
    );
  const [only] = figures;
  if (only && figures.length === 1) boxes.push(...figureText(sheet, only, tag, width));
  return boxes;
}

/** "Error rate: < 1 % for 5 min", and where to look it up. */
function figureText(sheet: Sheet, figure: Figure, tag: Tag, width: number): Box[] {
  const spans: Span[] = [
    { text: `${figure.label}  `, style: "regular", size: SMALL.size, gray: GRAY.text },
    { text: figure.bounds.join("; "), style: "bold", size: SMALL.size },
  ];
  const boxes = [paragraph(sheet.document, spans, () => tag().add("P"), { width, type: SMALL })];
  if (figure.query !== null && !sheet.said.has(figure.metric)) {
    sheet.said.add(figure.metric);
    const query: Span[] = [{ text: figure.query, style: "mono", size: SMALL.size, gray: GRAY.text }];
    boxes.push(paragraph(sheet.document, query, () => tag().add("P"), { width, type: SMALL }));
  }
  return boxes;
}

function topBox(
  table: RowTable,
  item: Item,
  lead: readonly Box[],
  left: number,
  figures: readonly Figure[],
  values: boolean,
  made: (cells: RowCells) => void,
): Box {
  const { sheet, columns } = table;
  const ticked = isTicked(item);
  const text = lead.reduce((sum, box, i) => sum + box.height + (i === 0 ? 0 : (box.before ?? 0)), 0);
  const least = ticked ? WRITE_IN : ROW.leading + 2 * PAD;
  const height = Math.max(least, text + 2 * PAD);
  // Short text stands in the middle of its row; the number stands on its first line.
  const start = (height - text) / 2 <= WRITE_IN / 2 - ROW.leading / 2 ? (height - text) / 2 : PAD;
  const number = label(sheet.document, item.number, { gray: 0 });
  return {
    height,
    draw(page, x, y) {
      sheet.document.destination(item.id, page, y);
      const row = table.tag().add("TR");
      const head = row.add("TH", { scope: "Row" });
      const base = y + start + baseline(number, ROW.leading);
      page.tagged(head, () => page.text(number.pieces, x, base));
      const cells = addCells(row, table, ticked, values);
      made(cells);
      drawTicks(table, item, cells, page, x, y + start + ROW.leading / 2 - BOX / 2);
      let at = y + start;
      lead.forEach((box, i) => {
        at += i === 0 ? 0 : (box.before ?? 0);
        box.draw(page, x + left, at);
        at += box.height;
      });
      if (!ticked) return;
      const single = values && figures.length < 2;
      page.artifact(() => {
        for (const edge of [single ? columns.seen : null, columns.initials, columns.time]) {
          if (edge !== null) page.line(x + edge, y, x + edge, y + height, { weight: 0.5, gray: GRAY.hair });
        }
      });
      if (single && cells.seen) seenCell(table, item, figures[0] ?? null, cells.seen, page, x, y, height);
      drawWho(table, item, cells, page, x, y);
    },
  };
}

function drawTicks(table: RowTable, item: Item, cells: RowCells, page: Page, x: number, y: number): void {
  const centres = tickCentres(table.columns, table.ticks);
  table.ticks.forEach((tick, i) => {
    const cell = cells.ticks[i];
    if (!cell || (tick.key === "na" && item.mandatory)) return;
    const blank = { name: ["item", item.id, tick.key], label: `${spoken(item)}: ${tick.says}` };
    tickBox(table.sheet.document, page, cell, blank, x + (centres[i] ?? 0) - BOX / 2, y);
  });
}

/** Initials and time; the cells are as high as the row, the fields as one line of writing. */
function drawWho(table: RowTable, item: Item, cells: RowCells, page: Page, x: number, y: number): void {
  const { columns, sheet } = table;
  const name = spoken(item);
  const area = { y: y + 1, height: WRITE_IN - 2 };
  if (cells.initials) {
    const width = columns.time - columns.initials - 2;
    addField(
      sheet.document,
      page,
      cells.initials,
      { name: ["item", item.id, "by"], label: `${name}: initials` },
      "text",
      { ...area, x: x + columns.initials + 1, width },
    );
  }
  if (cells.time) {
    const width = columns.right - columns.time - 1;
    addField(
      sheet.document,
      page,
      cells.time,
      { name: ["item", item.id, "at"], label: `${name}: time` },
      "text",
      { ...area, x: x + columns.time + 1, width },
    );
  }
}

/** The cell for the value seen, with its unit at the right. */
function seenCell(
  table: RowTable,
  item: Item,
  figure: Figure | null,
  cell: Element,
  page: Page,
  x: number,
  y: number,
  height: number,
): void {
  const { columns, sheet } = table;
  const unit = label(sheet.document, figure?.unit ?? "");
  const width = columns.initials - columns.seen;
  if (unit.pieces.length > 0) {
    page.tagged(cell.add("P"), () =>
      page.text(unit.pieces, x + columns.initials - unit.width - 3, y + height - 5),
    );
  }
  const name = ["item", item.id, "value", ...(figure ? [figure.metric] : [])];
  const bounds = figure && figure.bounds.length > 0 ? `, must be ${figure.bounds.join(", ")}` : "";
  const says = figure
    ? `${figure.label}, value seen${bounds}${figure.unit === null ? "" : `, in ${figure.unit}`}`
    : "value seen";
  const blank = { name, label: `${item.number} ${says}` };
  addField(sheet.document, page, cell, blank, "text", {
    x: x + columns.seen + 1,
    y: y + 1,
    width: width - 4 - unit.width,
    height: Math.min(height, 40) - 2,
  });
}

/** Of several figures each has a line of its own, with its cell. */
function figureRows(
  table: RowTable,
  item: Item,
  figures: readonly Figure[],
  left: number,
  tag: Tag,
  seen: Tag,
): Box[] {
  if (figures.length < 2) return [];
  const { sheet, columns } = table;
  return figures.map((figure): Box => {
    const boxes = figureText(sheet, figure, tag, columns.seen - left - 7);
    const text = boxes.reduce((sum, box) => sum + box.height, 0);
    const height = Math.max(WRITE_IN, text + 2 * PAD);
    return {
      height,
      draw(page, x, y) {
        let at = y + (height - text) / 2;
        for (const box of boxes) {
          box.draw(page, x + left, at);
          at += box.height;
        }
        page.artifact(() => {
          const rule = { weight: 0.5, gray: GRAY.hair };
          page.line(x + columns.seen, y, x + columns.initials, y, rule);
          page.line(x + columns.seen, y, x + columns.seen, y + height, rule);
          page.line(x + columns.initials, y, x + columns.initials, y + height, rule);
        });
        seenCell(table, item, figure, seen(), page, x, y, height);
      },
    };
  });
}

/** Stacks the parts of a row over its closing hairline. */
function closeRow(parts: readonly Box[], width: number, space: number): Box {
  const height =
    parts.reduce((sum, box, i) => sum + box.height + (i === 0 ? 0 : (box.before ?? 0)), 0) + space;
  const rule: Box = {
    height: space,
    draw: (page, x, y) =>
      page.artifact(() => page.line(x, y + space, x + width, y + space, { weight: 0.5, gray: GRAY.hair })),
  };
  return {
    height,
    parts: [...parts.flatMap((box) => box.parts ?? [box]), rule],
    draw(page, x, y) {
      let at = y;
      parts.forEach((box, i) => {
        at += i === 0 ? 0 : (box.before ?? 0);
        box.draw(page, x, at);
        at += box.height;
      });
      rule.draw(page, x, at);
    },
  };
}

/** Text that stands between rows, across the whole table. */
export function textRow(table: RowTable, boxes: (tag: Tag, width: number) => readonly Box[]): Box[] {
  let cell: Element | undefined;
  const tag: Tag = () => {
    cell ??= table
      .tag()
      .add("TR")
      .add("TD", { colSpan: columnCount(table) });
    return cell;
  };
  return [...boxes(tag, table.columns.right)];
}

/** The head of a table of rows; drawn again on every page it goes on to, then as an artifact. */
export function rowHead(table: RowTable): Box {
  const { sheet, columns, ticks } = table;
  const centres = tickCentres(columns, ticks);
  const made = (text: string): ReturnType<typeof label> => label(sheet.document, text);
  const heads = [
    { line: made("No."), x: 0 },
    ...ticks.map((tick, i) => {
      const line = made(tick.head);
      return { line, x: (centres[i] ?? 0) - line.width / 2 };
    }),
    { line: made("What to do"), x: columns.text },
    { line: made("Value seen"), x: columns.seen + 4 },
    ...(columns.initials < columns.time ? [{ line: made("Initials"), x: columns.initials + 4 }] : []),
    { line: made("Time"), x: columns.time + 4 },
  ];
  const height = SMALL.leading + 2;
  let drawn = false;
  return {
    height,
    before: 3,
    keep: true,
    draw(page, x, y) {
      const base = y + SMALL.leading - 2;
      page.artifact(() => page.line(x, y + height, x + columns.right, y + height, { weight: 0.9 }));
      if (drawn) {
        page.artifact(() => {
          for (const head of heads) page.text(head.line.pieces, x + head.x, base);
        });
        return;
      }
      drawn = true;
      const row = table.tag().add("TR");
      for (const head of heads) {
        const cell = row.add("TH", { scope: "Column" });
        page.tagged(cell, () => page.text(head.line.pieces, x + head.x, base));
      }
    },
  };
}

/** The boxes of a role. */
export function ticksOf(item: Item): readonly Tick[] {
  return TICKS[item.role];
}
