/** Markdown to mdast: Sätteri as the parser of a unified processor, on the whole file with its frontmatter. */
import type { Nodes, Root } from "mdast";
import { markdownToMdast } from "satteri";
import { type Processor, unified } from "unified";

/** Depth at which a document is refused: nothing a person writes goes so deep. */
const DEEPEST = 100;

function satteri(this: Processor): undefined {
  this.parser = (document) =>
    markdownToMdast(document, { features: { gfm: true, frontmatter: true } }) as Root;
}

const processor = unified().use(satteri).freeze();

/** The tree of a file. Positions are the file's own; smart punctuation is off. Throws RangeError when nested over 100 deep. */
export function parseMarkdown(text: string): Root {
  const tree = processor.parse(text) as Root;
  if (depthOf(tree) > DEEPEST) throw new RangeError(`the Markdown nests more than ${DEEPEST} deep`);
  return tree;
}

function depthOf(root: Nodes): number {
  let deepest = 0;
  const open: { readonly node: Nodes; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let at = open.pop(); at; at = open.pop()) {
    deepest = Math.max(deepest, at.depth);
    if ("children" in at.node)
      for (const child of at.node.children) open.push({ node: child, depth: at.depth + 1 });
  }
  return deepest;
}
