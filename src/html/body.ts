/** The checklist's own page, without what stands around it: its text, and the list of its sections. */
import type { Element } from "hast";
import type { Checklist, Section } from "../model/checklist.ts";
import { wordsFor } from "../model/languages.ts";
import { headingBeside, itemsWithin, outlineOf } from "../model/outline.ts";
import { sayDuration } from "../model/say.ts";
import { english, type Words } from "../model/words.ts";
import { renderBlock } from "./blocks.ts";
import { renderClosing, renderOpening } from "./front.ts";
import { el, type Html, serialize } from "./html.ts";
import { renderItem } from "./item.ts";
import { linkRules } from "./links.ts";
import { renderInlines } from "./prose.ts";
import { startRendering } from "./rendering.ts";
import { renderSection } from "./section.ts";
import { renderTimeMap } from "./timemap.ts";

/**
 * The text of a checklist with everything an author wrote, once. Ids are the checklist's own; page furniture begins
 * with `_`. Links are relative, so that the same string stands under `<version>/` and `latest/`, at any base path.
 */
export function renderBody(checklist: Checklist): Html {
  const rendering = startRendering(checklist, {
    links: linkRules("../"),
    topLevel: 2,
    words: wordsFor(checklist.lang),
    block: renderBlock,
    item: renderItem,
    section: renderSection,
  });
  // What stands before the first section introduces the whole: what is asked and filled in comes after it.
  const first = checklist.content.findIndex(({ type }) => type === "section");
  const start = first < 0 ? checklist.content.length : first;
  const own = headingBeside(checklist);
  return serialize(
    own === null ? null : el("p.own", {}, renderInlines(own, rendering)),
    rendering.blocks(checklist.content.slice(0, start)),
    renderTimeMap(checklist, rendering.words),
    renderOpening(rendering),
    rendering.blocks(checklist.content.slice(start)),
    renderClosing(rendering),
  );
}

/** A text without what a checklist has around it, its headings without numbers: a page of the docs. */
export function renderText(text: Checklist): Html {
  const rendering = startRendering(text, {
    links: linkRules("../"),
    topLevel: 2,
    words: english,
    block: renderBlock,
    item: renderItem,
    section: ({ id, depth, title, content }, { anchor, blocks }) => [
      el("section", anchor(id), el(`h${depth}`, {}, renderInlines(title, rendering)), blocks(content)),
    ],
  });
  return serialize(rendering.blocks(text.content));
}

/** The sections as a nested list of links, with the number of items and the planned time of each. */
export function renderContents(checklist: Checklist): Html {
  const words = wordsFor(checklist.lang);
  const { sections } = outlineOf(checklist);
  const below = (parent: string | null): readonly Section[] =>
    sections.filter((section) => section.parent === parent);
  const list = (level: readonly Section[], depth: number): Element | null =>
    level.length === 0
      ? null
      : el(
          "ol",
          { role: "list" },
          level.map((section) =>
            el(
              "li",
              { dataRole: section.role },
              entry(checklist, section, words),
              depth === 2 ? null : list(below(section.id), depth + 1),
            ),
          ),
        );
  return serialize(list(below(null), 1));
}

function entry(checklist: Checklist, section: Section, words: Words): Element {
  const count = itemsWithin(checklist, section.id).filter((item) => item.derived?.from !== "children").length;
  return el(
    "a",
    { href: `#${section.id}` },
    el("span.n", {}, section.number),
    el("span.name", {}, section.text === "" ? words("Before the first heading") : section.text),
    count === 0 ? null : el("span.count", { ariaLabel: words("{count} items", { count }) }, String(count)),
    section.duration === null ? null : el("span.time", {}, sayDuration(section.duration, words)),
  );
}
