/** Observed values beside what they have to hold, with a small picture where both are plain numbers. */
import type { Element } from "hast";
import { s } from "hastscript";
import type { Checklist } from "../../model/checklist.ts";
import { gaugeOf } from "../../model/gauge.ts";
import type { LimitReport } from "../../model/itemreport.ts";
import type { Report } from "../../model/report.ts";
import { type Content, el } from "../html.ts";
import { renderTable } from "../table.ts";
import { chapter, itemLink, moment, verdictStatus } from "./pieces.ts";

export function renderLimits(report: Report, checklist: Checklist): Content {
  if (report.limits.length === 0) return null;
  return chapter(
    "limits",
    "Values and limits",
    renderTable(
      "Observed values beside their limits",
      [
        { head: "Item", cell: ({ item }) => itemLink(item) },
        {
          head: "Must hold",
          cell: ({ kind, limit }) => [kind === "limit" ? null : el("span.soft", {}, `${kind} `), limit],
        },
        { head: "Seen", cell: (row) => el("b", {}, row.value ?? "–") },
        { head: "", cell: (row) => gauge(row, checklist) },
        {
          head: "Verdict",
          cell: (row) => [verdictStatus(row), row.reason === null ? null : ` ${row.reason}`],
        },
        { head: "Over", cell: interval },
        { head: "Source", cell: ({ source }) => source ?? "–" },
      ],
      report.limits,
    ),
  );
}

export function interval({ from, to, statistic, samples }: LimitReport): Content {
  const parts: Content[] = [
    from === null && to === null
      ? null
      : from === null || to === null
        ? moment(from ?? to)
        : [moment(from), " to ", moment(to)],
    statistic,
    samples === null ? null : `${samples} samples`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "–" : parts.map((part, place) => [place === 0 ? null : ", ", part]);
}

const WIDTH = 120;
const HEIGHT = 18;

/** The allowed range as a band and the value as a mark. The text beside it says the same. */
export function gauge(row: LimitReport, checklist: Checklist): Content {
  const picture = gaugeOf(row, checklist);
  if (!picture) return null;
  const x = (part: number): number => Math.round(part * WIDTH * 10) / 10;
  const [from, to] = [x(picture.from), x(picture.to)];
  const label = `${row.value} seen, ${row.limit}: ${row.verdict}`;
  return s(
    "svg",
    {
      class: "gauge",
      width: WIDTH,
      height: HEIGHT,
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      ariaLabel: label,
    },
    s("rect", { class: "scale", x: 0, y: 7, width: WIDTH, height: 4 }),
    s("rect", { class: "allowed", x: from, y: 5, width: Math.max(to - from, 1), height: 8 }),
    s("rect", {
      class: row.verdict === "breached" ? "value breached" : "value",
      x: Math.max(x(picture.at) - 1.5, 0),
      y: 0,
      width: 3,
      height: HEIGHT,
    }),
  ) as Element;
}
