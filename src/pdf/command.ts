/** Commands of a checklist: what they are for, the mark of danger, their parts, what must come out, what to fill in. */
import type { Code, Command } from "../model/checklist.ts";
import { diagramCaption } from "../model/diagram.ts";
import { codeBox } from "./code.ts";
import type { Document } from "./document.ts";
import { type Box, stack } from "./flow.ts";
import type { InlineContext } from "./inline.ts";
import { lazy, type Tag } from "./lazy.ts";
import { baseline, paragraph } from "./paragraph.ts";
import { GRAY, SMALL, WRITE_IN } from "./scale.ts";
import { type Span, setLine, widthOf } from "./text.ts";

export interface ProseContext extends InlineContext {
  readonly document: Document;
  /** Print `NAME ____` under a command for each of its parameters, to be filled in by hand. */
  readonly blanks: boolean;
}

/** A command: what kind it is and where it runs, its parts with captions, what must come out, its parameters. */
export function codeBoxes(context: ProseContext, code: Code, parent: Tag, width: number): Box[] {
  const { document } = context;
  const { command } = code;
  const tag: Tag = () => parent().add("P").add("Code");
  if (!command) {
    const diagram = diagramCaption(code.lang);
    if (diagram === null) return [codeBox(document, code.value, tag, { width, before: 4 })];
    const caption = commandLine(context, false, diagram, parent, width);
    return [stack([caption, codeBox(document, code.value, tag, { width, before: 1 })], { before: 4 })];
  }
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

/** Blanks for parameters, in spaces that do not break: 35 and 22 mm or so. */
const LONG_BLANK = 44;
const SHORT_BLANK = 28;

function parameterBoxes(context: ProseContext, command: Command, parent: Tag, width: number): Box[] {
  const seen = new Set<string>();
  return command.params.flatMap((param): Box[] => {
    if (seen.has(param.name)) return [];
    seen.add(param.name);
    const field = { name: ["command", command.id, param.name], label: `${param.name} in this command` };
    const said: Span[] = [
      { text: param.written, style: "mono", size: SMALL.size },
      {
        text: param.meaning === null ? "  " : `, ${param.meaning}:  `,
        style: "regular",
        size: SMALL.size,
        gray: GRAY.text,
      },
    ];
    const taken = setLine(said, context.document).width;
    const gap = widthOf(context.document.fonts.primary("regular"), "\u00a0", SMALL.size);
    // A shorter blank rather than one that begins a line of its own; one that does is a long one.
    // The two spaces before it are no part of the line that was measured.
    const room = Math.floor((width - taken - 2) / gap) - 2;
    const alone = Math.min(2 * LONG_BLANK, Math.floor((width - 2) / gap));
    const long = room < SHORT_BLANK ? alone : Math.min(LONG_BLANK, room);
    const spans: Span[] = [
      ...said,
      { text: "\u00a0".repeat(long), style: "regular", size: SMALL.size, field },
    ];
    return [
      paragraph(context.document, spans, () => parent().add("P"), {
        width,
        type: { size: SMALL.size, leading: WRITE_IN },
      }),
    ];
  });
}
