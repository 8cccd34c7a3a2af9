/** The flat children of a document as a tree: `<details>` with what they hold, headings with what stands under them. */
import type { Heading, Html, Nodes, Paragraph, PhrasingContent, RootContent } from "mdast";

export interface Details {
  readonly kind: "details";
  readonly node: Html;
  readonly summary: string;
  readonly open: boolean;
  readonly nodes: readonly Grouped[];
}

export interface Part {
  readonly kind: "part";
  /** A heading, or a bold line that is annotated as a section. */
  readonly node: Heading | Paragraph;
  readonly title: readonly PhrasingContent[];
  readonly depth: number;
  readonly nodes: readonly Grouped[];
}

export interface Single {
  readonly kind: "node";
  readonly node: RootContent;
}

export type Grouped = Single | Details | Part;

/** Is this paragraph a bold line with a section annotation? Answers with its title. */
export type BoldTitle = (node: Paragraph) => readonly PhrasingContent[] | null;

/** Groups siblings. `details` first, because headings may stand inside them; nothing is dropped. */
export function group(nodes: readonly RootContent[], boldTitle: BoldTitle): readonly Grouped[] {
  return groupParts(groupDetails(nodes, boldTitle), boldTitle);
}

const OPEN = /^<details(\s[^>]*)?>\s*(?:<summary>([\s\S]*?)<\/summary>)?\s*$/i;
const CLOSE = /^<\/details>\s*$/i;

function groupDetails(nodes: readonly RootContent[], boldTitle: BoldTitle): readonly Grouped[] {
  const grouped: Grouped[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (!node) continue;
    const open = node.type === "html" ? OPEN.exec(node.value) : null;
    const end = open ? closingOf(nodes, at) : null;
    if (node.type === "html" && open && end !== null) {
      grouped.push({
        kind: "details",
        node,
        summary: open[2] ?? "",
        open: /\bopen\b/i.test(open[1] ?? ""),
        nodes: group(nodes.slice(at + 1, end), boldTitle),
      });
      at = end;
    } else grouped.push({ kind: "node", node });
  }
  return grouped;
}

/**
 * Where the first part of a document begins: at its first heading, or at the `<details>` that holds it. Items between
 * that `<details>` and the heading would have no section: then it is not taken as one.
 * @param title a heading that opens no part
 * @returns an index among the nodes, or their number where there is no heading
 */
export function firstPart(nodes: readonly RootContent[], title: Heading | null): number {
  const heading = nodes.findIndex((node) => node.type === "heading" && node !== title);
  if (heading < 0) return nodes.length;
  for (let at = 0; at < heading; at += 1) {
    const node = nodes[at];
    if (node?.type !== "html" || !OPEN.test(node.value)) continue;
    const end = closingOf(nodes, at);
    if (end === null) continue;
    if (end > heading)
      return nodes.slice(at, heading).some((one) => some(one, ({ type }) => type === "listItem"))
        ? heading
        : at;
    at = end;
  }
  return heading;
}

function closingOf(nodes: readonly RootContent[], from: number): number | null {
  let depth = 0;
  for (let at = from; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (node?.type !== "html") continue;
    if (OPEN.test(node.value)) depth += 1;
    else if (CLOSE.test(node.value)) depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

interface OpenPart extends Omit<Part, "nodes"> {
  readonly nodes: Grouped[];
  readonly bold: boolean;
}

function groupParts(nodes: readonly Grouped[], boldTitle: BoldTitle): readonly Grouped[] {
  const top: Grouped[] = [];
  const stack: OpenPart[] = [];
  for (const grouped of nodes) {
    const part = partFrom(grouped, stack, boldTitle);
    if (part) {
      while (stack.length > 0 && (stack.at(-1)?.depth ?? 0) >= part.depth) stack.pop();
      (stack.at(-1)?.nodes ?? top).push(part);
      stack.push(part);
    } else (stack.at(-1)?.nodes ?? top).push(grouped);
  }
  return top;
}

function partFrom(grouped: Grouped, stack: readonly OpenPart[], boldTitle: BoldTitle): OpenPart | null {
  if (grouped.kind !== "node") return null;
  const { node } = grouped;
  if (node.type === "heading")
    return { kind: "part", node, title: node.children, depth: node.depth, nodes: [], bold: false };
  const title = node.type === "paragraph" ? boldTitle(node) : null;
  if (node.type !== "paragraph" || !title) return null;
  const around = stack.findLast((part) => !part.bold)?.depth ?? 0;
  return { kind: "part", node, title, depth: around + 1, nodes: [], bold: true };
}

/** The node itself and all below, for questions such as "does it hold a box?". */
export function some(node: Nodes, test: (node: Nodes) => boolean): boolean {
  return test(node) || ("children" in node && node.children.some((child) => some(child, test)));
}
