/** Blocks of text of the model to boxes: everything a section or an item holds but items and sections. */
import type { Block, Entry, List } from "../model/checklist.ts";
import { plainText, type Table } from "../model/text.ts";
import { codeBoxes, type ProseContext } from "./command.ts";
import { naturalColumns } from "./fit.ts";
import { type Box, beside, indent, stack } from "./flow.ts";
import { inlineSpans, type Look } from "./inline.ts";
import { lazy, type Tag } from "./lazy.ts";
import { baseline, paragraph } from "./paragraph.ts";
import { BODY, GRAY, SMALL } from "./scale.ts";
import { setTable } from "./table.ts";
import { type Span, setLine, widthOf } from "./text.ts";

const GAP = 3;
const BULLET = 11;

const ALERTS = {
  note: "Note",
  tip: "Tip",
  important: "Important",
  warning: "Warning",
  caution: "Caution",
} as const;

/** Does a block hold items or sections, so that it is more than text? */
export function holdsItems(block: Block): boolean {
  switch (block.type) {
    case "section":
      return true;
    case "quote":
    case "details":
      return block.content.some(holdsItems);
    case "list":
      return block.entries.some(entryHoldsItems);
    default:
      return false;
  }
}

export function entryHoldsItems(entry: Entry): boolean {
  return entry.type !== "bullet" || entry.content.some(holdsItems);
}

/** Boxes for blocks that hold no items. */
export function proseBoxes(
  context: ProseContext,
  blocks: readonly Block[],
  parent: Tag,
  width: number,
  look: Look = { type: BODY },
): Box[] {
  return blocks.flatMap((block, i): Box[] => {
    const boxes = proseBox(context, block, parent, width, look);
    return introduces(block, blocks[i + 1]) ? boxes.map((box) => ({ ...box, keep: true })) : boxes;
  });
}

/** Text that ends in a colon stays with the list or the code it leads to. */
export function introduces(block: Block, next: Block | undefined): boolean {
  if (block.type !== "paragraph" || (next?.type !== "list" && next?.type !== "code")) return false;
  return /[:：]\s*$/.test(plainText(block.children));
}

function proseBox(context: ProseContext, block: Block, parent: Tag, width: number, look: Look): Box[] {
  switch (block.type) {
    case "paragraph":
      return [
        textBox(context, inlineSpans(block.children, look, context), () => parent().add("P"), width, look),
      ];
    case "heading":
      return [
        textBox(
          context,
          inlineSpans(block.children, { ...look, style: "bold" }, context),
          () => parent().add("P"),
          width,
          look,
          true,
        ),
      ];
    case "raw":
      return [
        textBox(
          context,
          [{ text: block.value, style: "mono", size: SMALL.size }],
          () => parent().add("P"),
          width,
          { type: SMALL },
        ),
      ];
    case "rule":
      return [ruleBox(width)];
    case "table":
      return tableBoxes(context, block, parent, width);
    case "code":
      return codeBoxes(context, block, parent, width);
    case "list":
      return listBoxes(context, block, parent, width, look);
    case "quote":
      return [quoteBox(context, block, parent, width, look)];
    case "details": {
      const summary = inlineSpans(block.summary, { ...look, style: "bold" }, context);
      const head = textBox(context, summary, () => parent().add("P"), width, look, true);
      return [head, ...proseBoxes(context, block.content, parent, width, look)];
    }
    case "section":
      return [];
    default:
      return block satisfies never;
  }
}

function textBox(
  context: ProseContext,
  spans: readonly Span[],
  tag: Tag,
  width: number,
  look: Look,
  keep = false,
): Box {
  return paragraph(context.document, spans, tag, { width, type: look.type, before: GAP, keep });
}

function ruleBox(width: number): Box {
  return {
    height: 1,
    before: 5,
    draw: (page, x, y) => page.artifact(() => page.line(x, y, x + width, y, { gray: GRAY.hair })),
  };
}

function tableBoxes(context: ProseContext, table: Table, parent: Tag, width: number): Box[] {
  const cells = (row: Table["head"], look: Look): Span[][] =>
    row.map((cell) => inlineSpans(cell, look, context));
  const rows = table.rows.map((row) => cells(row, { type: BODY }));
  const heads = table.head.map((cell) =>
    inlineSpans(cell, { type: SMALL }, context)
      .map((span) => span.text)
      .join(""),
  );
  const columns = naturalColumns(context.document, heads, rows, width).map((column, i) => ({
    ...column,
    align: table.align[i] ?? ("left" as const),
  }));
  const { head, rows: set } = setTable(context.document, parent, {
    width,
    columns,
    rows: rows.map((row) => row.map((spans) => ({ spans }))),
    before: 4,
  });
  return [head, ...set];
}

