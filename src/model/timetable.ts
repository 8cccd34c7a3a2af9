/** The timetable of a version: what is planned when, once the times that offsets are counted from are known. */
import type { Anchor, Checklist, Item, Section, Timing } from "./checklist.ts";
import { addDuration } from "./duration.ts";
import { compareInstants } from "./instant.ts";
import { outlineOf } from "./outline.ts";
import { sayOffset } from "./say.ts";

export interface PlannedEntry {
  readonly kind: "section" | "item" | "reading" | "signature";
  readonly id: string;
  readonly number: string;
  readonly text: string;
  readonly owner: string | null;
  /** The offset in words: `T−7 d`. */
  readonly offset: string;
  /** RFC 3339; null while its anchor is not known. */
  readonly at: string | null;
  /** When it ends by its planned duration. */
  readonly until: string | null;
  /** Until when it has to be done; null where nothing says so. */
  readonly due: string | null;
  readonly notBefore: string | null;
  /** Number of a reading, from 1; null for anything else. */
  readonly reading: number | null;
}

export interface PlannedEscalation {
  readonly level: number;
  readonly role: string;
  /** If something happened at the target. */
  readonly from: string;
  readonly to: string | null;
  readonly channel: string | null;
}

export interface Timetable {
  readonly checklist: { readonly id: string; readonly version: string; readonly title: string };
  readonly anchors: Readonly<Record<Anchor, string | null>>;
  /** By time; what has none comes last, in document order. */
  readonly entries: readonly PlannedEntry[];
  readonly escalation: readonly PlannedEscalation[];
  /** Ids of sections that hold items and have no time. */
  readonly untimed: readonly string[];
}

/** Readings of one item that are listed; a week of readings every minute helps nobody. */
const mostReadings = 96;

/** @param anchors the target, and what else is known; the begin is the target where nothing else is said */
export function timetableOf(
  checklist: Checklist,
  { target, ...others }: { readonly target: string } & Partial<Record<Anchor, string | null>>,
): Timetable {
  const anchors = {
    target,
    start: others.start ?? target,
    live: others.live ?? null,
    rollback: others.rollback ?? null,
  };
  const { sections, items } = outlineOf(checklist);
  const entries = [
    ...sections.flatMap((section) => sectionEntry(section, anchors)),
    ...items.flatMap((item) => itemEntries(item, sections, anchors)),
  ];
  const timed = new Set(items.filter(({ timing }) => isTimed(timing)).map(({ section }) => section));
  return {
    checklist: { id: checklist.id, version: checklist.version, title: checklist.title },
    anchors,
    entries: inOrder(entries),
    escalation: checklist.escalation.map(({ level, role, from, to, channel }) => ({
      level,
      role,
      from: addDuration(target, from),
      to: to === null ? null : addDuration(target, to),
      channel,
    })),
    untimed: sections
      .filter(
        ({ id, timing }) =>
          !isTimed(timing) &&
          !timed.has(id) &&
          items.some((item) => item.section === id && item.derived === null),
      )
      .map(({ id }) => id),
  };
}

function isTimed({ at, due }: Timing): boolean {
  return at !== null || due !== null;
}

type Anchors = Timetable["anchors"];

function sectionEntry(section: Section, anchors: Anchors): readonly PlannedEntry[] {
  const { id, number, text, timing, duration, decider } = section;
  if (!isTimed(timing)) return [];
  const times = timesOf(timing, anchors);
  const until = times.at === null || duration === null ? null : addDuration(times.at, duration);
  return [{ kind: "section", id, number, text, owner: decider, ...times, until, reading: null }];
}

/** An item is listed where its times are not simply those of its section, and where it has readings. */
function itemEntries(item: Item, sections: readonly Section[], anchors: Anchors): readonly PlannedEntry[] {
  const { id, number, text, timing, owner, repeat, derived } = item;
  if (derived !== null || !isTimed(timing)) return [];
  const times = timesOf(timing, anchors);
  const around = sections.find((section) => section.id === item.section);
  const same = around && isTimed(around.timing) && sameTimes(times, timesOf(around.timing, anchors));
  const kind = item.signs === null ? ("item" as const) : ("signature" as const);
  const entry = { kind, id, number, text, owner, ...times, until: null, reading: null };
  const readings: PlannedEntry[] = [];
  const begin = times.at;
  if (repeat !== null && begin !== null && repeat.expected !== null) {
    let at = begin;
    for (let reading = 1; reading <= Math.min(repeat.expected, mostReadings); reading += 1) {
      readings.push({ ...entry, kind: "reading", at, due: null, notBefore: null, reading });
      at = addDuration(at, repeat.every);
    }
  }
  return same && readings.length > 0 ? readings : same ? [] : [entry, ...readings];
}

type Times = Pick<PlannedEntry, "at" | "due" | "notBefore" | "offset">;

function timesOf({ anchor, at, due, notBefore }: Timing, anchors: Anchors): Times {
  const base = anchors[anchor];
  const moment = (offset: string | null): string | null =>
    base === null || offset === null ? null : addDuration(base, offset);
  const offset = at ?? due ?? "P0D";
  return {
    at: moment(at),
    due: moment(due),
    notBefore: moment(notBefore),
    offset: `${at === null ? "by " : ""}${sayOffset(offset, anchor)}`,
  };
}

function sameTimes(one: Times, other: Times): boolean {
  return (
    one.at === other.at &&
    one.due === other.due &&
    one.notBefore === other.notBefore &&
    one.offset === other.offset
  );
}

function inOrder(entries: readonly PlannedEntry[]): readonly PlannedEntry[] {
  const time = ({ at, due }: PlannedEntry): string | null => at ?? due;
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => {
      const [x, y] = [time(a.entry), time(b.entry)];
      if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0) || a.index - b.index;
      return compareInstants(x, y) || a.index - b.index;
    })
    .map(({ entry }) => entry);
}
