/** What one section holds: its heading, text, bullets and rows, in the order of the source. */
import type { Block, Item, Section } from "../../model/checklist.ts";
import type { ProseContext } from "../command.ts";
import { type Box, indent, stack } from "../flow.ts";
import { inlineSpans } from "../inline.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { bulletBoxes, holdsItems, introduces, proseBoxes } from "../prose.ts";
import { BODY } from "../scale.ts";
import { walkBlocks } from "../walk.ts";
import { setAsks } from "./asks.ts";
import { columnsOf, isTicked, type RowTable } from "./cells.ts";
import type { Sheet } from "./context.ts";
import { rowHead, textRow } from "./head.ts";
import { headingBox, sharedHeading } from "./heading.ts";
import { itemRow, ticksOf } from "./rows.ts";

/** The most that a text under a heading may be high to stay with what it leads to. */
const INTRO = 50;

/** What a writer is for. */
export interface SectionParts {
  readonly parent: Tag;
  /** Of the section's heading. */
  readonly level: number;
  readonly content: readonly Block[];
  /** Those that stand directly in it. */
  readonly items: readonly Item[];
  /** Puts a section that stands inside. */
  readonly putInner: (sheet: Sheet, section: Section, parent: Tag, level: number) => void;
}

/** Puts what one section holds on the page. One writer a section; it knows which table is open. */
export class SectionWriter {
  readonly #sheet: Sheet;
  readonly #parent: Tag;
  readonly #level: number;
  readonly #asks: boolean;
  readonly #last: Item | null;
  readonly #putInner: SectionParts["putInner"];
  #table: RowTable | null = null;
  /** Text behind the last row: whether it belongs into the table shows when another row comes. */
  #waiting: (() => void)[] = [];
  /** Text so far only introduces what follows. */
  #leading: boolean;
  /** The heading stands on the line of the first table's head. */
  #shared = false;

  constructor(sheet: Sheet, { parent, level, content, items, putInner }: SectionParts) {
    this.#leading = content.some(holdsItems);
    this.#sheet = sheet;
    this.#parent = parent;
    this.#level = level;
    this.#putInner = putInner;
    this.#last = items.at(-1) ?? null;
    this.#asks = items.some((item) => isTicked(item) && setAsks(sheet, item, columnsOf(sheet)).length > 0);
  }

  /** Puts the heading: on one line with the head of the table that follows at once, or above. */
  heading(section: Section, times: boolean): void {
    const { flow } = this.#sheet;
    const options = { section, level: this.#level, parent: this.#parent };
    const columns = columnsOf(this.#sheet);
    const right = (this.#asks ? columns.asked : columns.initials) - 8;
    const shared =
      times || !beginsWithRow(section)
        ? null
        : sharedHeading(this.#sheet, options, { left: columns.text, right });
    this.#shared = shared !== null;
    flow.put(shared ?? headingBox(this.#sheet, { ...options, times }));
  }

  /** Ends the table of rows that is open; text that no row followed comes after it. */
  close(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#table) this.#sheet.flow.runningHead(null);
    this.#table = null;
    for (const put of waiting) put();
  }

  #tableFor(item: Item): RowTable {
    const ticks = ticksOf(item);
    if (this.#table?.ticks === ticks) return this.#table;
    this.close();
    const table: RowTable = {
      sheet: this.#sheet,
      columns: columnsOf(this.#sheet),
      ticks,
      asks: this.#asks,
      tag: lazy(() => this.#parent().add("Table")),
    };
    this.#table = table;
    return table;
  }

  /** Text and rows as they come. `shift` indents text under a bullet or an item. */
  blocks(blocks: readonly Block[], shift = 0): void {
    const { document, prose } = this.#sheet;
    const look = { type: BODY };
    walkBlocks(
      blocks,
      {
        text: (text, by) =>
          this.#put(
            (tag, width) =>
              text.flatMap((block, i) => {
                const boxes = looseBoxes(prose, block, tag, width);
                return introduces(block, text[i + 1]) ? boxes.map((box) => ({ ...box, keep: true })) : boxes;
              }),
            by,
          ),
        bullet: (content, mark, by) =>
          this.#put(
            (tag, width) =>
              bulletBoxes(
                prose,
                content,
                mark,
                lazy(() => tag().add("L")),
                width,
                look,
              ),
            by,
          ),
        summary: (summary, by) => {
          const spans = inlineSpans(summary, { type: BODY, style: "bold" }, prose);
          this.#put(
            (tag, width) => [
              paragraph(document, spans, () => tag().add("P"), { width, type: BODY, keep: true, before: 4 }),
            ],
            by,
          );
        },
        item: (item, own, rest) => this.#item(item, own, rest),
        section: (section) => this.#section(section),
      },
      shift,
    );
  }

  /** Text between rows is a row of one cell; elsewhere it stands under the section itself. */
  #put(make: (tag: Tag, width: number) => readonly Box[], shift: number): void {
    const { flow } = this.#sheet;
    const moved = (tag: Tag, width: number): Box[] =>
      make(tag, width - shift).map((box) => indent(box, shift));
    const put = (): void => {
      const free = moved(this.#parent, flow.width);
      // A row is never divided, and long text is none.
      if (stack(free).height > INTRO) this.close();
      const boxes = this.#table ? [stack(textRow(this.#table, moved), { before: 2 })] : free;
      // A line or two under a heading stay with what they lead to.
      const intro = this.#leading && stack(boxes).height <= INTRO;
      this.#leading = false;
      flow.put(...(intro ? boxes.map((box) => ({ ...box, keep: true })) : boxes));
    };
    if (this.#table) this.#waiting.push(put);
    else put();
  }

  #item(item: Item, own: readonly Block[], rest: readonly Block[]): void {
    const { flow } = this.#sheet;
    this.#leading = false;
    if (this.#table?.ticks !== ticksOf(item)) this.close();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const put of waiting) put();
    const before = this.#table;
    const table = this.#tableFor(item);
    const head = before === table ? null : rowHead(table, this.#shared);
    this.#shared = false;
    if (head) flow.put(head.first);
    const row = itemRow(table, item, own);
    // A row whose status follows from the rows below stays with the first of them; the last is not alone on a page.
    const isLast = item === this.#last && before === table;
    flow.put({ ...row, keep: rest.length > 0, follows: isLast });
    if (head) flow.runningHead(head.running);
    if (rest.length > 0) this.blocks(rest, table.columns.text);
  }

  #section(section: Section): void {
    this.close();
    this.#leading = false;
    this.#putInner(this.#sheet, section, this.#parent, this.#level + 1);
  }
}

/** Text that may be divided where much of a page would be left empty; a command may not. */
function looseBoxes(prose: ProseContext, block: Block, tag: Tag, width: number): Box[] {
  const whole = block.type === "code" && block.command !== null;
  return proseBoxes(prose, [block], tag, width).map((box) => (whole ? box : { ...box, loose: true }));
}

/** An item is the first thing in it. */
function beginsWithRow({ content: [first] }: Section): boolean {
  if (first?.type !== "list") return false;
  const [entry] = first.entries;
  return entry?.type === "item";
}
