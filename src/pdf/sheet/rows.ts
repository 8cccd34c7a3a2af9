/** Item rows: number, boxes, what to do, what was seen, who, when. A row is never divided while it fits a page. */
import type { Block, Item } from "../../model/checklist.ts";
import { BOX, label } from "../blanks.ts";
import { codeWidth } from "../code.ts";
import { type Box, indent } from "../flow.ts";
import { inlineSpans } from "../inline.ts";
import type { Tag } from "../lazy.ts";
import { baseline, paragraph } from "../paragraph.ts";
import { proseBoxes } from "../prose.ts";
import { GRAY, NOTE, ROW, type Type, WRITE_IN } from "../scale.ts";
import type { Line, Span } from "../text.ts";
import { drawAsks, queriesOf, queryBoxes, type SetAsk, setAsks } from "./asks.ts";
import { addCells, drawTicks, drawWho, isTicked, type RowCells, type RowTable } from "./cells.ts";
import { NUMBER, TICKS, type Tick } from "./columns.ts";
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
  const narrow = (!ticked ? columns.right : asks.length > 0 ? columns.asks : columns.initials) - left - 7;
  const { head, under } = shareOut(table, { item, body, tag, left, narrow, asks, ticked });
  const top = topBox(table, item, { lead: head, asks, left }, (made) => {
    cells = made;
  });
  return closeRow([top, ...under], columns.right, under.length > 0 ? 3.5 : 0);
}

interface Content {
  readonly item: Item;
  readonly body: readonly Block[];
  readonly tag: Tag;
  /** Where text begins, and how wide it is beside the cells. */
  readonly left: number;
  readonly narrow: number;
  readonly asks: readonly SetAsk[];
  readonly ticked: boolean;
}

/** What stands beside the cells of a row and what below them over the whole width, whichever is less high. */
function shareOut(
  table: RowTable,
  { item, body, tag, left, narrow, asks, ticked }: Content,
): { readonly head: readonly Box[]; readonly under: readonly Box[] } {
  const { sheet, columns } = table;
  const width = columns.right - left;
  const asked = asks.reduce((sum, ask) => sum + ask.height, 0);
  const firstCode = body.findIndex((block) => block.type === "code");
  const split = firstCode < 0 ? body.length : firstCode;
  const own = (room: number, blocks: readonly Block[]): Box[] =>
    proseBoxes(sheet.prose, blocks, tag, room, { type: NOTE, paired: true });
  const queries = ticked ? queriesOf(sheet, item) : [];
  const blanks = (room: number): Box[] =>
    ticked
      ? [
          ...queryBoxes(sheet, queries, room, tag),
          ...captureBoxes(sheet, item, room, tag),
          ...readingBoxes(sheet, item, room, tag),
        ]
      : [];
  const lead = leadBoxes(sheet, item, tag, narrow);
  const high = (boxes: readonly Box[]): number =>
    Math.max(ticked ? WRITE_IN : 0, asked, heightOf(boxes) + 2 * PAD);
  const below = (boxes: readonly Box[]): number =>
    boxes.length === 0 ? 0 : (boxes[0]?.before ?? 0) + heightOf(boxes) + 3.5;
  const all = [...lead, ...own(narrow, body), ...blanks(narrow)];
  const text = [...lead, ...own(narrow, body.slice(0, split))];
  const said = own(width, body.slice(0, split));
  // Commands that the text column would break have the whole width of the page.
  const code = body.slice(split);
  const full = codeRoom(sheet, code) > width;
  const moved = (boxes: readonly Box[]): Box[] => boxes.map((box) => indent(box, left));
  const rest = [...moved(blanks(width)), ...(full ? own(columns.right, code) : moved(own(width, code)))];
  const ways = [
    ...(codeRoom(sheet, code) <= narrow && heightOf(all) < sheet.flow.full / 2
      ? [{ lead: all, under: [] }]
      : []),
    { lead: text, under: rest },
    ...(asks.length > 0 ? [{ lead, under: [...moved(said), ...rest] }] : []),
  ].map((way) => ({ ...way, height: high(way.lead) + below(way.under) }));
  const least = Math.min(...ways.map((way) => way.height));
  const best = ways.find((way) => way.height === least) ?? { lead: text, under: rest };
  const { head, tail } = cutLead(best.lead, sheet.flow.full);
  return { head, under: [...moved(tail), ...best.under] };
}

/** The width that the widest command needs so that none of its lines wraps. */
function codeRoom(sheet: Sheet, blocks: readonly Block[]): number {
  return Math.max(
    0,
    ...blocks.map((block) => (block.type === "code" ? codeWidth(sheet.document, block.value) : 0)),
  );
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
  const number = numberLines(sheet, item);
  const numbers = number.length === 1 ? start : Math.min(start, PAD);
  return {
    height,
    draw(page, x, y) {
      sheet.document.destination(item.id, page, y);
      const row = table.tag().add("TR");
      const head = row.add("TH", { scope: "Row" });
      page.tagged(head, () => {
        number.forEach((line, i) => {
          page.text(line.pieces, x, y + numbers + i * SMALL_STEP + baseline(line, ROW.leading));
        });
      });
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

/** Between the lines of a number that is longer than its column. */
const SMALL_STEP = NOTE.leading - 1.6;

/** A number of many levels goes on in a second line, after a dot. */
function numberLines(sheet: Sheet, { number }: Item): Line[] {
  const set = (text: string): Line => label(sheet.document, text, { gray: 0 });
  const whole = set(number);
  if (whole.width <= NUMBER) return [whole];
  const dots = [...number.matchAll(/\./g)].map(({ index }) => index + 1);
  const cut = dots.filter((at) => set(number.slice(0, at)).width <= NUMBER).at(-1);
  return cut === undefined ? [whole] : [set(number.slice(0, cut)), set(number.slice(cut))];
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
