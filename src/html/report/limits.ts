/** Observed values beside what they have to hold, with a small picture where both are plain numbers. */
import type { Element } from "hast";
import { s } from "hastscript";
import type { Checklist } from "../../model/checklist.ts";
import type { LimitReport } from "../../model/itemreport.ts";
import type { Limit } from "../../model/limit.ts";
import { outlineOf } from "../../model/outline.ts";
import type { Report } from "../../model/report.ts";
import { sayLimit } from "../../model/say.ts";
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
  const limit = limitOf(row, checklist);
  const seen = numberIn(row.value, limit?.unit ?? null);
  const range = limit && rangeOf(limit);
  if (!range || seen === null) return null;
  const finite = [seen, range.low, range.high].filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(...finite) * 1.25 || 1;
  const x = (value: number): number =>
    Math.round(((Math.min(Math.max(value, low), high) - low) / (high - low)) * WIDTH * 10) / 10;
  const [from, to] = [x(range.low), x(range.high)];
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
      x: Math.max(x(seen) - 1.5, 0),
      y: 0,
      width: 3,
      height: HEIGHT,
    }),
  ) as Element;
}

function limitOf(row: LimitReport, checklist: Checklist): Limit | null {
  const item = outlineOf(checklist).item.get(row.item.id);
  const all = item ? [...item.limits, ...item.targets, ...item.expected] : [];
  return all.find((limit) => sayLimit(limit, checklist.metrics) === row.limit) ?? null;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf({ bound }: Limit): Range | null {
  switch (bound.type) {
    case "between":
      return { low: Number(bound.low), high: Number(bound.high) };
    case "about":
      return {
        low: Number(bound.value) - Number(bound.tolerance),
        high: Number(bound.value) + Number(bound.tolerance),
      };
    case "compare":
      if (bound.op === "<" || bound.op === "<=")
        return { low: Number.NEGATIVE_INFINITY, high: Number(bound.value) };
      if (bound.op === ">" || bound.op === ">=")
        return { low: Number(bound.value), high: Number.POSITIVE_INFINITY };
      return null;
    case "relative":
      return null;
    default:
      return bound satisfies never;
  }
}

/** The number of a value in the limit's own unit; null where the units differ: a picture must not convert. */
function numberIn(value: string | null, unit: string | null): number | null {
  const match = /^([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*)$/.exec(value ?? "");
  if (!match) return null;
  const own = match[2] ?? "";
  return own === "" || own === (unit ?? "") ? Number(match[1]) : null;
}
