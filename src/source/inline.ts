/** mdast phrasing to the model's inline text: a table keyed by node type. */
import type { Html, Nodes, PhrasingContent } from "mdast";
import type { Inline } from "../model/text.ts";
import type { Annotation } from "./annotation.ts";
import { type Context, type Place, placeOf, report } from "./context.ts";
import { isHtmlTag } from "./elements.ts";
import { withEmoji } from "./emoji.ts";

/** An annotation and where its comment stands. */
export interface Found {
  readonly annotation: Annotation;
  readonly place: Place;
  readonly node: Html;
}

export interface InlineRead {
  readonly inlines: readonly Inline[];
  readonly found: readonly Found[];
}

/** Converts phrasing; trailing and leading white space left by comments goes. Field annotations bind here. */
export function readInlines(
  context: Context,
  nodes: readonly PhrasingContent[],
  section: string,
): InlineRead {
  const found: Found[] = [];
  const inlines = trimEnds(merge(convert(context, nodes, found)));
  const bound = bindFields(context, inlines, found, section);
  return { inlines: bound, found: found.filter(({ annotation }) => annotation.key !== "field") };
}

type Handlers = {
  readonly [K in PhrasingContent["type"]]?: (
    node: Extract<PhrasingContent, { type: K }>,
    context: Context,
    found: Found[],
  ) => readonly Inline[];
};

const handlers: Handlers = {
  text: (node) => blanks(withEmoji(node.value).replace(/(?<![ \t])[ \t]*(?:\r\n|\n|\r)[ \t]*/g, " ")),
  strong: (node, context, found) => [{ type: "strong", children: convert(context, node.children, found) }],
  emphasis: (node, context, found) => [
    { type: "emphasis", children: convert(context, node.children, found) },
  ],
  delete: (node, context, found) => [{ type: "strike", children: convert(context, node.children, found) }],
  inlineCode: (node) => [{ type: "code", value: node.value }],
  break: () => [{ type: "break" }],
  link: (node, context, found) => [
    {
      type: "link",
      href: node.url,
      title: node.title ?? null,
      children: convert(context, node.children, found),
    },
  ],
  image: (node) => [{ type: "image", src: node.url, alt: node.alt ?? "", title: node.title ?? null }],
  linkReference: (node, context, found) => {
    const definition = context.definitions.get(node.identifier);
    const children = convert(context, node.children, found);
    return definition
      ? [{ type: "link", href: definition.url, title: definition.title ?? null, children }]
      : children;
  },
  imageReference: (node, context) => {
    const definition = context.definitions.get(node.identifier);
    return definition
      ? [{ type: "image", src: definition.url, alt: node.alt ?? "", title: definition.title ?? null }]
      : [{ type: "text", value: node.alt ?? "" }];
  },
  footnoteReference: (node, context) => {
    const { numbers } = context.footnotes;
    const number = numbers.get(node.identifier) ?? numbers.size + 1;
    numbers.set(node.identifier, number);
    return [{ type: "footnote", label: node.label ?? node.identifier, number }];
  },
  html: (node, context, found) => readHtml(context, node, found),
};

function convert(context: Context, nodes: readonly PhrasingContent[], found: Found[]): readonly Inline[] {
  return nodes.flatMap((node) => {
    const handler = handlers[node.type] as
      | ((node: Nodes, context: Context, found: Found[]) => readonly Inline[])
      | undefined;
    if (handler) return handler(node, context, found);
    const value = "value" in node && typeof node.value === "string" ? node.value : "";
    report(
      context,
      placeOf(node),
      "raw-html",
      `'${node.type}' is not part of the dialect; its text is shown`,
      { severity: "warning" },
    );
    return [{ type: "raw" as const, value }];
  });
}

function readHtml(context: Context, node: Html, found: Found[]): readonly Inline[] {
  const place = placeOf(node);
  const comment = context.comment(node);
  if (comment.kind === "annotation") {
    found.push({ annotation: comment.annotation, place, node });
    return [];
  }
  if (comment.kind === "error" || node.value.startsWith("<!--")) return [];
  if (/^<br\s*\/?>$/i.test(node.value)) return [{ type: "break" }];
  // One message a line: a tag seldom comes alone.
  const last = context.diagnostics.at(-1);
  const isSaid = last?.rule === "raw-html" && last.line === place.line;
  if (isHtmlTag(node.value) && !isSaid)
    report(
      context,
      place,
      "raw-html",
      `HTML is not part of the dialect: ${shorten(node.value)} is shown as its text`,
      { severity: "warning" },
    );
  return [{ type: "raw", value: node.value }];
}

export function shorten(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 40 || line !== text ? `${line.slice(0, 37)}…` : line;
}

/** Cuts a text at runs of four or more underscores. */
function blanks(value: string): readonly Inline[] {
  if (!value.includes("____")) return [{ type: "text", value }];
  return value
    .split(/(_{4,})/)
    .filter((part) => part !== "")
    .map((part) =>
      part.startsWith("____")
        ? { type: "blank", field: null, width: part.length }
        : { type: "text", value: part },
    );
}

/** Joins neighbouring texts, so that a dropped comment leaves no seam. */
function merge(inlines: readonly Inline[]): readonly Inline[] {
  const merged: Inline[] = [];
  for (const inline of inlines) {
    const last = merged.at(-1);
    if (inline.type === "text" && last?.type === "text") {
      merged[merged.length - 1] = {
        type: "text",
        value: last.value.replace(/ +$/, (gap) => (inline.value.startsWith(" ") ? "" : gap)) + inline.value,
      };
    } else merged.push(inline);
  }
  return merged;
}

function trimEnds(inlines: readonly Inline[]): readonly Inline[] {
  const trimmed = [...inlines];
  const first = trimmed[0];
  if (first?.type === "text") trimmed[0] = { type: "text", value: first.value.trimStart() };
  const last = trimmed.at(-1);
  if (last?.type === "text") trimmed[trimmed.length - 1] = { type: "text", value: last.value.trimEnd() };
  return trimmed.filter((inline) => inline.type !== "text" || inline.value !== "");
}

/** Field annotations name the blanks of their paragraph, in order. */
function bindFields(
  context: Context,
  inlines: readonly Inline[],
  found: readonly Found[],
  section: string,
): readonly Inline[] {
  const fields = found.flatMap(({ annotation, place }) =>
    annotation.key === "field" ? [{ value: annotation.value, place }] : [],
  );
  if (fields.length === 0) return inlines;
  const open = [...fields];
  let label = "";
  const bound = inlines.map((inline): Inline => {
    const next = inline.type === "blank" ? open.shift() : undefined;
    if (inline.type !== "blank" || !next) {
      label = "children" in inline || inline.type === "text" ? labelFrom(inline) || label : label;
      return inline;
    }
    const { id, type, choices = [], required, authority = null } = next.value;
    context.fields.push({
      id,
      label: next.value.label ?? label,
      type,
      choices,
      required,
      authority,
      section,
    });
    return { ...inline, field: id };
  });
  for (const { value, place } of open) {
    report(context, place, "unknown-annotation", `the field '${value.id}' has no blank in this paragraph`, {
      hint: "write four or more underscores before the comment",
    });
  }
  return bound;
}

function labelFrom(inline: Inline): string {
  const text =
    inline.type === "text"
      ? inline.value
      : "children" in inline
        ? inline.children.map(labelFrom).join("")
        : "";
  return text.replace(/[\s:]+$/, "").trim();
}
