/** Markdown to mdast: Sätteri as the parser of a unified processor, on the whole file with its frontmatter. */
import type { Nodes, Root } from "mdast";
import { markdownToMdast } from "satteri";
import { type Processor, unified } from "unified";

/** Depth at which a document is refused: nothing a person writes goes so deep. */
const DEEPEST = 100;

/** Elements at which a document is refused: a page of a megabyte as people write it has a tenth of them. */
const MOST = 100_000;

function satteri(this: Processor): undefined {
  this.parser = (document) =>
    markdownToMdast(document, { features: { gfm: true, frontmatter: true } }) as Root;
}

const processor = unified().use(satteri).freeze();

/** The tree of a file. Positions are the file's own; smart punctuation is off. Throws RangeError when nested over 100 deep, or of over 100,000 parts. */
export function parseMarkdown(text: string): Root {
  const tree = processor.parse(text) as Root;
  const { deepest, count } = measure(tree);
  if (deepest > DEEPEST) throw new RangeError(`the Markdown nests more than ${DEEPEST} deep`);
  if (openDetails(tree) > DEEPEST)
    throw new RangeError(`the Markdown nests more than ${DEEPEST} deep: close each <details>`);
  if (count > MOST)
    throw new RangeError(
      `the Markdown has ${count} parts, more than ${MOST}: split it into several checklists`,
    );
  return tree;
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
