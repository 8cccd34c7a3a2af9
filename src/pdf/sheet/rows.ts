/** Item rows: number, boxes, what to do, what was seen, who, when. A row is never divided while it fits a page. */
import type { Block, Item } from "../../model/checklist.ts";
import { BOX, label } from "../blanks.ts";
import { codeWidth } from "../code.ts";
import { type Box, indent } from "../flow.ts";
import { inlineSpans } from "../inline.ts";
import type { Tag } from "../lazy.ts";
import { baseline, paragraph } from "../paragraph.ts";
import { proseBoxes } from "../prose.ts";
import { GRAY, NOTE, ROW, SMALL, type Type, WRITE_IN } from "../scale.ts";
import type { Element } from "../tags.ts";
import type { Span } from "../text.ts";
import { drawAsks, queryBoxes, type SetAsk, setAsks } from "./asks.ts";
import {
  addCells,
  columnCount,
  drawTicks,
  drawWho,
  isTicked,
  type RowCells,
  type RowTable,
} from "./cells.ts";
import { TICKS, type Tick, tickCentres } from "./columns.ts";
import type { Sheet } from "./context.ts";
import { factsOfItem } from "./facts.ts";
import { captureBoxes, readingBoxes } from "./writein.ts";

const PAD = 2.6;
const INDENT = 9;

/** The boxes of a role. */
export function ticksOf(item: Item): readonly Tick[] {
  return TICKS[item.role];
}

function heightOf(boxes: readonly Box[]): number {
  return boxes.reduce((sum, box, i) => sum + box.height + (i === 0 ? 0 : (box.before ?? 0)), 0);
}

function indentOf(item: Item, sheet: Sheet): number {
  let depth = 0;
  for (let at = item.parent; at !== null; at = sheet.outline.item.get(at)?.parent ?? null) depth += 1;
  return Math.min(depth, 5) * INDENT;
}

/** A row for an item with the text that stands under it; nested items have rows of their own. */
export function itemRow(table: RowTable, item: Item, body: readonly Block[]): Box {
  const { sheet, columns } = table;
  const ticked = isTicked(item);
  const asks = ticked ? setAsks(sheet, item, columns) : [];
  const left = columns.text + indentOf(item, sheet);
  let cells: RowCells | undefined;
  const tag: Tag = () => {
    if (!cells) throw new Error("the cells of a row are made before its text");
    return cells.text;
  };
  const split = body.findIndex((block) => block.type === "code");
  const beside = split < 0 ? body : body.slice(0, split);
  const narrow = (!ticked ? columns.right : asks.length > 0 ? columns.asks : columns.initials) - left - 7;
  const lead = leadBoxes(sheet, item, tag, narrow);
  const asked = asks.reduce((sum, ask) => sum + ask.height, 0);
  const own = (width: number, blocks: readonly Block[]): Box[] =>
    proseBoxes(sheet.prose, blocks, tag, width, { type: NOTE, paired: true });
  const width = columns.right - left;
  // Text under the title goes beside the cells or below them over the whole width, whichever is less high.
  const narrowed = heightOf([...lead, ...own(narrow, beside)]) + 2 * PAD;
  const widened = Math.max(asked, heightOf(lead) + 2 * PAD) + heightOf(own(width, beside)) + 3;
  const fits = Math.max(asked, narrowed) <= widened;
  if (asks.length === 0 || fits) lead.push(...own(narrow, beside));
  const moved = (boxes: readonly Box[]): Box[] => boxes.map((box) => indent(box, left));
  const { head, tail } = cutLead(lead, sheet.flow.full);
  const top = topBox(table, item, { lead: head, asks, left }, (made) => {
    cells = made;
  });
  const under = moved([
    ...tail,
    ...(asks.length === 0 || fits ? [] : own(width, beside)),
    ...(ticked ? queryBoxes(sheet, item, width, tag) : []),
    ...(ticked ? captureBoxes(sheet, item, width, tag) : []),
    ...(ticked ? readingBoxes(sheet, item, width, tag) : []),
  ]);
  const rest = split < 0 ? [] : body.slice(split);
  // Commands that the text column would break have the whole width of the page.
  const wide = rest.some((block) => block.type === "code" && codeWidth(sheet.document, block.value) > width);
  under.push(...(wide ? own(columns.right, rest) : moved(own(width, rest))));
  return closeRow([top, ...under], columns.right, under.length > 0 ? 3.5 : 0);
}

