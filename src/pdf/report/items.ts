/** The text as it was executed, every item with what was recorded for it. */
import type { Block, Item, Section } from "../../model/checklist.ts";
import type { ItemReport, LookReport, LooseValue, SectionReport } from "../../model/itemreport.ts";
import { sayDuration } from "../../model/say.ts";
import { signOfStatus, signOfVerdict } from "../../model/sign.ts";
import { label } from "../blanks.ts";
import { type Box, indent, stack } from "../flow.ts";
import { inlineSpans } from "../inline.ts";
import { lazy, type Tag } from "../lazy.ts";
import { baseline, LineDrawer, paragraph } from "../paragraph.ts";
import { bulletBoxes, proseBoxes } from "../prose.ts";
import { BODY, GRAY, SMALL, type Type } from "../scale.ts";
import type { Element, Role } from "../tags.ts";
import { type Line, type Span, setText } from "../text.ts";
import { walkBlocks } from "../walk.ts";
import { drawGauge, interval } from "./limits.ts";
import { bold, chapter, joined, moment, type Paper, person, sign, soft, text } from "./pieces.ts";

const NUMBER = 38;
const STATUS = 86;
const WHO = 112;
const GAP = 8;
const PAD = 3;
const ITEM: Type = { size: 9.5, leading: 11.6 };
const UNDER: Type = { size: 8.5, leading: 10.6 };

interface Items {
  readonly paper: Paper;
  readonly items: ReadonlyMap<string, ItemReport>;
  readonly sections: ReadonlyMap<string, SectionReport>;
}

export function putItems(paper: Paper): void {
  const { report, checklist, flow } = paper;
  const part = chapter(paper, "items", "What was done, item by item");
  const says = `The text of ${checklist.id} ${checklist.version} as it was executed.`;
  flow.put(
    paragraph(paper.document, [soft(says)], () => part().add("P"), { width: flow.width, type: SMALL }),
  );
  const items: Items = {
    paper,
    items: new Map(report.items.map((item) => [item.id, item])),
    sections: new Map(report.sections.map((section) => [section.id, section])),
  };
  new ItemWriter(items, part, 3).blocks(checklist.content);
}

const HEADINGS = ["H3", "H4", "H5", "H6"] as const satisfies readonly Role[];

/** Puts one section's text and rows on the page; it knows whether a table is open. */
class ItemWriter {
  readonly #items: Items;
  readonly #parent: Tag;
  readonly #level: number;
  #table: Tag | null = null;

  constructor(items: Items, parent: Tag, level: number) {
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
    const table = this.#table;
    const tag = table === null ? this.#parent : lazy(() => table().add("TR").add("TD", { colSpan: 4 }));
    flow.put(...make(tag, flow.width - shift).map((box) => indent(box, shift)));
  }

