/** mdast flow content to the model's blocks, sections and items. */
import type { Blockquote, Html, ListItem, List as MdastList, Paragraph, RootContent, Table } from "mdast";
import type { CommandAnnotation } from "../model/annotation.schema.ts";
import type { AlertKind, Block, Entry } from "../model/checklist.ts";
import type { Inline } from "../model/text.ts";
import type { Annotation, AnnotationKey } from "./annotation.ts";
import { readCode } from "./code.ts";
import { type Context, placeOf, report } from "./context.ts";
import { type Grouped, group, type Part } from "./group.ts";
import { readHtmlBlock } from "./html.ts";
import { readInlines } from "./inline.ts";
import { readItem } from "./item.ts";
import type { Scope } from "./scope.ts";
import { readSection } from "./section.ts";

/** Reads siblings: of the document, of a quote, of a list item. */
export function readBlocks(context: Context, nodes: readonly RootContent[], scope: Scope): readonly Block[] {
  return readGrouped(
    context,
    group(nodes, (node) => boldTitle(context, node)),
    scope,
  );
}

/** Headings open sections in the document and in `<details>`, and are plain headings in quotes and items. */
export function readGrouped(context: Context, nodes: readonly Grouped[], scope: Scope): readonly Block[] {
  const blocks: Block[] = [];
  let pending: { readonly value: CommandAnnotation; readonly node: Html } | null = null;
  for (const one of nodes) {
    if (pending && !(one.kind === "node" && one.node.type === "code"))
      pending = misplacedCommand(context, pending.node);
    if (one.kind === "part") blocks.push(...readPart(context, one, scope));
    else if (one.kind === "details") {
      blocks.push({
        type: "details",
        summary: inlineText(one.summary),
        open: one.open,
        content: readGrouped(context, one.nodes, scope),
      });
    } else if (one.node.type === "html") {
      const command = readHtmlBlock(context, one.node, scope, blocks);
      if (command) pending = { value: command, node: one.node };
    } else if (one.node.type === "code") {
      blocks.push(readCode(context, one.node, scope, pending));
      pending = null;
    } else blocks.push(...readBlock(context, one.node, scope));
  }
  if (pending) misplacedCommand(context, pending.node);
  return blocks;
}

function misplacedCommand(context: Context, node: Html): null {
  report(
    context,
    placeOf(node),
    "unknown-annotation",
    "a command annotation stands right before its fence, and no fence follows",
  );
  return null;
}

function inlineText(html: string): readonly Inline[] {
  const value = html
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return value === "" ? [] : [{ type: "text", value }];
}

function boldTitle(context: Context, node: Paragraph): Paragraph["children"] | null {
  return node.children[0]?.type === "strong" && annotationIn(context, node.children, "section")
    ? node.children
    : null;
}

function readPart(context: Context, part: Part, scope: Scope): readonly Block[] {
  if (scope.headings === "sections") {
    return [
      {
        type: "section",
        section: readSection(context, part, scope, (inner) => readGrouped(context, part.nodes, inner)),
      },
    ];
  }
  const { inlines, found } = readInlines(context, part.title, scope.section.id);
  for (const { place } of found) {
    report(context, place, "unknown-annotation", "a section cannot stand inside an item or a quote", {
      hint: "end the list before it, or take the annotation away",
    });
  }
  const lead: Block =
    part.node.type === "heading"
      ? { type: "heading", depth: part.depth, children: inlines }
      : { type: "paragraph", children: inlines };
  return [lead, ...readGrouped(context, part.nodes, scope)];
}

