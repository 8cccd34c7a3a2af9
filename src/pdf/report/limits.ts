/** Observed values beside what they have to hold, with a small picture where both are plain numbers. */
import { gaugeOf } from "../../model/gauge.ts";
import type { LimitReport } from "../../model/itemreport.ts";
import { signOfVerdict } from "../../model/sign.ts";
import type { Page } from "../page.ts";
import { GRAY } from "../scale.ts";
import type { Cell } from "../table.ts";
import type { Element } from "../tags.ts";
import type { Span } from "../text.ts";
import {
  bold,
  chapter,
  itemNumber,
  moment,
  type Paper,
  sign,
  soft,
  span,
  table,
  text,
  words,
} from "./pieces.ts";

/** For page one: how many values hold, and those that do not. */
export function limitsLine(paper: Paper, most: number): void {
  const { limits } = paper.report;
  if (limits.length === 0) return;
  const part = chapter(paper, "values", "Values");
  const asked = limits.filter(({ kind }) => kind === "limit");
  const bad = asked.filter(({ verdict }) => verdict !== "holds");
  const says = `${asked.length - bad.length} of ${asked.length} hold their limits${bad.length === 0 ? "." : "; these do not:"}`;
  paper.flow.put(words(paper, [text(says)], part, { keep: bad.length > 0 }));
  for (const row of bad.slice(0, most)) {
    const spans = [
      itemNumber(paper, row.item),
      text(`  ${row.limit}: `),
      bold(row.value ?? "no value"),
      text("  "),
      ...sign(signOfVerdict(row)),
    ];
    paper.flow.put(words(paper, spans, part, { before: 1 }));
  }
  if (bad.length > most)
    paper.flow.put(words(paper, [bold(`and ${bad.length - most} more, under “Values and limits”`)], part));
}

export function putLimits(paper: Paper): void {
  const { limits } = paper.report;
  if (limits.length === 0) return;
  const part = chapter(paper, "limits", "Values and limits");
  table(
    paper,
    part,
    [
      { head: "Item", cell: ({ item }) => [itemNumber(paper, item)] },
      {
        head: "Must hold",
        // Why a value does not hold has room here, and none in the narrow column of verdicts.
        cell: ({ kind, limit, reason }) => [
          ...(kind === "limit" ? [] : [soft(`${kind} `)]),
          text(limit),
          ...(reason === null ? [] : [text(`\n${reason}`)]),
        ],
      },
      { head: "Seen", cell: ({ value }) => [bold(value ?? "–")] },
      { head: "On a scale", cell: (row) => gaugeCell(paper, row) },
      { head: "Verdict", cell: (row) => sign(signOfVerdict(row)) },
      { head: "At, from", cell: seenAt },
    ],
    limits,
  );
}

export function interval({ from, to, statistic, samples }: LimitReport): Span[] {
  const one = from === null || to === null || from.utc === to.utc;
  const times = one ? (from ?? to) : null;
  const parts: Span[][] = [
    ...(times === null ? [] : [moment(times)]),
    ...(!one && from !== null && to !== null ? [[...moment(from), text(" to "), ...moment(to)]] : []),
    ...(statistic === null ? [] : [[text(statistic)]]),
    ...(samples === null ? [] : [[text(`${samples} samples`)]]),
  ];
  if (parts.length === 0) return [text("–")];
  return parts.flatMap((part, i) => (i === 0 ? part : [text(", "), ...part]));
}

/** In UTC only: the item itself has the local time. */
function seenAt({ from, to, statistic, samples, source }: LimitReport): Span[] {
  const start = from ?? to;
  const rest = [statistic, samples === null ? null : `${samples} samples`, source].filter(
    (part) => part !== null,
  );
  if (start === null) return rest.length === 0 ? [text("–")] : [soft(rest.join(", "))];
  return [
    ...span(start, from === null ? null : to),
    ...(rest.length === 0 ? [] : [soft(`, ${rest.join(", ")}`)]),
  ];
}

const HEIGHT = 9;

/** The allowed range as a band and the value as a stroke. The text beside it says the same. */
export function drawGauge(
  paper: Paper,
  row: LimitReport,
  page: Page,
  parent: Element,
  x: number,
  y: number,
  width: number,
): void {
  const gauge = gaugeOf(row, paper.checklist);
  if (!gauge) return;
  const alt = `${row.value} seen, ${row.limit}: ${row.verdict}`;
  const figure = parent.add("Figure", { alt, bbox: page.box(x, y, width, HEIGHT) });
  page.tagged(figure, () => {
    page.fill(x, y + HEIGHT / 2 - 0.4, width, 0.8, GRAY.rule);
    page.fill(
      x + gauge.from * width,
      y + 2,
      Math.max((gauge.to - gauge.from) * width, 1),
      HEIGHT - 4,
      GRAY.hair,
    );
    page.fill(x + Math.min(gauge.at * width, width - 2), y, 2, HEIGHT, 0);
  });
}

function gaugeCell(paper: Paper, row: LimitReport): Cell {
  return {
    spans: [],
    draw: (page, area, element) =>
      drawGauge(paper, row, page, element, area.x, area.y + 4, Math.min(area.width, 48)),
  };
}
