/** Markdown to mdast: Sätteri as the parser of a unified processor, on the whole file with its frontmatter. */
import type { Nodes, Root } from "mdast";
import { markdownToMdast } from "satteri";
import { type Processor, unified } from "unified";

/** Depth at which a document is refused: nothing a person writes goes so deep. */
const DEEPEST = 100;

/** Elements at which a document is refused: the largest real ones have a quarter of them. */
const MOST = 20_000;

/** What begins an element, counted before the tree is made, because a tree costs memory. */
const MARK = /\n+|[|[<@&]|([*_~`])\1*|:\/\//g;
const MOST_MARKS = 30_000;

/** Sätteri keeps every beginning of a text that has character references: so many characters times references are read. */
const MOST_REFERRED = 100_000_000;

/** Markdown that is refused for what it would cost to read; the message says of what there is too much. */
export class TooMuch extends Error {
  override readonly name = "TooMuch";
}

function satteri(this: Processor): undefined {
  this.parser = (document) =>
    markdownToMdast(document, { features: { gfm: true, frontmatter: true } }) as Root;
}

const processor = unified().use(satteri).freeze();

/** The tree of a file. Positions are the file's own; smart punctuation is off. Throws TooMuch when nested over 100 deep, or of over 20,000 parts. */
export function parseMarkdown(text: string): Root {
  refuseDense(text);
  const tree = processor.parse(text) as Root;
  const { deepest, count } = measure(tree);
  if (deepest > DEEPEST) throw new TooMuch(`the Markdown nests more than ${DEEPEST} deep`);
  if (openDetails(tree) > DEEPEST)
    throw new TooMuch(`the Markdown nests more than ${DEEPEST} deep: close each <details>`);
  if (count > MOST)
    throw new TooMuch(`the Markdown has ${count} parts, more than ${MOST}: split it into several checklists`);
  return tree;
}

/** Refuses what would be a tree of hundreds of megabytes, or take as much to make. */
function refuseDense(text: string): void {
  const marks = countOf(text, MARK);
  if (marks > MOST_MARKS)
    throw new TooMuch(
      `the Markdown has ${marks} marks of lists, tables, links and the like, more than ${MOST_MARKS}: split it into several checklists`,
    );
  for (const block of text.split(/\n[ \t]*\n/)) {
    const references = block.length > 1000 ? countOf(block, /&[#\w]{1,32};/g) : 0;
    if (references * block.length > MOST_REFERRED)
      throw new TooMuch(
        `one paragraph has ${references} character references such as '&amp;': write the characters themselves`,
      );
  }
}

/** Without the array that `match` would make. */
function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) count += 1;
  return count;
}

function measure(root: Nodes): { readonly deepest: number; readonly count: number } {
  let deepest = 0;
  let count = 0;
  const open: { readonly node: Nodes; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let at = open.pop(); at; at = open.pop()) {
    deepest = Math.max(deepest, at.depth);
    count += 1;
    if ("children" in at.node)
      for (const child of at.node.children) open.push({ node: child, depth: at.depth + 1 });
  }
  return { deepest, count };
}

/** The most `<details>` that are open at once: they are siblings to the parser, and nest only for readers. */
function openDetails({ children }: Root): number {
  let open = 0;
  let most = 0;
  for (const node of children) {
    if (node.type !== "html") continue;
    if (/^<details[\s>]/i.test(node.value)) open += 1;
    else if (/^<\/details>/i.test(node.value)) open = Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}
