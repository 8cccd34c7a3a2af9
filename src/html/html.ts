/** hast in, HTML out: the only place where markup becomes a string. Text can never become markup here. */
import type { Element, ElementContent, Properties } from "hast";
import { toHtml } from "hast-util-to-html";
import { codeName, showUnseen, UNSEEN } from "../model/unseen.ts";

declare const safe: unique symbol;

/** HTML that `src/html` made from model values: the only strings that a page may put in unescaped. */
export type Html = string & { readonly [safe]: true };

/** What the builders of this folder take as content: nodes, plain text, or nothing. */
export type Content = ElementContent | string | null | readonly Content[];

/** Turns nodes into HTML. There are no raw nodes: hast-util-to-html would write them as text. */
export function serialize(...content: readonly Content[]): Html {
  return toHtml({ type: "root", children: nodesOf(content) }) as Html;
}

/** Attributes by their property names (`ariaLabel`, `className`); what is null or undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** An element, of HTML or of SVG. Strings among its content become text, with what cannot be seen made visible. */
export function el(selector: string, attributes: Attributes, ...content: readonly Content[]): Element {
  const { tagName, className } = selectorOf(selector);
  const properties: Properties = {};
  if (className.length > 0) properties.className = className;
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) properties[name] = value;
  return { type: "element", tagName, properties, children: nodesOf(content) };
}

interface Selector {
  readonly tagName: string;
  readonly className: string[];
}

const selectors = new Map<string, Selector>();

/** `li.chip.limit`: the name of the tag and its classes. All of them stand in the code, so the map stays small. */
function selectorOf(selector: string): Selector {
  const known = selectors.get(selector);
  if (known) return known;
  const [tagName = "", ...classes] = selector.split(".");
  const made = { tagName, className: classes };
  selectors.set(selector, made);
  return made;
}

/** Flattens content; empty parts go. */
export function nodesOf(content: Content): ElementContent[] {
  if (content === null || content === "") return [];
  if (typeof content === "string") return textNodes(content);
  if (Array.isArray(content)) return content.flatMap(nodesOf);
  return [content as ElementContent];
}

function textNodes(value: string): ElementContent[] {
  if (value.search(UNSEEN) < 0) return [{ type: "text", value }];
  const nodes: ElementContent[] = [];
  let at = 0;
  for (const match of value.matchAll(UNSEEN)) {
    if (match.index > at) nodes.push({ type: "text", value: value.slice(at, match.index) });
    nodes.push(el("span.unseen", {}, codeName(match[0])));
    at = match.index + match[0].length;
  }
  if (at < value.length) nodes.push({ type: "text", value: value.slice(at) });
  return nodes;
}

/** For attributes and other places where no element can stand: `U+202E` in brackets for what cannot be seen. */
export const seen = showUnseen;
