/** What somebody wrote, as an independent parser reads it: the words of a source that a reader must find again. */
import { nameToEmoji } from "gemoji";
import type { Nodes, Root } from "mdast";
import { remark } from "remark";
import remarkGfm from "remark-gfm";

const oracle = remark().use(remarkGfm);

/** What is drawn instead of written: blanks as lines, alerts as labels, comment marks of code as captions, HTML that is understood. */
const DRAWN =
  /_{4,}|^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]$|^(?:#|--|\/\/)+$|<!--[\s\S]*?-->|<br\s*\/?>|<\/?details[^>]*>|<\/?summary>/gim;

/** A comment in code that says what to expect becomes a label of its own. */
const EXPECTATION = /^\s*(?:#|--|\/\/)\s*expect(?:ed)?\b[^:\n]*:/gim;

/** A comment mark of code with nothing behind it. */
const MARK = /^(?:#|--|\/\/)+$/;

export interface Written {
  readonly tree: Root;
  /** The words of each paragraph, heading, cell and block of code, in order; a word has no white space. */
  readonly blocks: readonly (readonly string[])[];
  /** The same of footnotes, which stand somewhere else than where they are written. */
  readonly notes: readonly (readonly string[])[];
  /** Task boxes. */
  readonly boxes: number;
}

/** Markdown without its frontmatter. */
export function withoutMatter(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?=\r?\n|$)/, "");
}

/** @param markdown without frontmatter */
export function readWritten(markdown: string): Written {
  const tree = oracle.parse(markdown);
  const isNote = (node: Nodes): boolean => node.type === "footnoteDefinition";
  return {
    tree,
    blocks: blocksIn(tree, isNote),
    notes: tree.children.filter(isNote).flatMap((node) => blocksIn(node, () => false)),
    boxes: countBoxes(tree),
  };
}

const BLOCKS = new Set(["paragraph", "heading", "tableCell", "code", "html"]);

function blocksIn(node: Nodes, isLeftOut: (node: Nodes) => boolean): readonly (readonly string[])[] {
  if (isLeftOut(node)) return [];
  if (BLOCKS.has(node.type)) {
    const words = wordsOf(node)
      // An underscore in code is no blank.
      .map((word) => (node.type === "code" ? word.replace(MARK, "") : word.replace(DRAWN, "")))
      .filter((word) => word !== "");
    return words.length === 0 ? [] : [words];
  }
  return "children" in node ? node.children.flatMap((child) => blocksIn(child, isLeftOut)) : [];
}

function wordsOf(node: Nodes): readonly string[] {
  if (node.type === "image" || node.type === "imageReference") return (node.alt ?? "").split(/\s+/);
  if (node.type === "html") return node.value.replace(DRAWN, " ").split(/\s+/);
  if (node.type === "code") return node.value.replace(EXPECTATION, "").split(/\s+/);
  if (node.type === "text") return node.value.split(/\s+/).map(withEmoji);
  if ("value" in node && node.type !== "yaml") return node.value.split(/\s+/);
  return "children" in node ? node.children.flatMap(wordsOf) : [];
}

/** Names of emoji as GitHub shows them: where a word is one, or begins or ends with one beside a mark. */
function withEmoji(word: string): string {
  return word.replace(/^(\W*?):([\w+-]+):(\W*)$/, (written, before: string, name: string, after: string) =>
    Object.hasOwn(nameToEmoji, name) ? `${before}${nameToEmoji[name]}${after}` : written,
  );
}

function countBoxes(node: Nodes): number {
  const own = node.type === "listItem" && typeof node.checked === "boolean" ? 1 : 0;
  return "children" in node ? node.children.reduce((sum, child) => sum + countBoxes(child), own) : own;
}
