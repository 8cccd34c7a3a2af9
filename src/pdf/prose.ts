/** Blocks of text of the model to boxes: everything a section or an item holds but items and sections. */
import type { Block, Code, Command, Entry, List } from "../model/checklist.ts";
import type { Table } from "../model/text.ts";
import { codeBox } from "./code.ts";
import type { Document } from "./document.ts";
import { type Box, indent, stack } from "./flow.ts";
import { type InlineContext, inlineSpans, type Look } from "./inline.ts";
import { lazy, type Tag } from "./lazy.ts";
import { baseline, paragraph } from "./paragraph.ts";
import { BODY, GRAY, SMALL } from "./scale.ts";
import { naturalColumns, setTable } from "./table.ts";
import { type Span, setLine, widthOf } from "./text.ts";

export interface ProseContext extends InlineContext {
  readonly document: Document;
  /** Print `NAME ____` under a command for each of its parameters, to be filled in by hand. */
  readonly blanks: boolean;
}

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
  return blocks.flatMap((block): Box[] => proseBox(context, block, parent, width, look));
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

/** A command: what kind it is and where it runs, its parts with captions, what must come out, its parameters. */
function codeBoxes(context: ProseContext, code: Code, parent: Tag, width: number): Box[] {
  const { document } = context;
  const { command } = code;
  const tag: Tag = () => parent().add("P").add("Code");
  if (!command) return [codeBox(document, code.value, tag, { width, before: 4 })];
  const boxes: Box[] = [];
  command.parts.forEach((part, i) => {
    // The first caption shares the line that says what the command is for.
    const said = [...(i === 0 ? [commandHead(command)] : []), part.caption ?? ""]
      .filter((text) => text !== "")
      .join(": ");
    if (i === 0 && command.danger) boxes.push(commandLine(context, true, said, parent, width));
    else if (said !== "") boxes.push(commandLine(context, false, said, parent, width));
    boxes.push(codeBox(document, part.code, tag, { width, before: 1 }));
    if (part.expect !== null) boxes.push(small(context, `Must show: ${part.expect}`, parent, width));
  });
  if (command.expect !== null) boxes.push(small(context, `Must show: ${command.expect}`, parent, width));
  if (context.blanks) boxes.push(...parameterBoxes(context, command, parent, width));
  return [stack(boxes, { before: 4 })];
}

const KINDS = {
  do: "Run",
  verify: "Verify with",
  watch: "Watch with",
  undo: "Undo with",
  output: "Output",
  list: "",
} as const;

function commandHead(command: Command): string {
  const kind = KINDS[command.kind];
  if (kind === "") return "";
  return command.on === null ? kind : `${kind}, on ${command.on}`;
}

/** The DANGER mark is white on black with its word, so that it survives any printer. */
function commandLine(context: ProseContext, danger: boolean, text: string, parent: Tag, width: number): Box {
  const element = lazy(() => parent().add("P"));
  const mark = setLine([{ text: "DANGER", style: "bold", size: SMALL.size, gray: 1 }], context.document);
  const shift = danger ? mark.width + 14 : 0;
  const spans: Span[] = [
    { text: text === "" ? " " : text, style: "regular", size: SMALL.size, gray: GRAY.text },
  ];
  const said = paragraph(context.document, spans, element, { width: width - shift, type: SMALL });
  return {
    height: said.height + 2,
    keep: true,
    draw(page, x, y) {
      if (danger) {
        page.artifact(() => page.fill(x, y, mark.width + 8, SMALL.leading + 2, 0));
        page.tagged(element(), () => page.text(mark.pieces, x + 4, y + 1 + baseline(mark, SMALL.leading)));
      }
      said.draw(page, x + shift, y + 1);
    },
  };
}

function small(context: ProseContext, text: string, parent: Tag, width: number): Box {
  const spans: Span[] = [{ text, style: "regular", size: SMALL.size, gray: GRAY.text }];
  return paragraph(context.document, spans, () => parent().add("P"), { width, type: SMALL, before: 2 });
}

function parameterBoxes(context: ProseContext, command: Command, parent: Tag, width: number): Box[] {
  const seen = new Set<string>();
  return command.params.flatMap((param): Box[] => {
    if (seen.has(param.name)) return [];
    seen.add(param.name);
    const field = { name: ["command", command.id, param.name], label: `${param.name} in this command` };
    const spans: Span[] = [
      { text: param.written, style: "mono", size: SMALL.size },
      {
        text: param.meaning === null ? "  " : `, ${param.meaning}:  `,
        style: "regular",
        size: SMALL.size,
        gray: GRAY.text,
      },
      { text: "\u00a0".repeat(44), style: "regular", size: SMALL.size, field },
    ];
    return [
      paragraph(context.document, spans, () => parent().add("P"), {
        width,
        type: { size: SMALL.size, leading: 17 },
      }),
    ];
  });
}

function listBoxes(context: ProseContext, list: List, parent: Tag, width: number, look: Look): Box[] {
  const element = lazy(() => parent().add("L", { list: list.ordered ? "Decimal" : "Disc" }));
  return list.entries.flatMap((entry, i): Box[] =>
    entry.type === "bullet"
      ? bulletBoxes(context, entry.content, list.ordered ? `${list.start + i}.` : "•", element, width, look)
      : [],
  );
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
