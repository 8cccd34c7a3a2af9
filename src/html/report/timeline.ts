/** The timeline: sections planned and actual, and what happened when, as a picture and as a list. */
import type { Element, ElementContent } from "hast";
import type { Moment } from "../../model/fact.ts";
import type { Report, TimelineEntry } from "../../model/report.ts";
import { type TimeScale, timeScale } from "../../model/timescale.ts";
import { type Content, el, seen } from "../html.ts";
import { chapter, moment, reportTable } from "./pieces.ts";

const LABELS = 220;
const WIDTH = 720;
const ROW = 22;
const TOP = 30;

/** The lanes below the sections: one a kind, in this order. */
const LANES = [
  ["decision", "Decisions"],
  ["rollback", "Rollback"],
  ["incident", "Incidents"],
  ["signature", "Signatures"],
  ["reading", "Readings"],
  ["message", "Messages"],
  ["handover", "Handovers"],
  ["record", "Records"],
  ["close", "Close"],
] as const satisfies readonly (readonly [Exclude<TimelineEntry["kind"], "section">, string])[];

export function renderTimeline({ timeline }: Report): Content {
  if (timeline.length === 0) return null;
  return chapter(
    "timeline",
    "Timeline",
    picture(timeline),
    el(
      "details",
      {},
      el("summary", {}, "The timeline as a list"),
      reportTable(
        "Timeline",
        [
          {
            head: "When",
            cell: ({ start, end }) => [moment(start), end === null ? null : [" to ", moment(end)]],
          },
          { head: "Kind", cell: ({ kind }) => kind },
          {
            head: "What",
            cell: ({ text, target }) => (target === null ? text : el("a", { href: `#${target}` }, text)),
          },
          {
            head: "Planned",
            cell: ({ plannedStart, plannedEnd }) =>
              plannedStart === null
                ? "–"
                : [moment(plannedStart), plannedEnd === null ? null : [" to ", moment(plannedEnd)]],
          },
        ],
        timeline,
      ),
    ),
  );
}

function picture(timeline: readonly TimelineEntry[]): Element {
  const sections = timeline.filter(({ kind }) => kind === "section");
  const lanes = LANES.filter(([kind]) => timeline.some((entry) => entry.kind === kind));
  const moments = timeline.flatMap(({ start, end, plannedStart, plannedEnd }) =>
    [start, end, plannedStart, plannedEnd].filter((one): one is Moment => one !== null),
  );
  const scale = timeScale(moments, WIDTH);
  const height = TOP + (sections.length + lanes.length) * ROW + 8;
  const rows = [
    ...sections.map((entry, at) => sectionRow(entry, scale, TOP + at * ROW)),
    ...lanes.map(([kind, label], at) =>
      lane(
        label,
        timeline.filter((entry) => entry.kind === kind),
        scale,
        TOP + (sections.length + at) * ROW,
      ),
    ),
  ];
  return el(
    "div.table",
    { tabIndex: 0, role: "group", ariaLabel: "Timeline as a picture" },
    el(
      "svg",
      {
        className: "timeline",
        width: LABELS + WIDTH + 90,
        height,
        viewBox: `0 0 ${LABELS + WIDTH + 90} ${height}`,
        role: "img",
        ariaLabel: describe(timeline, sections.length),
      },
      axis(scale, height),
      rows,
    ),
  );
}

function describe(timeline: readonly TimelineEntry[], sections: number): string {
  const first = timeline[0]?.start.utc ?? "";
  const last = timeline.map(({ start, end }) => end ?? start).at(-1)?.utc ?? "";
  return `Timeline from ${first} to ${last}: ${sections} sections and ${timeline.length - sections} events. The list below says the same.`;
}

function axis({ ticks, pauses }: TimeScale, height: number): ElementContent[] {
  return [
    ...pauses.map(({ from, to }) =>
      el("rect", {
        className: "pause",
        x: LABELS + from,
        y: TOP - 8,
        width: Math.max(to - from, 0),
        height: height - TOP + 4,
      }),
    ),
    ...pauses
      .filter(({ from, to }) => to - from > 28)
      .map(({ from, to, text }) =>
        el(
          "text",
          { className: "gap", x: LABELS + (from + to) / 2, y: height - 2, textAnchor: "middle" },
          text,
        ),
      ),
    ...ticks.flatMap(({ x, text }) => [
      el("line", { className: "tick", x1: LABELS + x, x2: LABELS + x, y1: TOP - 8, y2: height - 8 }),
      el("text", { className: "when", x: LABELS + x, y: 14 }, text),
    ]),
  ];
}

function label(text: string, y: number): ElementContent {
  const short = text.length > 31 ? `${text.slice(0, 30)}…` : text;
  return el("text", { className: "label", x: 0, y: y + 14 }, seen(short));
}

function bar(
  kind: "planned" | "actual",
  from: Moment,
  to: Moment,
  scale: TimeScale,
  y: number,
): ElementContent {
  const [start, end] = [scale.x(from), scale.x(to)];
  const inset = kind === "planned" ? 2 : 6;
  return el("rect", {
    className: kind,
    x: LABELS + start,
    y: y + inset,
    width: Math.max(end - start, 2),
    height: ROW - 2 * inset,
    rx: 2,
  });
}

function sectionRow(
  { text, start, end, plannedStart, plannedEnd }: TimelineEntry,
  scale: TimeScale,
  y: number,
): ElementContent[] {
  return [
    label(text, y),
    ...(plannedStart && plannedEnd ? [bar("planned", plannedStart, plannedEnd, scale, y)] : []),
    bar("actual", start, end ?? start, scale, y),
  ];
}

function lane(
  name: string,
  entries: readonly TimelineEntry[],
  scale: TimeScale,
  y: number,
): ElementContent[] {
  return [
    label(name, y),
    ...entries.map(({ kind, start, text }) =>
      el(
        "circle",
        { className: `event ${kind}`, cx: LABELS + scale.x(start), cy: y + ROW / 2, r: 4.5 },
        el("title", {}, seen(text)),
      ),
    ),
  ];
}
