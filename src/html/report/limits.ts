/** Observed values beside what they have to hold, with a small picture where both are plain numbers. */
import type { Element } from "hast";
import type { Checklist } from "../../model/checklist.ts";
import { gaugeOf } from "../../model/gauge.ts";
import type { LimitReport } from "../../model/itemreport.ts";
import type { Report } from "../../model/report.ts";
import { type Content, el } from "../html.ts";
import { chapter, verdictStatus } from "./pieces.ts";

/** Values that page one shows at once; below, what somebody with thirty seconds came for would be out of sight. */
const SHOWN = 12;

/** One line a value, breached ones first; interval and source stand with the item below. */
export function renderLimits(report: Report, checklist: Checklist): Content {
  if (report.limits.length === 0) return null;
  const order = [
    "breached",
    "not observed",
    "inconclusive",
    "holds",
  ] as const satisfies LimitReport["verdict"][];
  const worst = (row: LimitReport): number =>
    row.kind === "limit" ? order.indexOf(row.verdict) : order.length;
  const rows = report.limits.toSorted((a, b) => worst(a) - worst(b));
  const list = (some: readonly LimitReport[]): Element =>
    el(
      "ul.limits",
      { role: "list" },
      some.map((row) =>
        el("li", {}, limitLine(row, checklist), el("a.n", { href: `#${row.item.id}` }, row.item.number)),
      ),
    );
  const bad = rows.filter(({ kind, verdict }) => kind === "limit" && verdict !== "holds").length;
  const first = Math.max(bad, SHOWN);
  // A handful more is shorter than the line that would stand for it.
  const rest = rows.length > first + 4 ? rows.slice(first) : [];
  const holds = rest.every(({ verdict }) => verdict === "holds");
  return chapter(
    "limits",
    "Values and limits",
    list(rows.slice(0, rows.length - rest.length)),
    rest.length === 0
      ? null
      : el(
          "details",
          {},
          el("summary", {}, `${rest.length} more${holds ? ", all of which hold" : ""}`),
          list(rest),
        ),
  );
}

/** The value, what it had to hold, the picture, the verdict. */
export function limitLine(row: LimitReport, checklist: Checklist): Content {
  return [
    verdictStatus(row),
    " ",
    el("b", {}, row.value ?? "no value"),
    " ",
    el(
      "span.must",
      {},
      row.kind === "limit" ? "" : row.kind === "expected" ? "usually " : `${row.kind} `,
      row.limit,
    ),
    " ",
    gauge(row, checklist),
  ];
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
  return el(
    "svg",
    {
      className: "gauge",
      width: WIDTH,
      height: HEIGHT,
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      ariaLabel: label,
    },
    el("rect", { className: "scale", x: 0, y: 7, width: WIDTH, height: 4 }),
    el("rect", { className: "allowed", x: from, y: 5, width: Math.max(to - from, 1), height: 8 }),
    el("rect", {
      className: row.verdict === "breached" ? "value breached" : "value",
      x: Math.max(x(picture.at) - 1.5, 0),
      y: 0,
      width: 3,
      height: HEIGHT,
    }),
  );
}
