/** Sections in order: heading, what is demanded, text and rows, decisions, signatures, reasons. */
import type { Block, Item, Section } from "../../model/checklist.ts";
import type { ProseContext } from "../command.ts";
import type { Box } from "../flow.ts";
import { indent, stack } from "../flow.ts";
import { inlineSpans } from "../inline.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { bulletBoxes, holdsItems, proseBoxes } from "../prose.ts";
import { BODY } from "../scale.ts";
import { directItems, walkBlocks } from "../walk.ts";
import { setAsks } from "./asks.ts";
import { columnsOf, isTicked, type RowTable } from "./cells.ts";
import type { Sheet } from "./context.ts";
import { rowHead, textRow } from "./head.ts";
import { headingBox, sharedHeading } from "./heading.ts";
import { putReasons } from "./reasons.ts";
import { itemRow, ticksOf } from "./rows.ts";
import { decisionBox, putSignoffs, textBox } from "./signs.ts";

/** Roles whose sections have pages of their own at the end. */
export function isDeferred(section: Section): boolean {
  return section.role === "templates" || section.role === "review";
}

/** The most that a text under a heading may be high to stay with what it leads to. */
const INTRO = 50;

/** Puts what one section holds on the page. One writer a section; it knows which table is open. */
class SectionWriter {
  readonly #sheet: Sheet;
  readonly #parent: Tag;
  readonly #level: number;
  readonly #asks: boolean;
  #table: RowTable | null = null;
  /** Text behind the last row: whether it belongs into the table shows when another row comes. */
  #waiting: (() => void)[] = [];
  /** Text so far only introduces what follows. */
  #leading: boolean;
  /** The heading stands on the line of the first table's head. */
  #shared = false;

  constructor(sheet: Sheet, parent: Tag, level: number, content: readonly Block[], items: readonly Item[]) {
    this.#leading = content.some(holdsItems);
    this.#sheet = sheet;
    this.#parent = parent;
    this.#level = level;
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
          this.#put((tag, width) => text.flatMap((block) => looseBoxes(prose, block, tag, width)), by),
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
    // A row whose status follows from the rows below stays with the first of them.
    flow.put({ ...row, keep: rest.length > 0 });
    if (head) flow.runningHead(head.running);
    if (rest.length > 0) this.blocks(rest, table.columns.text);
  }

  #section(section: Section): void {
    this.close();
    this.#leading = false;
    putSection(this.#sheet, section, this.#parent, this.#level + 1);
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

/** Items of a section and all below it that have boxes, without what stands on the card or on pages of its own. */
function tickedWithin(section: Section, sheet: Sheet): number {
  const below = sheet.outline.sections.filter(
    (inner) => inner.parent === section.id && !isElsewhere(inner, sheet),
  );
  const own = directItems(section.content).filter((item) => isTicked(item) && item.role !== "triggers");
  return below.reduce((sum, inner) => sum + tickedWithin(inner, sheet), own.length);
}

function isElsewhere(section: Section, sheet: Sheet): boolean {
  return sheet.card.has(section.id) || isDeferred(section);
}

function onCard(sheet: Sheet, section: Section): boolean {
  for (let at: Section | undefined = section; at; at = sheet.outline.section.get(at.parent ?? ""))
    if (sheet.card.has(at.id)) return true;
  return false;
}

/** What is asked before a section may begin. */
function pausesBefore(sheet: Sheet, section: Section, parent: Tag): void {
  const signoffs = sheet.checklist.signoffs.filter((signoff) => signoff.before === section.id);
  putSignoffs(
    sheet,
    signoffs,
    `Pause point: ${section.number} ${section.text} may begin only when these have signed`,
    parent,
  );
}

/** A section in its place: a reference where its rows stand elsewhere. */
export function putSection(sheet: Sheet, section: Section, parent: Tag, level: number): void {
  if (isDeferred(section) && level === 2) return;
  pausesBefore(sheet, section, parent);
  const element = lazy(() => parent().add("Sect"));
  if (sheet.card.has(section.id)) {
    sheet.flow.put(
      textBox(sheet, `${section.number} ${section.text}: on the rollback card, the last leaf.`, element, {
        bold: true,
        before: 8,
      }),
    );
  } else putContent(sheet, section, element, level);
  const after = sheet.checklist.signoffs.filter((signoff) => signoff.after === section.id);
  putSignoffs(sheet, after, `${section.number} ${section.text} is done: these sign for it`, element);
  if (level === 2 && !sheet.card.has(section.id))
    putReasons(sheet, section, tickedWithin(section, sheet), element);
}

/** The document as it comes: text before the first heading, and the outermost sections. */
export function putAll(sheet: Sheet): void {
  const { content } = sheet.checklist;
  const writer = new SectionWriter(sheet, () => sheet.document.root, 1, content, []);
  writer.blocks(content);
  writer.close();
}

/** The section itself, wherever it is printed. */
export function putContent(sheet: Sheet, section: Section, element: Tag, level: number): void {
  const direct = directItems(section.content);
  // Outermost sections have their times, and what is planned; the rollback card has its clock at the head.
  const timed = section.duration !== null || (level === 2 && tickedWithin(section, sheet) > 0);
  const times = section.role !== "reference" && timed && !onCard(sheet, section);
  const writer = new SectionWriter(sheet, element, level, section.content, direct);
  writer.heading(section, times);
  writer.blocks(section.content);
  writer.close();
  if (asksDecision(section, sheet)) sheet.flow.put(decisionBox(sheet, section, element));
}

/** The outermost section that decides has the decision at its end; so have triggers. */
function asksDecision(section: Section, sheet: Sheet): boolean {
  if (section.role !== "decision" && section.role !== "triggers") return false;
  const around = section.parent === null ? undefined : sheet.outline.section.get(section.parent);
  return around?.role !== section.role;
}