/** Text that would fill a page alone goes on below its row, line by line. */
function cutLead(lead: readonly Box[], full: number): { head: readonly Box[]; tail: readonly Box[] } {
  if (heightOf(lead) <= full * 0.8) return { head: lead, tail: [] };
  const lines = lead.flatMap((box) => box.parts ?? [box]);
  let height = 0;
  const fit = lines.findIndex((line) => {
    height += line.height;
    return height > full * 0.5;
  });
  return { head: lines.slice(0, fit), tail: lines.slice(fit) };
}

/** Title and demands. */
function leadBoxes(sheet: Sheet, item: Item, tag: Tag, width: number): Box[] {
  const { document } = sheet;
  const text = (spans: readonly Span[], type: Type): Box =>
    paragraph(document, spans, () => tag().add("P"), { width, type });
  const style = item.derived?.from === "children" ? "bold" : "regular";
  const band: Span[] =
    item.band === null ? [] : [{ text: `${item.band.toUpperCase()}  `, style: "bold", size: ROW.size }];
  const title = [...band, ...inlineSpans(item.title, { type: ROW, style }, sheet.prose)];
  const says = factsOfItem(item, sheet).join(" · ");
  if (says === "") return [text(title, ROW)];
  const facts: Span = { text: says, style: "regular", size: NOTE.size, gray: GRAY.text };
  // Demands share the title's line where both fit.
  const one = text([...title, { ...facts, text: `\u2002 ${says}` }], ROW);
  return one.height <= ROW.leading ? [one] : [text(title, ROW), text([facts], NOTE)];
}

interface Top {
  readonly lead: readonly Box[];
  readonly asks: readonly SetAsk[];
  /** Where text begins. */
  readonly left: number;
}

function topBox(
  table: RowTable,
  item: Item,
  { lead, asks, left }: Top,
  made: (cells: RowCells) => void,
): Box {
  const { sheet, columns } = table;
  const ticked = isTicked(item);
  const text = heightOf(lead);
  const asked = asks.reduce((sum, ask) => sum + ask.height, 0);
  const height = Math.max(ticked ? WRITE_IN : ROW.leading + 2 * PAD, asked, text + 2 * PAD);
  // Text of one or two lines stands in the middle of the first 8 mm, where the boxes are.
  const start = Math.max(PAD, (Math.min(height, WRITE_IN) - text) / 2);
  const number = label(sheet.document, item.number, { gray: 0 });
  return {
    height,
    draw(page, x, y) {
      sheet.document.destination(item.id, page, y);
      const row = table.tag().add("TR");
      const head = row.add("TH", { scope: "Row" });
      page.tagged(head, () => page.text(number.pieces, x, y + start + baseline(number, ROW.leading)));
      const cells = addCells(row, table, ticked, asks.length > 0);
      made(cells);
      drawTicks(table, item, cells, page, x, y + Math.min(start + ROW.leading / 2, WRITE_IN / 2) - BOX / 2);
      let at = y + start;
      lead.forEach((box, i) => {
        at += i === 0 ? 0 : (box.before ?? 0);
        box.draw(page, x + left, at);
        at += box.height;
      });
      if (!ticked) return;
      if (cells.asks) drawAsks(sheet, item, asks, columns, cells.asks, page, { x, y, height });
      page.artifact(() => {
        for (const edge of new Set([columns.initials, columns.time])) {
          page.line(x + edge, y, x + edge, y + height, { weight: 0.5, gray: GRAY.hair });
        }
      });
      drawWho(table, item, cells, page, x, y);
    },
  };
}

/** Stacks the parts of a row over its closing hairline. */
function closeRow(parts: readonly Box[], width: number, space: number): Box {
  const height = heightOf(parts) + space;
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
    ...(table.asks ? [{ line: made("Write what you see"), x: columns.asks + 4 }] : []),
    ...(columns.initials < columns.time ? [{ line: made("Initials"), x: columns.initials + 4 }] : []),
    { line: made("Time"), x: columns.time + 4 },
  ];
  const height = SMALL.leading + 2;
  let drawn = false;
  return {
    height,
    before: 1.5,
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
