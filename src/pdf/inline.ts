/** Inline text of the model to spans. */
import { type Inline, plainText } from "../model/text.ts";
import type { Style } from "./fonts.ts";
import { GRAY, type Type } from "./scale.ts";
import type { Span, Target } from "./text.ts";

/** What paper needs to know of the document that a text stands in. */
export interface InlineContext {
  /** The name and label of the form field for a blank; null where it prints as a line only. */
  field(id: string): { readonly name: readonly string[]; readonly label: string } | null;
  /** Is there something in this document that `#id` leads to? */
  hasTarget(id: string): boolean;
}

export interface Look {
  readonly type: Type;
  readonly style?: Style;
  readonly gray?: number;
  /** Short points of a list stand two in a line. */
  readonly paired?: boolean;
}

const SAFE = /^(?:https?|mailto):/i;

/** Where a link may lead: addresses of the web and of mail, and places in this document. */
function targetOf(href: string, context: InlineContext): Target | null {
  if (href.startsWith("#")) {
    const to = href.slice(1);
    return context.hasTarget(to) ? { to } : null;
  }
  if (!SAFE.test(href) || !URL.canParse(href)) return null;
  return { href: new URL(href).href };
}

/** Inline nodes to spans. What leads elsewhere says where, because paper cannot be clicked. */
export function inlineSpans(nodes: readonly Inline[], look: Look, context: InlineContext): Span[] {
  const base = { style: look.style ?? "regular", size: look.type.size, gray: look.gray ?? 0 } as const;
  const plain = (text: string, style: Style = base.style): Span => ({
    ...base,
    text: text.replace(/\s*\n\s*/g, " "),
    style,
  });
  return nodes.flatMap((node): Span[] => {
    switch (node.type) {
      case "text":
      case "raw":
        return [plain(node.value)];
      case "strong":
        return inlineSpans(node.children, { ...look, style: "bold" }, context);
      case "emphasis":
        return inlineSpans(
          node.children,
          { ...look, style: base.style === "bold" ? "bold" : "italic" },
          context,
        );
      case "strike":
        return inlineSpans(node.children, look, context).map((span) => ({ ...span, strike: true }));
      case "code":
        return [{ ...plain(node.value, "mono"), size: base.size * 0.94 }];
      case "link":
        return linkSpans(node.href, inlineSpans(node.children, look, context), plain, context);
      case "image":
        return [plain(`[picture: ${node.alt === "" ? node.src : node.alt}]`, "italic")];
      case "break":
        return [{ ...base, text: "\n" }];
      case "footnote":
        return [
          { ...plain(`[${node.number}]`), link: { to: `_note-${node.number}` }, says: `Note ${node.number}` },
        ];
      case "blank":
        return [blank(node, plain, context)];
      default:
        return node satisfies never;
    }
  });
}

function linkSpans(
  href: string,
  children: Span[],
  plain: (text: string) => Span,
  context: InlineContext,
): Span[] {
  const target = targetOf(href, context);
  const text = children.map((span) => span.text).join("");
  if (!target) return href === text || href.startsWith("#") ? children : [...children, plain(` (${href})`)];
  // A link inside a link cannot be: an inner one keeps its text.
  const linked = children.map(
    (span): Span => ({ ...span, link: target, says: "to" in target ? text : target.href }),
  );
  if ("to" in target || text === href || `mailto:${text}` === href) return linked;
  return [...linked, { ...plain(` (${href})`), gray: GRAY.text }];
}

/** A blank is as wide as its underscores, within reason. */
function blank(
  node: { readonly field: string | null; readonly width: number },
  plain: (text: string) => Span,
  context: InlineContext,
): Span {
  const width = Math.min(Math.max(node.width, 6), 40);
  const field = node.field === null ? null : context.field(node.field);
  if (!field) return plain("_".repeat(width));
  return { ...plain("\u00a0".repeat(width * 2)), field };
}

/** Plain text cut to a length, for names that are said aloud. */
export function shorten(nodes: readonly Inline[] | string, length = 90): string {
  const text = (typeof nodes === "string" ? nodes : plainText(nodes)).replace(/\s+/g, " ").trim();
  if (text.length <= length) return text;
  return `${text.slice(0, length).replace(/\s+\S*$/, "")}…`;
}
