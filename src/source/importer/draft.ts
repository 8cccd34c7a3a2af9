/** A text on its way in: its tree, its lines, and walks over them. */
import type { Nodes, Paragraph, Root } from "mdast";
import { compareText } from "../../model/diagnostic.ts";
import type { Edit } from "../edits.ts";
import { parseMarkdown } from "../markdown.ts";
import { type ChecklistParse, parseChecklist, type SourceText } from "../parse.ts";
import type { Matter } from "./matter.ts";

export interface Draft {
  readonly text: string;
  readonly root: Root;
  /** What the file ends its lines with. */
  readonly eol: string;
  /** The text as a source: what the parser of the dialect makes of it. Made when it is asked for. */
  readonly parsed: () => ChecklistParse;
}

/** Something to tell that changes nothing: a doubt, a loss, an offer. */
export interface Note {
  /** In the text that the step was given, in UTF-16 units. */
  readonly offset: number;
  readonly kind: string;
  readonly text: string;
  /** A doubt wants a decision; a remark does not. */
  readonly doubt: boolean;
}

/** What one step of the import wants: edits in order that fit its text, notes, and what goes into the frontmatter. */
export interface Step {
  readonly edits: readonly Edit[];
  readonly notes?: readonly Note[];
  readonly matter?: Partial<Matter>;
}

/** Everything the parser of the dialect is told about a text besides the text. */
export type Place = Omit<SourceText, "text">;

export function readDraft(text: string, place: Place): Draft {
  let parsed: ChecklistParse | null = null;
  return {
    text,
    root: parseMarkdown(text),
    eol: eolOf(text),
    parsed: () => {
      parsed ??= parseChecklist({ ...place, text });
      return parsed;
    },
  };
}

/** The line end that most lines have. */
export function eolOf(text: string): string {
  const all = text.split("\n").length - 1;
  const crlf = text.split("\r\n").length - 1;
  return crlf > all - crlf ? "\r\n" : "\n";
}

export function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

export function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0;
}

export function sourceOf({ text }: Draft, node: Nodes): string {
  return text.slice(startOf(node), endOf(node));
}

/** Every node with what it stands in, outermost first, and its place there; in the order of the text. */
export function walk(root: Nodes, visit: (node: Nodes, within: readonly Nodes[], at: number) => void): void {
  const enter = (node: Nodes, within: readonly Nodes[], at: number): void => {
    visit(node, within, at);
    if (!("children" in node)) return;
    const inner = [...within, node];
    for (const [place, child] of node.children.entries()) enter(child, inner, place);
  };
  enter(root, [], 0);
}

/** The node beside the one at a place; undefined at the ends. */
export function siblingAt(parent: Nodes | undefined, at: number): Nodes | undefined {
  return parent && "children" in parent ? parent.children[at] : undefined;
}

/** The visible text of a node, or as much of it as `most`; code is left out where `code` says so. */
export function textOf(node: Nodes, code = true, most = Number.POSITIVE_INFINITY): string {
  if (node.type === "text") return node.value;
  if (node.type === "inlineCode") return code ? node.value : " ".repeat(Math.min(node.value.length, 40));
  if (node.type === "break") return " ";
  if (node.type === "image" || node.type === "imageReference") return node.alt ?? "";
  if (!("children" in node)) return "";
  let text = "";
  const gap =
    node.type === "root" || node.type === "list" || node.type === "listItem" || node.type === "table"
      ? " "
      : "";
  for (const child of node.children) {
    if (text.length >= most) break;
    text += textOf(child, code, most - text.length) + gap;
  }
  return text;
}

/** One line of a paragraph, without what its containers put before it (indentation, `>`). */
export interface ParagraphLine {
  readonly offset: number;
  /** Without the line end and trailing white space. */
  readonly source: string;
  /** Where the next line begins; the end of the text on the last one. */
  readonly next: number;
  /** Where the whole line begins. */
  readonly start: number;
}

export function linesOf({ text }: Draft, node: Paragraph): readonly ParagraphLine[] {
  const lines: ParagraphLine[] = [];
  const end = endOf(node);
  for (let at = startOf(node); at < end; ) {
    const rest = /\r\n|\n|\r|$/.exec(text.slice(at));
    const stop = at + (rest?.index ?? 0);
    const next = stop + (rest?.[0].length ?? 0);
    const prefix = lines.length === 0 ? 0 : (/^[ \t>]*/.exec(text.slice(at, stop))?.[0].length ?? 0);
    const start = text.lastIndexOf("\n", at - 1) + 1;
    lines.push({
      offset: at + prefix,
      source: text.slice(at + prefix, Math.min(stop, end)).trimEnd(),
      next,
      start,
    });
    at = Math.max(next, at + 1);
  }
  return lines;
}

/** Orders edits by place and drops those that touch one before them: the first to claim a place has it. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const sorted = [...edits].sort(
    (a, b) => a.offset - b.offset || a.old.length - b.old.length || compareText(a.kind, b.kind),
  );
  let end = -1;
  return sorted.filter((edit) => {
    if (edit.offset < end) return false;
    end = Math.max(end, edit.offset + edit.old.length);
    return true;
  });
}
