/** The text as it was executed, every item with what was recorded for it. */
import type { Element, ElementContent } from "hast";
import type { Checklist, Item, Section } from "../../model/checklist.ts";
import type {
  ItemReport,
  LimitReport,
  LookReport,
  LooseValue,
  SectionReport,
} from "../../model/itemreport.ts";
import type { EvidenceReport, Report } from "../../model/report.ts";
import { sayDuration } from "../../model/say.ts";
import { renderBlock } from "../blocks.ts";
import { factsOfItem, renderFacts } from "../facts.ts";
import { type Content, el } from "../html.ts";
import { linkRules } from "../links.ts";
import { renderInlines } from "../prose.ts";
import { type Rendering, startRendering } from "../rendering.ts";
import { levelOf } from "../section.ts";
import { limitLine } from "./limits.ts";
import { chapter, interval, itemStatus, joined, moment, person, status, toneOf } from "./pieces.ts";

/** @param versionUrl permalink of the version's page, with a slash at the end */
export function renderItems(report: Report, checklist: Checklist, versionUrl: string): Element {
  const items = new Map(report.items.map((item) => [item.id, item]));
  const sections = new Map(report.sections.map((section) => [section.id, section]));
  const evidence = new Map(report.evidence.map((one) => [one.id, one]));
  const rendering = startRendering(checklist, {
    links: linkRules(`${versionUrl}../`),
    topLevel: 3,
    block: renderBlock,
    item: (item, inner) => renderItem(item, items.get(item.id), evidence, inner),
    section: (section, inner) => renderSection(section, sections.get(section.id), inner),
  });
  return chapter(
    "items",
    "What was done, item by item",
    el("p.soft", {}, `The text of ${checklist.id} ${checklist.version} as it was executed.`),
    rendering.blocks(checklist.content),
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

function renderItem(
  item: Item,
  report: ItemReport | undefined,
  evidence: ReadonlyMap<string, EvidenceReport>,
  rendering: Rendering,
): Element {
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
    report ? renderResult(report, evidence, rendering.checklist) : null,
    rendering.blocks(item.body),
  );
}

function renderResult(
  report: ItemReport,
  evidence: ReadonlyMap<string, EvidenceReport>,
  checklist: Checklist,
): Element {
  return el(
    "div.result",
    {},
    el(
      "p",
      {},
      itemStatus(report.status, report.good),
      report.derived ? el("span.soft", {}, " follows from its parts") : null,
      report.claimed === null ? null : el("b", {}, ` the record claims: ${report.claimed}`),
      report.because === null ? null : ` ${report.because}`,
      report.by === null && report.at === null ? null : [" ", person(report.by), ", ", moment(report.at)],
      report.signedBy === null ? null : [" signed by ", person(report.signedBy)],
    ),
    report.limits.map((row) => seenLine(row, checklist)),
    report.values.map(valueLine),
    details(report, evidence),
    looks("Earlier tries", report.attempts),
    looks(
      report.expectedReadings === null
        ? "Readings"
        : `Readings, ${report.readings.length} of ${report.expectedReadings} expected`,
      report.readings,
    ),
    looks("Others who recorded it", report.observers),
  );
}

function seenLine(row: LimitReport, checklist: Checklist): Element {
  const { reason, from, to, statistic, samples, source } = row;
  const about: Content[] = [
    from === null && to === null ? null : interval(from, to),
    statistic,
    samples === null ? null : `${samples} samples`,
    source === null ? null : `from ${source}`,
  ].filter((part) => part !== null);
  return el(
    "p.seen",
    {},
    limitLine(row, checklist),
    reason === null ? null : ` ${reason}`,
    el(
      "span.soft",
      {},
      about.map((part) => [" · ", part]),
    ),
  );
}

function valueLine({ metric, value, from, to, source }: LooseValue): Element {
  return el(
    "p.seen",
    {},
    metric === null ? null : `${metric} `,
    el("b", {}, value),
    from === null && to === null ? null : el("span.soft", {}, " ", moment(from ?? to)),
    source === null ? null : el("span.soft", {}, `, from ${source}`),
  );
}

/** What else was recorded: only what is there. */
function details(report: ItemReport, evidence: ReadonlyMap<string, EvidenceReport>): Content {
  const { waiver } = report;
  const pairs: (readonly [string, Content])[] = [
    ["Reason", report.reason],
    ["Note", report.note],
    // Where something was recorded its own time counts; what is still open is asked by when.
    ["Due", report.due === null || report.at !== null ? null : moment(report.due)],
    ["Started", report.started === null ? null : moment(report.started)],
    ["Entered", report.enteredAt === null ? null : moment(report.enteredAt)],
    ["Method", report.method],
    ["Witness", report.witness === null ? null : person(report.witness)],
    ...report.captures.map(({ label, value }): readonly [string, Content] => [
      label,
      value ?? el("b", {}, "NOT RECORDED"),
    ]),
    [
      "Evidence",
      report.evidence.length === 0
        ? null
        : joined(report.evidence.map((id) => evidenceLink(id, evidence.get(id)))),
    ],
    [
      "Waiver",
      waiver === null
        ? null
        : [
            waiver.valid ? null : el("b", {}, "not valid: "),
            waiver.reason,
            " (",
            person(waiver.by),
            ", ",
            moment(waiver.at),
            ")",
          ],
    ],
  ];
  const given = pairs.filter(([, value]) => value !== null);
  return given.length === 0
    ? null
    : el(
        "dl.given",
        {},
        given.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))),
      );
}

function evidenceLink(id: string, evidence: EvidenceReport | undefined): Content {
  if (!evidence) return id;
  const pair = evidence.pair === null ? "" : ` (${evidence.pair})`;
  return el("a", { href: `#_evidence-${evidence.id}` }, `${evidence.name}${pair}`);
}

function looks(title: string, rows: readonly LookReport[]): Content {
  if (rows.length === 0) return null;
  return [
    el("p.soft", {}, title),
    el(
      "ul.looks",
      {},
      rows.map((look) =>
        el(
          "li",
          {},
          moment(look.at),
          " ",
          look.status === null ? null : el("b", {}, look.status),
          " ",
          look.values.map(({ metric, value }) => `${metric === null ? "" : `${metric} `}${value}`).join(", "),
          look.by === null ? null : [" ", person(look.by)],
          look.reason === null ? null : `: ${look.reason}`,
          look.note === null ? null : `: ${look.note}`,
        ),
      ),
    ),
  ];
}
