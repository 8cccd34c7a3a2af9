/** The text as it was executed, every item with what was recorded for it. */
import type { Block, Item, Section } from "../../model/checklist.ts";
import type { ItemReport, SectionReport } from "../../model/itemreport.ts";
import { sayDuration } from "../../model/say.ts";
import { signOfStatus } from "../../model/sign.ts";
import { type Box, indent, stack } from "../flow.ts";
import { inlineSpans } from "../inline.ts";
import { lazy, type Tag } from "../lazy.ts";
import { baseline, LineDrawer, paragraph } from "../paragraph.ts";
import { bulletBoxes, holdsItems, proseBoxes } from "../prose.ts";
import { BODY, NOTE, SMALL } from "../scale.ts";
import type { Role } from "../tags.ts";
import { type Span, setLine } from "../text.ts";
import { directItems, walkBlocks } from "../walk.ts";
import { bold, chapter, faint, joined, moment, type Paper, soft } from "./pieces.ts";
import { headBox, rowBox, TEXT } from "./rows.ts";

interface Items {
  readonly paper: Paper;
  readonly items: ReadonlyMap<string, ItemReport>;
  readonly sections: ReadonlyMap<string, SectionReport>;
}

export function putItems(paper: Paper): void {
  const { report, checklist, flow } = paper;
  const part = chapter(paper, "items", "What was done, item by item");
  const says = `The text of ${checklist.id} ${checklist.version} as it was executed. Of items that were not selected, needed, reached or due, the first line; the rest is in the attached source.md.`;
  flow.put(
    paragraph(paper.document, [soft(says)], () => part().add("P"), { width: flow.width, type: SMALL }),
  );
  const items: Items = {
    paper,
    items: new Map(report.items.map((item) => [item.id, item])),
    sections: new Map(report.sections.map((section) => [section.id, section])),
  };
  const writer = new ItemWriter(items, part, 3, checklist.content);
  writer.blocks(checklist.content);
  writer.close();
}

const HEADINGS = ["H3", "H4", "H5", "H6"] as const satisfies readonly Role[];

/** The most that a text under a heading may be high to stay with what it leads to. */
const INTRO = 50;

/** Puts one section's text and rows on the page; it knows whether a table is open. */
class ItemWriter {
  readonly #items: Items;
  readonly #parent: Tag;
  readonly #level: number;
  #table: Tag | null = null;
  /** Text behind the last row: whether it belongs into the table shows when another row comes. */
  #waiting: (() => void)[] = [];
  /** Text so far only introduces what follows. */
  #leading: boolean;
  readonly #last: Item | null;

  constructor(items: Items, parent: Tag, level: number, content: readonly Block[]) {
    this.#leading = level > 3 && content.some(holdsItems);
    this.#last = directItems(content).at(-1) ?? null;
    this.#items = items;
    this.#parent = parent;
    this.#level = level;
  }

