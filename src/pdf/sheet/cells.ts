/** The cells of an item row in reading order, and what is drawn in them. */
import type { Item } from "../../model/checklist.ts";
import { addField, BOX, drawLabel, label, tickBox } from "../blanks.ts";
import { shorten } from "../inline.ts";
import type { Tag } from "../lazy.ts";
import type { Page } from "../page.ts";
import { WRITE_IN } from "../scale.ts";
import type { Element } from "../tags.ts";
import { type Columns, columnsFor, type Tick, tickCentres } from "./columns.ts";
import type { Sheet } from "./context.ts";

/** What rows of one table have in common. */
export interface RowTable {
  readonly sheet: Sheet;
  readonly columns: Columns;
  readonly ticks: readonly Tick[];
  /** Some row asks for a value, so that there is a column for them. */
  readonly asks: boolean;
  /** The Table element. */
  readonly tag: Tag;
}

export function columnsOf(sheet: Sheet): Columns {
  return columnsFor(sheet.flow.width, sheet.options.initials ?? "row");
}

function hasInitials({ columns }: RowTable): boolean {
  return columns.initials < columns.time;
}

/** Columns of the table as a screen reader counts them. */
export function columnCount(table: RowTable): number {
  return 1 + table.ticks.length + 1 + (table.asks ? 1 : 0) + (hasInitials(table) ? 1 : 0) + 1;
}

/** "3.2.1 The backup is complete": how a field's name begins when it is read aloud. */
export function spoken(item: Item): string {
  return `${item.number} ${shorten(item.text)}`;
}

/** Is there something to tick? Not where the status follows from others, or from a signature. */
export function isTicked(item: Item): boolean {
  return item.derived === null && item.signs === null;
}

export interface RowCells {
  readonly text: Element;
  readonly asks: Element | null;
  readonly initials: Element | null;
  readonly time: Element | null;
  readonly ticks: readonly Element[];
}

/** Makes the cells of a row after its number. */
export function addCells(row: Element, table: RowTable, ticked: boolean, asks: boolean): RowCells {
  if (!ticked) {
    const text = row.add("TD", { colSpan: columnCount(table) - 1 });
    return { text, asks: null, initials: null, time: null, ticks: [] };
  }
  const ticks = table.ticks.map(() => row.add("TD"));
  const text = row.add("TD", table.asks && !asks ? { colSpan: 2 } : {});
  const asked = asks ? row.add("TD") : null;
  const initials = hasInitials(table) ? row.add("TD") : null;
  return { text, asks: asked, initials, time: row.add("TD"), ticks };
}

export function drawTicks(
  table: RowTable,
  item: Item,
  cells: RowCells,
  page: Page,
  x: number,
  y: number,
): void {
  const centres = tickCentres(table.columns, table.ticks);
  const word = table.sheet.document.entry(["item", item.id, "status"]);
  const [first] = cells.ticks;
  if (typeof word === "string" && first) {
    const line = label(table.sheet.document, word, { bold: true });
    drawLabel(page, first.add("Span"), line, x + table.columns.boxes, y + BOX - 2);
    return;
  }
  table.ticks.forEach((tick, i) => {
    const cell = cells.ticks[i];
    if (!cell || (tick.key === "na" && item.mandatory)) return;
    const blank = { name: ["item", item.id, tick.key], label: `${spoken(item)}: ${tick.says}` };
    tickBox(table.sheet.document, page, cell, blank, x + (centres[i] ?? 0) - BOX / 2, y);
  });
}

/** Initials and time; the cells are as high as the row, the fields as one line of writing. */
export function drawWho(
  table: RowTable,
  item: Item,
  cells: RowCells,
  page: Page,
  x: number,
  y: number,
): void {
  const { columns, sheet } = table;
  const name = spoken(item);
  const place = { y: y + 1, height: WRITE_IN - 2 };
  if (cells.initials) {
    const area = { ...place, x: x + columns.initials + 1, width: columns.time - columns.initials - 2 };
    addField(
      sheet.document,
      page,
      cells.initials,
      { name: ["item", item.id, "by"], label: `${name}: initials` },
      "text",
      area,
    );
  }
  if (cells.time) {
    const area = { ...place, x: x + columns.time + 1, width: columns.right - columns.time - 1 };
    addField(
      sheet.document,
      page,
      cells.time,
      { name: ["item", item.id, "at"], label: `${name}: time` },
      "text",
      area,
    );
  }
}
