/** What was recorded for one item: status, values, who and when, evidence, earlier tries. */
import type { Element } from "hast";
import type { Checklist } from "../../model/checklist.ts";
import type { ItemReport, LimitReport, LookReport, LooseValue } from "../../model/itemreport.ts";
import type { EvidenceReport, Report } from "../../model/report.ts";
import { type Content, el, seen } from "../html.ts";
import { limitLine } from "./limits.ts";
import { interval, itemStatus, joined, moment, person, severityStatus } from "./pieces.ts";

/** Pictures among the evidence by id, as `data:` addresses. */
export type Pictures = ReadonlyMap<string, string>;

/** What the results of all items are told from. */
export interface Told {
  readonly report: Report;
  readonly checklist: Checklist;
  readonly evidence: ReadonlyMap<string, EvidenceReport>;
  readonly pictures: Pictures;
}

export function renderResult(report: ItemReport, told: Told): Element {
  const { checklist, evidence } = told;
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
    found(report, told.report),
    report.limits.map((row) => seenLine(row, checklist)),
    report.values.map(valueLine),
    details(report, evidence),
    pictures(report, told),
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

/** The rules that name this item; their reasons stand on page one. */
function found({ facts }: ItemReport, report: Report): Content {
  const named = facts
    .flatMap(({ list, index }) => report[list][index] ?? [])
    .filter(({ severity }) => severity !== "note");
  return named.length === 0
    ? null
    : el(
        "p.found",
        {},
        named.map(({ severity, rule }) => [severityStatus(severity), " ", el("code", {}, rule), " "]),
      );
}

/** Pictures among the evidence, side by side, so that before and after can be compared. */
function pictures({ evidence: ids }: ItemReport, { evidence, pictures: known }: Told): Content {
  const shown = ids.flatMap((id) => {
    const [one, address] = [evidence.get(id), known.get(id)];
    return one && address !== undefined ? [{ one, address }] : [];
  });
  if (shown.length === 0) return null;
  const order = { before: 0, after: 1 } as const;
  shown.sort((a, b) => (a.one.pair ? order[a.one.pair] : 2) - (b.one.pair ? order[b.one.pair] : 2));
  return el(
    "div.pictures",
    {},
    shown.map(({ one, address }) =>
      el(
        "figure",
        {},
        el("img", { src: address, alt: `Evidence: ${seen(one.name)}` }),
        el("figcaption", {}, one.pair === null ? one.name : `${one.pair}: ${one.name}`),
      ),
    ),
  );
}
