/** The timeline: sections planned and actual, and what happened when, as a vector figure and as a list. */
import type { Moment } from "../../model/fact.ts";
import type { TimelineEntry } from "../../model/report.ts";
import { type TimeScale, timeScale } from "../../model/timescale.ts";
import { label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import type { Tag } from "../lazy.ts";
import type { Page } from "../page.ts";
import { GRAY } from "../scale.ts";
import type { Line } from "../text.ts";
import { chapter, linkTo, type Paper, span, subheading, table, text } from "./pieces.ts";

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

const LABELS = 150;
const ROW = 12.5;
const TOP = 16;
const BOTTOM = 14;

interface Lane {
  readonly line: Line;
  readonly entries: readonly TimelineEntry[];
}

export function putTimeline(paper: Paper): void {
  const { timeline } = paper.report;
  if (timeline.length === 0) return;
  const part = chapter(paper, "timeline", "Timeline");
  const lanes = lanesOf(paper, timeline);
  const scale = timeScale(momentsOf(timeline), paper.flow.width - LABELS - 6);
  // A run of very many sections gets more than one picture rather than one that no page holds.
  const fit = Math.floor((paper.flow.full - TOP - BOTTOM - 60) / ROW);
  for (let start = 0; start < lanes.length; start += fit) {
    paper.flow.put(picture(paper, lanes.slice(start, start + fit), scale, describe(timeline), part));
  }
  paper.flow.put(subheading(paper, "The timeline as a list", part));
  table(
    paper,
    part,
    [
      { head: "When, UTC", cell: ({ start, end }) => span(start, end) },
      { head: "Kind", cell: ({ kind }) => [text(kind)] },
      {
        head: "What",
        cell: ({ text: says, target }) => [target === null ? text(says) : linkTo(paper, target, says)],
      },
      {
        head: "Planned, UTC",
        cell: ({ plannedStart, plannedEnd }) =>
          plannedStart === null ? [text("–")] : span(plannedStart, plannedEnd),
      },
    ],
    grouped(timeline),
  );
}

/** Readings of one item at one moment as one row: "3.3.3 The new frontend is healthy: a 1; b 2". */
function grouped(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const rows: TimelineEntry[] = [];
  for (const entry of timeline) {
    const last = rows.at(-1);
    const same =
      last?.kind === "reading" &&
      entry.kind === "reading" &&
      last.target === entry.target &&
      last.start.at === entry.start.at;
    const from = entry.text.lastIndexOf(": ") + 2;
    if (same && from > 1 && last.text.startsWith(entry.text.slice(0, from)))
      rows[rows.length - 1] = { ...last, text: `${last.text}; ${entry.text.slice(from)}` };
    else rows.push(entry);
  }
  return rows;
}

function momentsOf(timeline: readonly TimelineEntry[]): Moment[] {
  return timeline.flatMap(({ start, end, plannedStart, plannedEnd }) =>
    [start, end, plannedStart, plannedEnd].filter((one): one is Moment => one !== null),
  );
}

function describe(timeline: readonly TimelineEntry[]): string {
  const sections = timeline.filter(({ kind }) => kind === "section").length;
  const first = timeline[0]?.start.utc ?? "";
  const last = timeline.map(({ start, end }) => end ?? start).at(-1)?.utc ?? "";
  return `Timeline from ${first} to ${last}: ${sections} sections and ${timeline.length - sections} events. The list below says the same.`;
}

function lanesOf(paper: Paper, timeline: readonly TimelineEntry[]): Lane[] {
  const cut = (says: string): Line =>
    label(paper.document, says.length > 32 ? `${says.slice(0, 31).trimEnd()}…` : says, { gray: 0 });
  const sections = timeline.filter(({ kind }) => kind === "section");
  return [
    ...sections.map((entry) => ({ line: cut(entry.text), entries: [entry] })),
    ...LANES.map(([kind, says]) => ({
      line: cut(says),
      entries: timeline.filter((entry) => entry.kind === kind),
    })).filter(({ entries }) => entries.length > 0),
  ];
}

function picture(paper: Paper, lanes: readonly Lane[], scale: TimeScale, alt: string, parent: Tag): Box {
  const { flow, document } = paper;
  const height = TOP + lanes.length * ROW + BOTTOM;
  const ticks = scale.ticks.map((tick) => ({ ...tick, line: label(document, tick.text) }));
  const pauses = scale.pauses.map((pause) => ({ ...pause, line: label(document, pause.text) }));
  return {
    height,
    before: 4,
    draw(page, x, y) {
      const figure = parent().add("Figure", { alt, bbox: page.box(x, y, flow.width, height) });
      const left = x + LABELS;
      const bottom = y + height - BOTTOM;
      page.tagged(figure, () => {
        for (const pause of pauses) {
          page.fill(
            left + pause.from,
            y + TOP - 3,
            Math.max(pause.to - pause.from, 0),
            bottom - y - TOP + 3,
            GRAY.tint,
          );
          const middle = left + (pause.from + pause.to) / 2 - pause.line.width / 2;
          if (pause.to - pause.from > pause.line.width + 4)
            page.text(pause.line.pieces, middle, y + height - 4);
        }
        for (const tick of ticks) {
          page.line(left + tick.x, y + TOP - 3, left + tick.x, bottom, { weight: 0.3, gray: GRAY.hair });
          const end = Math.min(left + tick.x, x + flow.width - tick.line.width);
          page.text(tick.line.pieces, end, y + 9);
        }
        lanes.forEach((lane, i) => {
          drawLane(page, lane, scale, x, left, y + TOP + i * ROW);
        });
      });
    },
  };
}

/** A section is a bar over the hollow bar of its plan; an event is a diamond. */
function drawLane(
  page: Page,
  { line, entries }: Lane,
  scale: TimeScale,
  x: number,
  left: number,
  y: number,
): void {
  page.text(line.pieces, x, y + 9);
  for (const { kind, start, end, plannedStart, plannedEnd } of entries) {
    if (kind !== "section") {
      const [cx, cy, r] = [left + scale.x(start), y + ROW / 2, 3.2];
      const points = [
        { x: cx, y: cy - r },
        { x: cx + r, y: cy },
        { x: cx, y: cy + r },
        { x: cx - r, y: cy },
      ];
      page.polygon(points, 0);
      continue;
    }
    if (plannedStart && plannedEnd) {
      const width = Math.max(scale.x(plannedEnd) - scale.x(plannedStart), 1.5);
      page.rectangle(left + scale.x(plannedStart), y + 2, width, ROW - 4, { weight: 0.5, gray: GRAY.rule });
    }
    page.fill(
      left + scale.x(start),
      y + 4,
      Math.max(scale.x(end ?? start) - scale.x(start), 1.5),
      ROW - 8,
      0.25,
    );
  }
}
