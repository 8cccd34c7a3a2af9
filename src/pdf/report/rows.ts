/** A row of a report: number, status, the text with what was seen, who and when. */
import type { Block, Item } from "../../model/checklist.ts";
import type { ItemReport, ItemStatus } from "../../model/itemreport.ts";
import { signOfStatus } from "../../model/sign.ts";
import { label } from "../blanks.ts";
import { type Box, indent, space, stack } from "../flow.ts";
import { inlineSpans } from "../inline.ts";
import type { Tag } from "../lazy.ts";
import type { Page } from "../page.ts";
import { baseline, LineDrawer, paragraph } from "../paragraph.ts";
import { proseBoxes } from "../prose.ts";
import { GRAY, NOTE, ROW, SMALL } from "../scale.ts";
import type { Element } from "../tags.ts";
import { type Line, type Span, setText } from "../text.ts";
import { bold, joined, moment, type Paper, sign, soft, text } from "./pieces.ts";
import { resultBoxes } from "./results.ts";

const NUMBER = 42;
const STATUS = 72;
const WHO = 181;
const GAP = 8;
const PAD = 2.6;

/** Where text between rows begins. */
export const TEXT = NUMBER + STATUS;

/** The head of the table; drawn again on every page it goes on to, then as an artifact. */
export function headBox(paper: Paper, table: Tag): Box {
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

/** A row for an item and the text that stands under it. */
export function rowBox(
  paper: Paper,
  report: ItemReport | undefined,
  item: Item,
  own: readonly Block[],
  table: Tag,
): Box {
  if (report && isIdle(report)) return idleRow(paper, report, item, table);
  const { document, flow, prose } = paper;
  let cell: Element | undefined;
  const tag: Tag = () => {
    if (!cell) throw new Error("the cells of a row are made before its text");
    return cell;
  };
  // What follows from other items was done by nobody: its text has that room as well.
  const alone = report?.derived && [report.by, report.signedBy, report.at].every((one) => one === null);
  const width = flow.width - TEXT - (alone ? 0 : WHO + GAP);
  const band: Span[] =
    item.band === null ? [] : [text(`${item.band.toUpperCase()}  `, { style: "bold", size: ROW.size })];
  const why = report?.derived ? [soft(`\u2002 ${report.because ?? "follows from its parts"}`)] : [];
  const title = [...band, ...inlineSpans(item.title, { type: ROW }, prose), ...why];
  const lead = [
    paragraph(document, title, () => tag().add("P"), { width, type: ROW }),
    ...(report ? resultBoxes(paper, report, tag, width) : []),
  ];
  const status = report ? statusSpans(report) : [text("–")];
  const statusLines = setText(status, STATUS - GAP, document);
  const whoLines = alone ? [] : setText(report ? whoSpans(report) : [text("–")], WHO, document);
  const side = Math.max(statusLines.length, whoLines.length) * NOTE.leading;
  const body = bodyBox(
    lead,
    side,
    (room) => proseBoxes(prose, own, tag, room, { type: NOTE, gray: GRAY.text, paired: true }),
    [width, flow.width - TEXT],
  );
  const number = label(document, item.number, { gray: 0 });
  const height = Math.max(body.height, side) + 2 * PAD;
  const open = (page: Page, x: number, y: number): void => {
    document.destination(item.id, page, y);
    const row = table().add("TR");
    const head = row.add("TH", { scope: "Row" });
    page.tagged(head, () => page.text(number.pieces, x, y + PAD + baseline(number, ROW.leading)));
    drawLines(document, page, row.add("TD"), statusLines, x + NUMBER, y + PAD);
    cell = row.add("TD");
    drawLines(document, page, row.add("TD"), whoLines, x + flow.width - WHO, y + PAD);
  };
  const rule: Box = {
    height: PAD,
    draw: (page, x, y) =>
      page.artifact(() => page.line(x, y + PAD, x + flow.width, y + PAD, { weight: 0.4, gray: GRAY.hair })),
  };
  const top: Box = { height: side + PAD, draw: open };
  return {
    height,
    parts: [top, ...(body.parts ?? []).map((part) => indent(part, TEXT)), rule],
    draw(page, x, y) {
      open(page, x, y);
      body.draw(page, x + TEXT, y + PAD);
      rule.draw(page, x, y + height - PAD);
    },
  };
}

/** What stands under a row's title: beside who did it, or below that over the whole width, whichever is less high. */
function bodyBox(
  lead: readonly Box[],
  side: number,
  own: (width: number) => readonly Box[],
  [narrow, wide]: readonly [number, number],
): Box {
  const beside = stack([...lead, ...own(narrow)]);
  const top = stack(lead).height;
  const below = stack([...lead, space(Math.max(0, side - top)), ...own(wide)]);
  return below.height < Math.max(beside.height, side) ? below : beside;
}

const IDLE: ReadonlySet<ItemStatus> = new Set(["not-selected", "not-needed", "not-reached", "not-due"]);

/** Was there nothing to do for an item, and was nothing recorded? Then its number, status and text are all there is. */
function isIdle(report: ItemReport): boolean {
  const { at, by, reason, note, values, limits, attempts, readings, observers, evidence, captures } = report;
  const recorded = [values, attempts, readings, observers, evidence].some((list) => list.length > 0);
  return (
    IDLE.has(report.status) &&
    !recorded &&
    [at, by, reason, note, report.signedBy, report.waiver, report.claimed].every((one) => one === null) &&
    limits.every(({ value }) => value === null) &&
    captures.every(({ value }) => value === null)
  );
}

/** Number, status and text over the whole width; the reason stands behind the text. */
function idleRow(paper: Paper, report: ItemReport, item: Item, table: Tag): Box {
  const { document, flow, prose } = paper;
  const number = label(document, item.number, { gray: 0 });
  const status = setText(sign(signOfStatus(report.status, report.good)), STATUS - GAP, document);
  const why = [
    ...(report.because === null ? [] : [report.because]),
    ...(report.due === null || report.status !== "not-due" ? [] : [`due ${report.due.utc}`]),
  ];
  const spans = [
    ...inlineSpans(item.title, { type: NOTE }, prose),
    ...(why.length === 0 ? [] : [soft(`\u2002 ${why.join(", ")}`)]),
  ];
  const lines = setText(spans, flow.width - TEXT, document);
  const height = Math.max(lines.length, status.length) * NOTE.leading + 2;
  return {
    height,
    draw(page, x, y) {
      document.destination(item.id, page, y);
      const row = table().add("TR");
      page.tagged(row.add("TH", { scope: "Row" }), () =>
        page.text(number.pieces, x, y + 1 + baseline(number, NOTE.leading)),
      );
      drawLines(document, page, row.add("TD"), status, x + NUMBER, y + 1, NOTE.leading);
      drawLines(document, page, row.add("TD", { colSpan: 2 }), lines, x + TEXT, y + 1, NOTE.leading);
      page.artifact(() =>
        page.line(x, y + height, x + flow.width, y + height, { weight: 0.4, gray: GRAY.hair }),
      );
    },
  };
}

function drawLines(
  document: Paper["document"],
  page: Page,
  element: Element,
  lines: readonly Line[],
  x: number,
  y: number,
  leading = ROW.leading,
): void {
  const drawer = new LineDrawer(document, element);
  lines.forEach((line, i) => {
    drawer.draw(page, line, x, y + i * NOTE.leading + baseline(line, leading));
  });
}

function statusSpans(report: ItemReport): Span[] {
  return [
    ...sign(signOfStatus(report.status, report.good)),
    ...(report.claimed === null ? [] : [bold(`\nclaimed: ${report.claimed}`)]),
    ...(report.because === null || report.derived ? [] : [soft(`\n${report.because}`)]),
  ];
}

function whoSpans(report: ItemReport): Span[] {
  const parts = [
    ...(report.by === null || report.by.id === report.signedBy?.id ? [] : [[text(report.by.name)]]),
    ...(report.signedBy === null ? [] : [[text(`signed by ${report.signedBy.name}`)]]),
    ...(report.at === null ? [] : [moment(report.at)]),
  ];
  return joined(parts, "\n");
}