function readBlock(context: Context, node: RootContent, scope: Scope): readonly Block[] {
  switch (node.type) {
    case "paragraph": {
      const { inlines, found } = readInlines(context, node.children, scope.section.id);
      for (const one of found) {
        if (one.annotation.key === "limit" && scope.item) scope.item.limits.push(one);
        else
          report(
            context,
            one.place,
            "unknown-annotation",
            `the ${one.annotation.key} annotation belongs to no heading and no list item`,
            { hint: "write it in the first paragraph of its list item" },
          );
      }
      return inlines.length > 0 ? [{ type: "paragraph", children: inlines }] : [];
    }
    case "list":
      return [readList(context, node, scope)];
    case "table":
      return [readTable(context, node, scope)];
    case "blockquote":
      return [readQuote(context, node, scope)];
    case "thematicBreak":
      return [{ type: "rule" }];
    case "definition":
    case "footnoteDefinition":
    case "yaml":
      return [];
    default: {
      const value = "value" in node && typeof node.value === "string" ? node.value : "";
      report(
        context,
        placeOf(node),
        "raw-html",
        `'${node.type}' is not part of the dialect; its text is shown`,
        { severity: "warning" },
      );
      return [{ type: "raw", value }];
    }
  }
}

function readTable(context: Context, node: Table, scope: Scope): Block {
  const [head, ...rows] = node.children.map((row) =>
    row.children.map((cell) => readInlines(context, cell.children, scope.section.id).inlines),
  );
  return { type: "table", align: (node.align ?? []).map((align) => align ?? null), head: head ?? [], rows };
}

const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\r\n|\n|\r|$)/i;

function readQuote(context: Context, node: Blockquote, scope: Scope): Block {
  const [first, ...rest] = node.children;
  const lead = first?.type === "paragraph" ? first.children[0] : undefined;
  const alert = lead?.type === "text" ? ALERT.exec(lead.value) : null;
  const inner: Scope = { ...scope, headings: "plain" };
  if (!alert || first?.type !== "paragraph" || lead?.type !== "text")
    return { type: "quote", alert: null, content: readBlocks(context, node.children, inner) };
  const paragraph: Paragraph = {
    ...first,
    children: [{ ...lead, value: lead.value.slice(alert[0].length) }, ...first.children.slice(1)],
  };
  return {
    type: "quote",
    alert: (alert[1] ?? "").toLowerCase() as AlertKind,
    content: readBlocks(context, [paragraph, ...rest], inner),
  };
}

function readList(context: Context, node: MdastList, scope: Scope): Block {
  return {
    type: "list",
    ordered: node.ordered ?? false,
    start: node.start ?? 1,
    entries: node.children.map((child) => readEntry(context, child, scope)),
  };
}

/** A list item is an item, a section where it is annotated as one, or a bullet. */
function readEntry(context: Context, node: ListItem, scope: Scope): Entry {
  const [first, ...others] = node.children;
  const lead = first?.type === "paragraph" ? first : null;
  const body = lead ? others : node.children;
  const section = lead && annotationIn(context, lead.children, "section");
  if (lead && section && scope.headings === "sections") {
    if (typeof node.checked === "boolean") {
      report(context, placeOf(section.node), "unknown-annotation", "a task box cannot be a section", {
        hint: "take the box away, or make the annotation an item",
      });
    }
    const input = { node, title: lead.children, depth: Math.min(scope.section.depth + 1, 6) };
    return {
      type: "section",
      section: readSection(context, input, scope, (inner) => readBlocks(context, body, inner)),
    };
  }
  // Where an item opens with a block its annotation stands alone on a line of its own.
  const alone = annotationIn(context, node.children, "item");
  const found = (lead && annotationIn(context, lead.children, "item")) ?? alone;
  if (typeof node.checked !== "boolean" && !found)
    return { type: "bullet", content: readBlocks(context, node.children, scope) };
  const annotation =
    found?.annotation.key === "item" ? { value: found.annotation.value, node: found.node } : null;
  const rest = body.filter((child) => child !== alone?.node);
  return {
    type: "item",
    item: readItem(context, { node, annotation, lead, rest, scope }, (nodes, inner) =>
      readBlocks(context, nodes, inner),
    ),
  };
}

function annotationIn(
  context: Context,
  nodes: readonly RootContent[],
  key: AnnotationKey,
): { readonly annotation: Annotation; readonly node: Html } | null {
  for (const node of nodes) {
    const comment = node.type === "html" ? context.comment(node) : null;
    if (node.type === "html" && comment?.kind === "annotation" && comment.annotation.key === key)
      return { annotation: comment.annotation, node };
  }
  return null;
}
