/** The checklist as one works through it: the text of its page, with room to say what was found at every item. */
import type { Element } from "hast";
import type { Checklist, Item } from "../model/checklist.ts";
import { wordsFor } from "../model/languages.ts";
import type { Limit } from "../model/limit.ts";
import { sayMetric } from "../model/say.ts";
import { firstWords, metricsOf } from "../model/working/asked.ts";
import { renderBlock } from "./blocks.ts";
import { renderClosing, renderOpening } from "./front.ts";
import { el, type Html, serialize } from "./html.ts";
import { renderItem } from "./item.ts";
import { linkRules } from "./links.ts";
import { type Rendering, startRendering } from "./rendering.ts";
import { renderSection } from "./section.ts";

/** The text for `<version>/run/`. The buttons are in it, so that a long list is there at once and nothing moves. */
export function renderWork(checklist: Checklist): Html {
  const rendering = startRendering(checklist, {
    links: linkRules("../../"),
    topLevel: 2,
    words: wordsFor(checklist.lang),
    block: renderBlock,
    item: renderWorkItem,
    section: renderSection,
  });
  // Questions and fields are asked by the script; here they are what links lead to.
  return serialize(renderOpening(rendering), rendering.blocks(checklist.content), renderClosing(rendering));
}

function renderWorkItem(item: Item, rendering: Rendering): Element {
  const element = renderItem(item, rendering);
  const first = firstWords(item);
  if (first.length === 0) return element;
  const metrics = metricsOf(item);
  const controls = el(
    "div.work",
    { role: "group", ariaLabel: item.number },
    metrics.map((metric) => valueInput(metric, rendering)),
    item.observe && metrics.length === 0
      ? el(
          "label",
          {},
          el("span", {}, rendering.words("Value seen")),
          el("input", { name: "", autocomplete: "off" }),
        )
      : null,
    first.map(([status, word]) => el("button", { type: "button", dataSay: status }, rendering.words(word))),
    el("button", { type: "button", dataSay: "more" }, rendering.words("More")),
  );
  // Behind the demands, before what the item holds further: the answer stands beside the question.
  const at = element.children.findIndex(
    (child) => child.type === "element" && (child.tagName === "p" || child.tagName === "ul"),
  );
  const facts = element.children.findLastIndex(
    (child, index) =>
      index <= at + 1 && child.type === "element" && String(child.properties.className).includes("chips"),
  );
  element.children.splice(Math.max(at, facts) + 1, 0, controls);
  return element;
}

function valueInput(limit: Limit, { checklist }: Rendering): Element {
  return el(
    "label",
    {},
    el("span", {}, sayMetric(limit.metric, checklist.metrics)),
    el("input", { name: limit.metric, inputMode: "decimal", autocomplete: "off" }),
    limit.unit === null ? null : el("span", {}, limit.unit),
  );
}
