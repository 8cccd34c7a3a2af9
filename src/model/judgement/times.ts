/** When things are due, when sections began and ended. Nothing here knows what time it is: `asOf` is in the record. */
import type { Item, Section } from "../checklist.ts";
import { addDuration } from "../duration.ts";
import { compareInstants, earliest, latest } from "../instant.ts";
import { sectionAndBelow } from "../outline.ts";
import { type Frame, fromAnchor } from "./frame.ts";

/** When an item is due; null where nothing says so, or its anchor is not known: then it is due at the close. */
export function dueOf(frame: Frame, item: Item): string | null {
  const { timing, emergency } = item;
  if (frame.run.change.type === "emergency" && emergency?.rule === "defer") {
    const base =
      frame.anchors.live ?? frame.run.window.end ?? frame.anchors.start ?? frame.changeBegan?.at ?? null;
    return base === null ? null : addDuration(base, emergency.by);
  }
  return fromAnchor(frame, timing.anchor, timing.due ?? timing.at);
}

/** Is something that is due then due as of the record? Without a time it is due once the run is closed. */
export function isDue(frame: Frame, due: string | null): boolean {
  return due === null ? frame.run.closed !== null : compareInstants(due, frame.asOf) <= 0;
}

export interface Span {
  /** Did anything happen in it, whenever it was? */
  readonly begun: boolean;
  readonly start: string | null;
  readonly end: string | null;
}

/** When a section and those inside it really began and ended: as noted, or by the first and last thing done. */
export function spanOf(frame: Frame, section: string): Span {
  const within = sectionAndBelow(frame.checklist, section);
  const noted = frame.run.sections.filter((entry) => within.has(entry.section));
  const results = frame.outline.items
    .filter((item) => within.has(item.section) && item.signs === null && item.role !== "triggers")
    .flatMap((item) => frame.results.get(item.id) ?? [])
    .filter(({ status }) => status !== null && status !== "not-applicable" && status !== "skipped");
  const starts = results.flatMap(({ started, at, attempts }) => [
    started,
    at,
    ...attempts.map((attempt) => attempt.started ?? attempt.at),
  ]);
  const own = noted.find((entry) => entry.section === section);
  return {
    begun: noted.some(({ start }) => start !== null) || results.length > 0,
    start: earliest([...noted.map(({ start }) => start), ...starts]),
    end: own?.end ?? latest([...noted.map(({ end }) => end), ...results.map(({ at }) => at)]),
  };
}

/** The planned begin of a section; null where nothing says so. */
export function plannedStart(frame: Frame, section: Section): string | null {
  return fromAnchor(frame, section.timing.anchor, section.timing.at);
}
