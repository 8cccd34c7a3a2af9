/** An item on the reading page: its mark, its number (which is its permalink), its text, its demands. */
import type { Element } from "hast";
import type { Item } from "../model/checklist.ts";
import { factsOfItem, renderFacts } from "./facts.ts";
import { type Content, el } from "./html.ts";
import { renderInlines } from "./prose.ts";
import type { Rendering } from "./rendering.ts";

export function renderItem(item: Item, rendering: Rendering): Element {
  return el(
    "li",
    { ...rendering.anchor(item.id), dataBand: item.band },
    marks(item, rendering),
    el("a.n", { href: `#${item.id}` }, item.number),
    el(
      "p",
      {},
      item.band === null ? null : el(`strong.band.${item.band}`, {}, rendering.words(BANDS[item.band])),
      renderInlines(item.title, rendering),
    ),
    renderFacts(factsOfItem(item, rendering)),
    rendering.blocks(item.body),
  );
}

const BANDS = { green: "green", amber: "amber", red: "red" } as const;

/** The boxes that the sheet has for it, drawn. Each has a name; none is an input, because nothing is recorded here. */
function marks(item: Item, rendering: Rendering): Content {
  if (item.signs !== null) return mark("sign", rendering.words("done by a signature"));
  if (item.derived) return mark("derived", rendering.words("follows from other items"));
  switch (item.role) {
    case "triggers":
      return pair(rendering, "true", "not true");
    case "criteria":
    case "decision":
      return pair(rendering, "met", "not met");
    default:
      return mark(
        "box",
        item.role === "bands" ? rendering.words("box: this band was seen") : rendering.words("box to tick"),
      );
  }
}

function mark(kind: string, name: string): Element {
  return el(`span.${kind}`, { role: "img", ariaLabel: name });
}

function pair({ words }: Rendering, yes: string, no: string): Content {
  return el(
    "span.marks",
    {},
    [words(yes), words(no)].map((word) =>
      el("span.choice", {}, mark("box", words("box: {word}", { word })), word),
    ),
  );
}
