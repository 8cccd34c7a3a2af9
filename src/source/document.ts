/** The ends of a document: its title, what stands before any heading, its footnotes. */
import type { Root, RootContent } from "mdast";
import type { Block, Footnote } from "../model/checklist.ts";
import type { Inline } from "../model/text.ts";
import { readBlocks } from "./blocks.ts";
import { type Context, placeOf, report } from "./context.ts";
import { readInlines } from "./inline.ts";
import { nothingInherited, type Scope } from "./scope.ts";

type Title = Extract<RootContent, { type: "heading" }>;

/**
 * The only heading of depth 1, where it is the first of all headings, is the document's title and opens no section.
 * It is lifted out of the text where nothing stands above it; below a picture or a sentence it keeps its place.
 */
export function takeTitle(root: Root): {
  readonly heading: Title | null;
  /** A title that keeps its place among the nodes. */
  readonly inPlace: Title | null;
  readonly nodes: readonly RootContent[];
} {
  const headings = root.children.filter((node) => node.type === "heading");
  const [first] = headings;
  if (first?.depth !== 1 || headings.filter(({ depth }) => depth === 1).length > 1)
    return { heading: null, inPlace: null, nodes: root.children };
  if (!root.children.slice(0, root.children.indexOf(first)).every(isUnseen))
    return { heading: null, inPlace: first, nodes: root.children };
  return { heading: first, inPlace: null, nodes: root.children.filter((node) => node !== first) };
}

function isUnseen(node: RootContent): boolean {
  return (
    node.type === "yaml" ||
    node.type === "definition" ||
    (node.type === "html" && /^<!--[\s\S]*-->\s*$/.test(node.value))
  );
}

export function readHeading(context: Context, heading: Title): readonly Inline[] {
  const { inlines, found } = readInlines(context, heading.children, "start");
  for (const { place } of found) {
    report(
      context,
      place,
      "unknown-annotation",
      "the document's title is no section and takes no annotation",
      { hint: "what holds for the whole document stands in the frontmatter" },
    );
  }
  return inlines.length > 0
    ? inlines
    : [{ type: "text", value: context.text.split("\n")[placeOf(heading).line - 1] ?? "" }];
}

/** Items before any heading live in a section `start` without a title. */
export function start(blocks: readonly Block[]): readonly Block[] {
  const holdsItems = blocks.some(
    (block) => block.type === "list" && JSON.stringify(block).includes('"type":"item"'),
  );
  if (!holdsItems) return blocks;
  const { role, stage, timing, conditions, mandatory, repeat, controls } = nothingInherited;
  const nothing = { duration: null, dwell: null, choose: false, rule: null, whenMet: null, decider: null };
  const section = {
    id: "start",
    pinned: true,
    number: "0",
    line: 1,
    depth: 2,
    title: [],
    text: "",
    parent: null,
  };
  return [
    {
      type: "section",
      section: {
        ...section,
        role,
        stage,
        timing,
        conditions,
        mandatory,
        repeat,
        controls,
        ...nothing,
        content: blocks,
      },
    },
  ];
}

/** Definitions that nothing refers to come last: what was written is shown. */
export function readFootnotes(context: Context, scope: Scope): readonly Footnote[] {
  const { definitions, numbers } = context.footnotes;
  for (const identifier of definitions.keys())
    if (!numbers.has(identifier)) numbers.set(identifier, numbers.size + 1);
  return [...numbers].flatMap(([identifier, number]) => {
    const definition = definitions.get(identifier);
    if (!definition) return [];
    return [
      {
        label: definition.label ?? identifier,
        number,
        content: readBlocks(context, definition.children, { ...scope, headings: "plain" }),
      },
    ];
  });
}
