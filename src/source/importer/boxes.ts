/** Checklists that draw their boxes in another way: ☐ and ⬜, `[ ]` without a bullet, `[✓]`. */
import type { List, ListItem, Nodes, Paragraph } from "mdast";
import type { Edit } from "../edits.ts";
import {
  type Draft,
  endOf,
  inOrder,
  linesOf,
  type ParagraphLine,
  type Step,
  siblingAt,
  sourceOf,
  startOf,
  walk,
} from "./draft.ts";
import { markAt, markAtEnd, marksIn, withoutCode } from "./marks.ts";

/**
 * Turns boxes at the start of a line into task boxes. What lies deeper comes to light with what it lies in, so the
 * step is to be repeated until it finds nothing.
 */
export function findBoxes(draft: Draft): Step {
  const edits: Edit[] = [];
  walk(draft.root, (node, within, at) => {
    if (node.type === "paragraph")
      edits.push(...boxesOf(draft, node, within, siblingAt(within.at(-1), at + 1)));
  });
  return { edits: inOrder(edits) };
}

function boxesOf(
  draft: Draft,
  node: Paragraph,
  within: readonly Nodes[],
  following: Nodes | undefined,
): readonly Edit[] {
  const parent = within.at(-1);
  if (!parent || within.some(({ type }) => type === "footnoteDefinition")) return [];
  const item = parent.type === "listItem" && parent.children[0] === node ? parent : null;
  const links = linkStarts(node);
  return linesOf(draft, node).flatMap((line, at, lines): readonly Edit[] => {
    const mark = links.has(line.offset) ? null : markAt(line.source);
    const isFirst = at === 0 && item !== null;
    if (isChoice(line.source) || (isFirst && typeof item.checked === "boolean")) return [];
    if (!mark) return isFirst || lines.length === 1 ? boxAtEnd(line, isFirst) : [];
    const edit: Edit = {
      offset: line.offset,
      old: mark.source,
      new: isFirst ? boxOf(mark.ticked) : `- ${boxOf(mark.ticked)}`,
      kind: "box",
      why: `'${mark.mark}' is a task box now`,
      confidence: "likely",
    };
    const below =
      at === lines.length - 1 && !isFirst && parent.type === "root" ? indented(draft, line, following) : [];
    return [edit, ...below];
  });
}

/** `Backups verified ☐`: the box comes to the front. */
function boxAtEnd(line: ParagraphLine, isEntry: boolean): readonly Edit[] {
  const mark = line.source.length > LONGEST ? null : markAtEnd(withoutCode(line.source));
  if (!mark || !/^\p{L}|^[*_`\d]/u.test(line.source)) return [];
  const why = `'${mark.mark}' at the end is a task box now`;
  const edit = { kind: "box-end", why, confidence: "likely" as const };
  const box = boxOf(mark.ticked);
  return [
    { ...edit, kind: "box", offset: line.offset, old: "", new: isEntry ? box : `- ${box}` },
    { ...edit, offset: line.offset + line.source.length - mark.source.length, old: mark.source, new: "" },
  ];
}

/** A tick stays until ticks are taken away, so that one place tells of all of them. */
function boxOf(ticked: boolean): string {
  return ticked ? "[x] " : "[ ] ";
}

/** Two boxes and more in one line are a choice between them. */
export function isChoice(line: string): boolean {
  return line.length <= LONGEST && marksIn(withoutCode(line)).length > 1;
}

/** Longer lines are prose. */
const LONGEST = 400;

/** Places where a link begins: `[x]` is one where the text defines it. A checkbox of HTML is none. */
function linkStarts(node: Paragraph): ReadonlySet<number> {
  return new Set(node.children.filter(({ type }) => type !== "text" && type !== "html").map(startOf));
}

/** Bullets right below a line that became a box belong to it: they stood below it, and would stand beside it. */
function indented(draft: Draft, line: ParagraphLine, next: Nodes | undefined): readonly Edit[] {
  const isBelow = next?.type === "list" && /^[ \t]*$/.test(draft.text.slice(line.next, startOf(next)));
  if (next?.type !== "list" || !isBelow || next.children.some(hasBox)) return [];
  return listLines(draft, next).map((offset) => ({
    offset,
    old: "",
    new: "  ",
    kind: "indent",
    why: "the bullets below a box belong to it",
    confidence: "likely" as const,
  }));
}

function hasBox({ checked }: ListItem): boolean {
  return typeof checked === "boolean";
}

/** Where the lines of a list begin, without those that begin with a box: they are not the list's, but follow it lazily. */
function listLines(draft: Draft, list: List): readonly number[] {
  const start = draft.text.lastIndexOf("\n", startOf(list) - 1) + 1;
  const source = draft.text.slice(start, endOf(list));
  return [...source.matchAll(/^(?=.*\S).*$/gm)]
    .filter(([line]) => markAt(line) === null)
    .map(({ index }) => start + index);
}

/** Boxes that no rule takes, for the report: in headings, without a space, in emphasis. */
export function oddBoxes(draft: Draft): Step {
  const notes: { offset: number; kind: string; text: string; doubt: boolean }[] = [];
  const add = (node: Nodes, text: string): void => {
    notes.push({ offset: startOf(node), kind: "odd-box", text, doubt: true });
  };
  walk(draft.root, (node, within) => {
    if (node.type === "heading" && marksIn(sourceOf(draft, node).replace(/^#+\s*/, ""))[0]?.index === 0)
      add(node, "this heading begins with a box; a heading is no item, and stays as it is");
    const item = within.at(-1);
    if (node.type !== "paragraph" || item?.type !== "listItem" || item.children[0] !== node) return;
    const source = sourceOf(draft, node);
    if (item.checked === null || item.checked === undefined) {
      if (/^\[[ xX]\](?=[^\s(:[\]])/.test(source))
        add(node, "'[ ]' without a space behind it is no box in Markdown; it stays as it is");
      else if (/^\*\*(?:\[[ xX]?\]|[☐⬜☑])/u.test(source))
        add(node, "the box stands inside the bold text; it stays as it is");
    }
    for (const line of linesOf(draft, node).slice(1))
      if (/^[-*+] \[[ xX]\] /.test(line.source))
        notes.push({
          offset: line.offset,
          kind: "odd-box",
          text: "this box is indented so far that Markdown takes it for the text of the item above; it stays as it is",
          doubt: true,
        });
  });
  return { edits: [], notes };
}
