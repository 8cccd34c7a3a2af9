/** The text as it was executed, every item with what was recorded for it. */
import type { Element, ElementContent } from "hast";
import type { Checklist, Item, Section } from "../../model/checklist.ts";
import type { ItemReport, SectionReport } from "../../model/itemreport.ts";
import type { Report } from "../../model/report.ts";
import { sayDuration } from "../../model/say.ts";
import { english } from "../../model/words.ts";
import { renderBlock } from "../blocks.ts";
import { factsOfItem, renderFacts } from "../facts.ts";
import { renderFootnotes } from "../front.ts";
import { type Content, el } from "../html.ts";
import { linkRules } from "../links.ts";
import { renderInlines } from "../prose.ts";
import { type Rendering, startRendering } from "../rendering.ts";
import { levelOf } from "../section.ts";
import { chapter, itemStatus, moment, status, toneOf } from "./pieces.ts";
import { type Pictures, renderResult, type Told } from "./result.ts";

/** @param versionUrl permalink of the version's page, with a slash at the end */
export function renderItems(
  report: Report,
  checklist: Checklist,
  versionUrl: string,
  pictures: Pictures,
): Element {
  const items = new Map(report.items.map((item) => [item.id, item]));
  const sections = new Map(report.sections.map((section) => [section.id, section]));
  const evidence = new Map(report.evidence.map((one) => [one.id, one]));
  const told: Told = { report, checklist, evidence, pictures };
  const rendering = startRendering(checklist, {
    links: linkRules(`${versionUrl}../`),
    topLevel: 3,
    words: english,
    block: renderBlock,
    item: (item, inner) => renderItem(item, items.get(item.id), told, inner),
    section: (section, inner) => renderSection(section, sections.get(section.id), inner),
  });
  return chapter(
    "items",
    "What was done, item by item",
    el("p.soft", {}, `The text of ${checklist.id} ${checklist.version} as it was executed.`),
    rendering.blocks(checklist.content),
    renderFootnotes(rendering),
  );
}

function renderSection(
  section: Section,
  report: SectionReport | undefined,
  rendering: Rendering,
): ElementContent[] {
  return [
    el(
      "section",
      { ...rendering.anchor(section.id), dataRole: section.role },
      el(
        `h${levelOf(section, rendering)}`,
        {},
        el("span.n", {}, section.number),
        " ",
        renderInlines(section.title, rendering),
      ),
      report === undefined ? null : sectionLine(report),
      rendering.blocks(section.content),
    ),
  ];
}

function sectionLine(report: SectionReport): Content {
  const { counts, start, end, plannedDuration, tookMinutes, overMinutes } = report;
  const parts: Content[] = [
    counts.total === 0
      ? null
      : counts.byStatus.map(({ status: each, count, good }) => [
          String(count),
          " ",
          itemStatus(each, good === count),
          " ",
        ]),
    start === null ? null : ["from ", moment(start), end === null ? null : [" to ", moment(end)]],
    tookMinutes === null
      ? null
      : `took ${tookMinutes} min${plannedDuration === null ? "" : ` of ${sayDuration(plannedDuration)} planned`}`,
    overMinutes === null || overMinutes <= 0 ? null : status("!", `${overMinutes} min over`, "warn"),
  ].filter((part) => part !== null);
  return parts.length === 0
    ? null
    : el(
        "p.line-of",
        {},
        parts.map((part, at) => [at === 0 ? null : " · ", part]),
      );
}

function renderItem(item: Item, report: ItemReport | undefined, told: Told, rendering: Rendering): Element {
  return el(
    "li",
    { ...rendering.anchor(item.id), className: report ? `is-${toneOf(report.status, report.good)}` : null },
    el("span.n", {}, item.number),
    el(
      "p",
      {},
      item.band === null ? null : el(`strong.band.${item.band}`, {}, item.band),
      renderInlines(item.title, rendering),
    ),
    renderFacts(factsOfItem(item, rendering)),
    report ? renderResult(report, told) : null,
    rendering.blocks(item.body),
  );
}