function listBoxes(context: ProseContext, list: List, parent: Tag, width: number, look: Look): Box[] {
  const element = lazy(() => parent().add("L", { list: list.ordered ? "Decimal" : "Disc" }));
  const set = (room: number): Box[][] =>
    list.entries.map((entry, i) =>
      entry.type === "bullet"
        ? bulletBoxes(context, entry.content, list.ordered ? `${list.start + i}.` : "•", element, room, look)
        : [],
    );
  const whole = set(width);
  if (!look.paired || list.ordered) return together(whole.flat());
  const half = (width - PAIR) / 2;
  const narrow = set(half).map((boxes) => (boxes.length === 1 ? boxes[0] : undefined));
  const isShort = (box: Box | undefined): box is Box => box !== undefined && box.height <= look.type.leading;
  const lines: Box[] = [];
  for (let i = 0; i < whole.length; i += 1) {
    const [first, second] = [narrow[i], narrow[i + 1]];
    if (isShort(first) && isShort(second)) {
      lines.push(pair(first, second, half + PAIR));
      i += 1;
    } else lines.push(...(whole[i] ?? []));
  }
  return lines;
}

/** The most that a list may be high to stay on one page. */
const WHOLE = 90;

/** A short list is not divided; of a longer one no point is alone on a page. */
function together(boxes: readonly Box[]): Box[] {
  const isShort = boxes.reduce((sum, { height, before = 0 }) => sum + height + before, 0) <= WHOLE;
  const last = boxes.length - 1;
  return boxes.map((box, i) => {
    const keep = i < last && (isShort || i === 0 || i === last - 1);
    return keep ? { ...box, keep } : box;
  });
}

/** Between two points in one line. */
const PAIR = 12;

/** Two points that each fit half the width stand in one line, read from left to right. */
function pair(first: Box, second: Box, x: number): Box {
  return {
    ...beside([
      { box: first, x: 0 },
      { box: second, x },
    ]),
    before: first.before ?? 0,
  };
}

/** A bullet: its mark hangs beside its first block. */
export function bulletBoxes(
  context: ProseContext,
  content: readonly Block[],
  mark: string,
  list: Tag,
  width: number,
  look: Look,
): Box[] {
  const item = lazy(() => list().add("LI"));
  const label = lazy(() => item().add("Lbl"));
  const body = lazy(() => item().add("LBody"));
  const face = context.document.fonts.primary("regular");
  const shift = Math.max(BULLET, widthOf(face, `${mark} `, look.type.size));
  const line = setLine(
    [{ text: mark, style: "regular", size: look.type.size, gray: look.gray ?? 0 }],
    context.document,
  );
  const boxes = proseBoxes(context, content, body, width - shift, look).map((box) => indent(box, shift));
  const [first, ...rest] = boxes;
  if (!first) return [];
  const drawMark = (box: Box): Box => ({
    ...box,
    // A rule alone is less high than the mark beside it.
    height: Math.max(box.height, look.type.leading),
    before: Math.min(box.before ?? 0, 1.5),
    draw(page, x, y) {
      page.tagged(label(), () => page.text(line.pieces, x, y + baseline(line, look.type.leading)));
      box.draw(page, x, y);
    },
  });
  const marked = drawMark(first);
  const [firstPart, ...otherParts] = first.parts ?? [];
  return [firstPart ? { ...marked, parts: [drawMark(firstPart), ...otherParts] } : marked, ...rest];
}

function quoteBox(
  context: ProseContext,
  block: Block & { type: "quote" },
  parent: Tag,
  width: number,
  look: Look,
): Box {
  const quote = lazy(() => parent().add("BlockQuote"));
  const inner = width - 12;
  const boxes = proseBoxes(context, block.content, quote, inner, look);
  if (block.alert) {
    const spans: Span[] = [{ text: ALERTS[block.alert], style: "bold", size: look.type.size }];
    boxes.unshift(
      paragraph(context.document, spans, () => quote().add("P"), {
        width: inner,
        type: look.type,
        keep: true,
      }),
    );
  }
  const body = indent(stack(boxes), 12);
  return {
    ...body,
    before: 5,
    draw(page, x, y) {
      page.artifact(() => page.fill(x, y, 2.2, body.height, block.alert ? 0 : GRAY.rule));
      body.draw(page, x, y);
    },
  };
}