  blocks(blocks: readonly Block[], shift = 0): void {
    const { document, prose } = this.#items.paper;
    const look = { type: BODY };
    walkBlocks(
      blocks,
      {
        text: (inner, by) => this.#put((tag, width) => proseBoxes(prose, inner, tag, width, look), by),
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
              paragraph(document, spans, () => tag().add("P"), { width, type: BODY, keep: true }),
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

  #put(make: (tag: Tag, width: number) => readonly Box[], shift: number): void {
    const { flow } = this.#items.paper;
    const put = (): void => {
      const table = this.#table;
      const tag = table === null ? this.#parent : lazy(() => table().add("TR").add("TD", { colSpan: 4 }));
      const boxes = make(tag, flow.width - shift).map((box) => indent(box, shift));
      const intro = this.#leading && stack(boxes).height <= INTRO;
      this.#leading = false;
      flow.put(...(intro ? boxes.map((box) => ({ ...box, keep: true })) : boxes));
    };
    if (this.#table) this.#waiting.push(put);
    else put();
  }

  #item(item: Item, own: readonly Block[], rest: readonly Block[]): void {
    const { flow } = this.#items.paper;
    const opened = this.#table === null;
    this.#leading = false;
    for (const put of this.#waiting) put();
    this.#waiting = [];
    this.#table ??= lazy(() => this.#parent().add("Table"));
    const head = headBox(this.#items.paper, this.#table);
    if (opened) flow.put(head);
    const row = rowBox(this.#items.paper, this.#items.items.get(item.id), item, own, this.#table);
    // The last row is not alone on a page.
    flow.put({ ...row, follows: !opened && item === this.#last });
    if (opened) flow.runningHead(head);
    if (rest.length > 0) this.blocks(rest, TEXT);
  }

  #section(section: Section): void {
    this.close();
    this.#leading = false;
    const { paper, sections } = this.#items;
    const element = lazy(() => this.#parent().add("Sect"));
    paper.flow.put(headingBox(paper, section, sections.get(section.id), element, this.#level));
    const inner = new ItemWriter(this.#items, element, this.#level + 1, section.content);
    inner.blocks(section.content);
    inner.close();
  }

  close(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#table) this.#items.paper.flow.runningHead(null);
    this.#table = null;
    for (const put of waiting) put();
  }
}

/** Number, title, and in one line how it went. */
function headingBox(
  paper: Paper,
  section: Section,
  report: SectionReport | undefined,
  parent: Tag,
  level: number,
): Box {
  const { document, flow } = paper;
  const spans = [
    { text: `${section.number}\u2002`, style: "bold" as const, size: BODY.size },
    ...inlineSpans(section.title, { type: BODY, style: "bold" }, paper.prose),
  ];
  const role = HEADINGS[Math.min(level - 3, HEADINGS.length - 1)] ?? "H6";
  const title = paragraph(document, spans, () => parent().add(role), { width: flow.width, type: BODY });
  const line = report ? sectionLine(report) : [];
  const aside = setLine(line, document);
  const shift = (setLine(spans, document).width ?? 0) + 10;
  // How it went stands beside the title where there is room.
  const beside = title.height <= BODY.leading && shift + aside.width <= flow.width;
  const below =
    line.length === 0 || beside
      ? []
      : [paragraph(document, line, () => parent().add("P"), { width: flow.width, type: NOTE })];
  const body = stack([title, ...below]);
  return {
    height: body.height,
    before: level === 3 ? 12 : 8,
    keep: true,
    draw(page, x, y) {
      document.destination(section.id, page, y);
      document.bookmark(`${section.number} ${section.text}`.trim(), level - 1, page, y);
      body.draw(page, x, y);
      if (beside && aside.pieces.length > 0)
        new LineDrawer(document, parent().add("P")).draw(
          page,
          aside,
          x + shift,
          y + baseline(aside, BODY.leading),
        );
    },
  };
}

function sectionLine({
  counts,
  start,
  end,
  plannedDuration,
  tookMinutes,
  overMinutes,
}: SectionReport): Span[] {
  const over = overMinutes !== null && overMinutes > 0;
  const plan = plannedDuration === null ? "" : ` of ${sayDuration(plannedDuration)} planned`;
  const parts: Span[][] = [
    ...(counts.total === 0
      ? []
      : [
          joined(counts.byStatus.map(({ status, count }) => [soft(`${count} ${signOfStatus(status).word}`)])),
        ]),
    ...(start === null
      ? []
      : [
          [
            soft("from "),
            ...faint(moment(start)),
            ...(end === null ? [] : [soft(" to "), ...faint(moment(end))]),
          ],
        ]),
    ...(tookMinutes === null ? [] : [[soft(`took ${tookMinutes} min${plan}`)]]),
    ...(over ? [[bold(`! ${overMinutes} min over`)]] : []),
  ];
  return parts.length === 0 ? [] : joined(parts, " · ");
}
