/** What was recorded for an item: values beside limits, reasons, evidence, tries, readings. */
import { compareInstants } from "../../model/instant.ts";
import type { ItemReport, LimitReport, LookReport, LooseValue } from "../../model/itemreport.ts";
import { signOfVerdict } from "../../model/sign.ts";
import type { Box } from "../flow.ts";
import type { Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { NOTE } from "../scale.ts";
import type { Span } from "../text.ts";
import { interval } from "./limits.ts";
import { bold, faint, joined, moment, type Paper, person, sign, soft, text } from "./pieces.ts";

/** What was seen beside what had to hold, and everything else that was recorded. */
export function resultBoxes(paper: Paper, report: ItemReport, tag: Tag, width: number): Box[] {
  const line = (spans: readonly Span[]): Box =>
    paragraph(paper.document, spans, () => tag().add("P"), { width, type: NOTE, before: 1 });
  return [
    ...report.limits.map((row) =>
      line([
        bold(row.value ?? "no value"),
        text(` beside ${row.kind === "limit" ? "" : `${row.kind} `}${row.limit}  `),
        ...sign(signOfVerdict(row)),
        ...(row.reason === null ? [] : [text(` ${row.reason}`)]),
        ...seen(row, report),
      ]),
    ),
    ...report.values.map((value) => line(valueSpans(value))),
    ...detailPairs(paper, report).map(([term, value]) => line([soft(`${term}: `), ...value])),
    ...looks("Earlier tries", report.attempts, report).map(line),
    ...looks(readingsTitle(report), report.readings, report).map(line),
    ...looks("Others who recorded it", report.observers, null).map(line),
  ];
}

/** When a value was seen, where that is not when the item was recorded; how, in any case. */
function seen(row: LimitReport, { at }: ItemReport): Span[] {
  const known = [row.from, row.to].every((one) => one === null || one.utc === at?.utc);
  const shown = known ? { ...row, from: null, to: null } : row;
  const { from, to, statistic, samples } = shown;
  if (from === null && to === null && statistic === null && samples === null) return [];
  return [soft("  "), ...faint(interval(shown))];
}

function readingsTitle({ readings, expectedReadings }: ItemReport): string {
  return expectedReadings === null
    ? "Readings"
    : `Readings, ${readings.length} of ${expectedReadings} expected`;
}

function valueSpans({ metric, value, from, to, source }: LooseValue): Span[] {
  const when = from ?? to;
  return [
    ...(metric === null ? [] : [text(`${metric} `)]),
    bold(value),
    ...(when === null ? [] : [text(" "), ...moment(when)]),
    ...(source === null ? [] : [soft(`, from ${source}`)]),
  ];
}

/** What else was recorded: only what is there. */
function detailPairs(paper: Paper, report: ItemReport): (readonly [string, readonly Span[]])[] {
  const { waiver } = report;
  const evidence = new Map(paper.report.evidence.map((one) => [one.id, one]));
  const named = report.evidence.map((id) => {
    const one = evidence.get(id);
    return [text(one ? `${one.name}${one.pair === null ? "" : ` (${one.pair})`}` : id)];
  });
  return [
    ...(report.reason === null ? [] : [["Reason", [text(report.reason)]] as const]),
    ...(report.note === null ? [] : [["Note", [text(report.note)]] as const]),
    ...(isLate(report) ? [["Due", moment(report.due)] as const] : []),
    ...(report.started === null ? [] : [["Started", moment(report.started)] as const]),
    ...(report.enteredAt === null ? [] : [["Entered", moment(report.enteredAt)] as const]),
    ...(report.method === null ? [] : [["Method", [text(report.method)]] as const]),
    ...(report.witness === null ? [] : [["Witness", person(report.witness)] as const]),
    ...report.captures.map(
      ({ label: head, value }) => [head, [value === null ? bold("NOT RECORDED") : text(value)]] as const,
    ),
    ...(named.length === 0 ? [] : [["Evidence", joined(named)] as const]),
    ...(waiver === null
      ? []
      : [
          [
            "Waiver",
            [
              ...(waiver.valid ? [] : [bold("not valid: ")]),
              text(`${waiver.reason} (`),
              ...person(waiver.by),
              text(", "),
              ...moment(waiver.at),
              text(")"),
            ],
          ] as const,
        ]),
  ];
}

/** When it was due is said where it was not done by then. */
function isLate({ due, at, derived }: ItemReport): boolean {
  return due !== null && !derived && (at === null || compareInstants(at.at, due.at) > 0);
}

/** Looks of whoever recorded the item itself go without the name. */
function looks(title: string, rows: readonly LookReport[], own: ItemReport | null): Span[][] {
  if (rows.length === 0) return [];
  return [
    [soft(title)],
    ...rows.map((look) => [
      text("•  "),
      ...moment(look.at),
      ...(look.status === null ? [] : [text(" "), bold(look.status)]),
      ...look.values.map(({ metric, value }) => text(`  ${metric === null ? "" : `${metric} `}${value}`)),
      ...(look.by === null || look.by.id === own?.by?.id ? [] : [text("  "), ...person(look.by)]),
      ...(look.reason === null ? [] : [text(`: ${look.reason}`)]),
      ...(look.note === null ? [] : [text(`: ${look.note}`)]),
    ]),
  ];
}