  #item(item: Item, own: readonly Block[], rest: readonly Block[]): void {
    const { flow } = this.#items.paper;
    const opened = this.#table === null;
    this.#table ??= lazy(() => this.#parent().add("Table"));
    const head = headBox(this.#items.paper, this.#table);
    if (opened) flow.put(head);
    flow.put(rowBox(this.#items, item, own, this.#table));
    if (opened) flow.runningHead(head);
    if (rest.length > 0) this.blocks(rest, NUMBER + STATUS);
  }

  #section(section: Section): void {
    this.close();
    const { paper, sections } = this.#items;
    const element = lazy(() => this.#parent().add("Sect"));
    if (section.id === "_root") {
      new ItemWriter(this.#items, this.#parent, this.#level).blocks(section.content);
      return;
    }
    paper.flow.put(headingBox(paper, section, sections.get(section.id), element, this.#level));
    const inner = new ItemWriter(this.#items, element, this.#level + 1);
    inner.blocks(section.content);
    inner.close();
  }

  close(): void {
    if (this.#table) this.#items.paper.flow.runningHead(null);
    this.#table = null;
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
  const below =
    line.length > 0
      ? [paragraph(document, line, () => parent().add("P"), { width: flow.width, type: UNDER })]
      : [];
  const body = stack([title, ...below]);
  return {
    height: body.height,
    before: level === 3 ? 12 : 8,
    keep: true,
    draw(page, x, y) {
      document.destination(section.id, page, y);
      document.bookmark(`${section.number} ${section.text}`.trim(), level - 1, page, y);
      body.draw(page, x, y);
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
      : [[soft("from "), ...moment(start), ...(end === null ? [] : [soft(" to "), ...moment(end)])]]),
    ...(tookMinutes === null ? [] : [[soft(`took ${tookMinutes} min${plan}`)]]),
    ...(over ? [[bold(`! ${overMinutes} min over`)]] : []),
  ];
  return parts.length === 0 ? [] : joined(parts, " · ");
}

function headBox(paper: Paper, table: Tag): Box {
  const { flow, document } = paper;
  const heads = [
    { line: label(document, "No."), x: 0 },
    { line: label(document, "Status"), x: NUMBER },
    { line: label(document, "What was to be done, and what was seen"), x: NUMBER + STATUS },
    { line: label(document, "By, at"), x: flow.width - WHO },
  ];
  const height = SMALL.leading + 2;
  let drawn = false;
  return {
    height,
    before: 3,
    keep: true,
    draw(page, x, y) {
      page.artifact(() => page.line(x, y + height, x + flow.width, y + height, { weight: 0.8 }));
      const row = drawn ? null : table().add("TR");
      drawn = true;
      for (const head of heads) {
        const draw = (): void => page.text(head.line.pieces, x + head.x, y + SMALL.leading - 2);
        if (row) page.tagged(row.add("TH", { scope: "Column" }), draw);
        else page.artifact(draw);
      }
    },
  };
}

function rowBox(items: Items, item: Item, own: readonly Block[], table: Tag): Box {
  const { paper } = items;
  const { document, flow, prose } = paper;
  const report = items.items.get(item.id);
  let cell: Element | undefined;
  const tag: Tag = () => {
    if (!cell) throw new Error("the cells of a row are made before its text");
    return cell;
  };
  const width = flow.width - NUMBER - STATUS - WHO - GAP;
  const band: Span[] =
    item.band === null ? [] : [text(`${item.band.toUpperCase()}  `, { style: "bold", size: ITEM.size })];
  const title = [...band, ...inlineSpans(item.title, { type: ITEM }, prose)];
  const body = stack([
    paragraph(document, title, () => tag().add("P"), { width, type: ITEM }),
    ...(report ? resultBoxes(paper, report, tag, width) : []),
    ...proseBoxes(prose, own, tag, width, { type: UNDER, gray: GRAY.text }),
  ]);
  const status = report ? statusSpans(report) : [text("–")];
  const statusLines = setText(status, STATUS - GAP, document);
  const whoLines = setText(report ? whoSpans(report) : [text("–")], WHO, document);
  const side = Math.max(statusLines.length, whoLines.length) * UNDER.leading;
  const number = label(document, item.number, { gray: 0 });
  const height = Math.max(body.height, side) + 2 * PAD;
  const place = (
    page: Parameters<Box["draw"]>[0],
    element: Element,
    lines: readonly Line[],
    x: number,
    y: number,
  ): void => {
    const drawer = new LineDrawer(document, element);
    lines.forEach((line, i) => {
      drawer.draw(page, line, x, y + PAD + i * UNDER.leading + baseline(line, ITEM.leading));
    });
  };
  return {
    height,
    draw(page, x, y) {
      document.destination(item.id, page, y);
      const row = table().add("TR");
      page.tagged(row.add("TH", { scope: "Row" }), () =>
        page.text(number.pieces, x, y + PAD + baseline(number, ITEM.leading)),
      );
      place(page, row.add("TD"), statusLines, x + NUMBER, y);
      cell = row.add("TD");
      body.draw(page, x + NUMBER + STATUS, y + PAD);
      place(page, row.add("TD"), whoLines, x + flow.width - WHO, y);
      page.artifact(() =>
        page.line(x, y + height, x + flow.width, y + height, { weight: 0.4, gray: GRAY.hair }),
      );
    },
  };
}

function statusSpans(report: ItemReport): Span[] {
  return [
    ...sign(signOfStatus(report.status, report.good)),
    ...(report.derived ? [soft("\nfollows from its parts")] : []),
    ...(report.claimed === null ? [] : [bold(`\nclaimed: ${report.claimed}`)]),
    ...(report.because === null ? [] : [soft(`\n${report.because}`)]),
  ];
}

function whoSpans(report: ItemReport): Span[] {
  const parts = [
    ...(report.by === null ? [] : [person(report.by)]),
    ...(report.signedBy === null ? [] : [[text("signed by "), ...person(report.signedBy)]]),
    ...(report.at === null ? [] : [moment(report.at)]),
  ];
  return joined(parts, "\n");
}

/** What was seen beside what had to hold, and everything else that was recorded. */
function resultBoxes(paper: Paper, report: ItemReport, tag: Tag, width: number): Box[] {
  const line = (spans: readonly Span[]): Box =>
    paragraph(paper.document, spans, () => tag().add("P"), { width, type: UNDER, before: 1 });
  return [
    ...report.limits.map((row): Box => {
      const spans = [
        bold(row.value ?? "no value"),
        text(` beside ${row.kind === "limit" ? "" : `${row.kind} `}${row.limit}  `),
        ...sign(signOfVerdict(row)),
        ...(row.reason === null ? [] : [text(` ${row.reason}`)]),
        soft("  "),
        ...interval(row).map((span) => ({ ...span, gray: GRAY.text })),
      ];
      const said = line(spans);
      return {
        ...said,
        height: said.height + 11,
        draw(page, x, y) {
          said.draw(page, x, y);
          drawGauge(paper, row, page, tag(), x, y + said.height + 1, 90);
        },
      };
    }),
    ...report.values.map((value) => line(valueSpans(value))),
    ...detailPairs(paper, report).map(([term, value]) => line([soft(`${term}: `), ...value])),
    ...looks("Earlier tries", report.attempts).map(line),
    ...looks(readingsTitle(report), report.readings).map(line),
    ...looks("Others who recorded it", report.observers).map(line),
  ];
}

function readingsTitle({ readings, expectedReadings }: ItemReport): string {
  return expectedReadings === null
    ? "Readings"
    : `Readings, ${readings.length} of ${expectedReadings} expected`;
}

function valueSpans({ metric, value, from, to, source }: LooseValue): Span[] {
  const when = from ?? to;
  return [
    ...(metric === null ? [] : [text(`${metric} `)]),
    bold(value),
    ...(when === null ? [] : [text(" "), ...moment(when)]),
    ...(source === null ? [] : [soft(`, from ${source}`)]),
  ];
}

/** What else was recorded: only what is there. */
function detailPairs(paper: Paper, report: ItemReport): (readonly [string, readonly Span[]])[] {
  const { waiver } = report;
  const evidence = new Map(paper.report.evidence.map((one) => [one.id, one]));
  const named = report.evidence.map((id) => {
    const one = evidence.get(id);
    return [text(one ? `${one.name}${one.pair === null ? "" : ` (${one.pair})`}` : id)];
  });
  return [
    ...(report.reason === null ? [] : [["Reason", [text(report.reason)]] as const]),
    ...(report.note === null ? [] : [["Note", [text(report.note)]] as const]),
    ...(report.due === null ? [] : [["Due", moment(report.due)] as const]),
    ...(report.started === null ? [] : [["Started", moment(report.started)] as const]),
    ...(report.enteredAt === null ? [] : [["Entered", moment(report.enteredAt)] as const]),
    ...(report.method === null ? [] : [["Method", [text(report.method)]] as const]),
    ...(report.witness === null ? [] : [["Witness", person(report.witness)] as const]),
    ...report.captures.map(
      ({ label: head, value }) => [head, [value === null ? bold("NOT RECORDED") : text(value)]] as const,
    ),
    ...(named.length === 0 ? [] : [["Evidence", joined(named)] as const]),
    ...(waiver === null
      ? []
      : [
          [
            "Waiver",
            [
              ...(waiver.valid ? [] : [bold("not valid: ")]),
              text(`${waiver.reason} (`),
              ...person(waiver.by),
              text(", "),
              ...moment(waiver.at),
              text(")"),
            ],
          ] as const,
        ]),
  ];
}

function looks(title: string, rows: readonly LookReport[]): Span[][] {
  if (rows.length === 0) return [];
  return [
    [soft(title)],
    ...rows.map((look) => [
      text("•  "),
      ...moment(look.at),
      ...(look.status === null ? [] : [text(" "), bold(look.status)]),
      ...look.values.map(({ metric, value }) => text(`  ${metric === null ? "" : `${metric} `}${value}`)),
      ...(look.by === null ? [] : [text("  "), ...person(look.by)]),
      ...(look.reason === null ? [] : [text(`: ${look.reason}`)]),
      ...(look.note === null ? [] : [text(`: ${look.note}`)]),
    ]),
  ];
}
