/** Blocks that hold blocks: lists, quotes, details; everything else goes to the table that knows it. */
import type { Element, ElementContent } from "hast";
import type { AlertKind, Block, Entry, List } from "../model/checklist.ts";
import { renderCode } from "./code.ts";
import { el } from "./html.ts";
import { renderInlines, renderProse } from "./prose.ts";
import type { Rendering } from "./rendering.ts";

export function renderBlock(block: Block, rendering: Rendering): ElementContent[] {
  switch (block.type) {
    case "section":
      return rendering.section(block.section);
    case "code":
      return [renderCode(block, rendering)];
    case "list":
      return [renderList(block, rendering)];
    case "quote":
      return [renderQuote(block.alert, rendering.blocks(block.content), rendering)];
    case "details":
      return [
        el(
          "details",
          block.open ? { open: true } : {},
          el(
            "summary",
            {},
            block.summary.length === 0 ? rendering.words("Details") : renderInlines(block.summary, rendering),
          ),
          rendering.blocks(block.content),
        ),
      ];
    default:
      return [renderProse(block, rendering)];
  }
}

function renderList(list: List, rendering: Rendering): Element {
  const holdsItems = list.entries.some((entry) => entry.type === "item");
  return el(
    list.ordered ? "ol" : "ul",
    {
      start: list.ordered && list.start !== 1 ? list.start : null,
      className: holdsItems ? "items" : null,
      // Without list style Safari forgets that a list is one, unless it is told.
      role: holdsItems ? "list" : null,
    },
    list.entries.map((entry) => renderEntry(entry, rendering, holdsItems)),
  );
}

function renderEntry(entry: Entry, rendering: Rendering, amongItems: boolean): Element {
  switch (entry.type) {
    case "item":
      return rendering.item(entry.item);
    case "section":
      return el("li.part", {}, rendering.section(entry.section));
    case "bullet": {
      const [only] = entry.content;
      const isLine = entry.content.length === 1 && only?.type === "paragraph";
      return el(
        "li",
        { className: amongItems ? "bullet" : null },
        isLine ? renderInlines(only.children, rendering) : rendering.blocks(entry.content),
      );
    }
    default:
      return entry satisfies never;
  }
}

const ALERTS: Readonly<Record<AlertKind, string>> = {
  note: "Note",
  tip: "Tip",
  important: "Important",
  warning: "Warning",
  caution: "Caution",
};

function renderQuote(
  alert: AlertKind | null,
  content: readonly ElementContent[],
  { words }: Rendering,
): Element {
  if (alert === null) return el("blockquote", {}, content);
  return el(`div.alert.${alert}`, { role: "note" }, el("p.kind", {}, words(ALERTS[alert])), content);
}
