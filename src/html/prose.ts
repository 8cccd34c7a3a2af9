/** The closed vocabulary of prose as hast: a table keyed by node type. */
import type { ElementContent } from "hast";
import type { Inline, Prose, Table } from "../model/text.ts";
import { type Content, el, nodesOf, seen } from "./html.ts";
import { leadsOutside } from "./links.ts";
import type { Rendering } from "./rendering.ts";

type InlineHandlers = {
  readonly [K in Inline["type"]]: (node: Extract<Inline, { type: K }>, rendering: Rendering) => Content;
};

const inlines: InlineHandlers = {
  text: (node) => node.value,
  strong: (node, rendering) => el("strong", {}, renderInlines(node.children, rendering)),
  emphasis: (node, rendering) => el("em", {}, renderInlines(node.children, rendering)),
  strike: (node, rendering) => el("s", {}, renderInlines(node.children, rendering)),
  code: (node) => el("code", {}, node.value),
  link: (node, rendering) => {
    const content = renderInlines(node.children, rendering);
    const address = rendering.links.link(node.href);
    // The address is part of what was written: it stays readable where it may not be followed.
    if (address === null) return [content, el("span.unlinked", {}, ` (${node.href})`)];
    const rel = leadsOutside(address) ? "noopener noreferrer" : null;
    const title = node.title === null ? null : seen(node.title);
    return el("a", { href: address, rel, title }, content.length === 0 ? address : content);
  },
  image: (node, rendering) => {
    const address = rendering.links.image(node.src);
    if (address !== null) return el("img", { src: address, alt: seen(node.alt), loading: "lazy" });
    const outside = rendering.links.link(node.src);
    const label = rendering.words("picture: {what}", { what: node.alt === "" ? node.src : node.alt });
    return outside === null
      ? el("span.unlinked", {}, `[${label}]`)
      : el("a", { href: outside, rel: "noopener noreferrer" }, label);
  },
  break: () => el("br", {}),
  footnote: (node, rendering) =>
    el(
      "sup",
      {},
      el(
        "a.footnote",
        {
          href: `#_note-${node.number}`,
          ariaLabel: rendering.words("Footnote {number}", { number: node.number }),
          ...rendering.anchor(`_note-${node.number}-back`),
        },
        String(node.number),
      ),
    ),
  blank: (node, rendering) => {
    const field = rendering.checklist.fields.find((one) => one.id === node.field);
    const name =
      field === undefined
        ? rendering.words("blank to fill in")
        : rendering.words("blank for {field}", { field: seen(field.label) });
    const anchor = node.field === null ? {} : rendering.anchor(node.field);
    return el("span.blank", { ...anchor, role: "img", ariaLabel: name });
  },
  raw: (node) => el("code.raw", {}, node.value),
};

export function renderInlines(nodes: readonly Inline[], rendering: Rendering): ElementContent[] {
  return nodesOf(nodes.map((node) => handleInline(node, rendering)));
}

function handleInline(node: Inline, rendering: Rendering): Content {
  // The handler under a node's own type takes that node: TypeScript cannot follow the pairing.
  return (inlines[node.type] as (node: Inline, rendering: Rendering) => Content)(node, rendering);
}

/** Prose blocks. A heading that opens no section is shown as a strong line: it is no part of the outline. */
export function renderProse(block: Prose, rendering: Rendering): ElementContent {
  switch (block.type) {
    case "paragraph":
      return el("p", {}, renderInlines(block.children, rendering));
    case "heading":
      return el("p.subheading", {}, renderInlines(block.children, rendering));
    case "rule":
      return el("hr", {});
    case "raw":
      return el("pre.raw", { tabIndex: 0 }, el("code", {}, block.value));
    case "table":
      return renderTable(block, rendering);
    default:
      return block satisfies never;
  }
}

function renderTable(table: Table, rendering: Rendering): ElementContent {
  const cell = (head: boolean) => (content: readonly Inline[], column: number) => {
    const align = table.align[column] ?? "left";
    const isHead = head && content.length > 0;
    return el(
      isHead ? "th" : "td",
      { className: align === "left" ? null : `to-${align}`, scope: isHead ? "col" : null },
      renderInlines(content, rendering),
    );
  };
  return el(
    "div.table",
    { tabIndex: 0, role: "group", ariaLabel: rendering.words("Table") },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, table.head.map(cell(true)))),
      el(
        "tbody",
        {},
        table.rows.map((row) => el("tr", {}, row.map(cell(false)))),
      ),
    ),
  );
}
