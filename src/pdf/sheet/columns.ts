/** The grid of item rows: which boxes a role has, and where everything stands. */
import type { SectionRole } from "../../model/checklist.ts";

/** A box to tick. `key` is the last part of the field's name; `says` completes "3.2.1 Backup: …". */
export interface Tick {
  readonly key: string;
  readonly head: string;
  readonly says: string;
}

const CHECKED: readonly Tick[] = [
  { key: "pass", head: "Pass", says: "passed" },
  { key: "fail", head: "Fail", says: "failed" },
  { key: "na", head: "N/A", says: "not applicable" },
];
const TRIGGER: readonly Tick[] = [
  { key: "fired", head: "True", says: "true" },
  { key: "clear", head: "Not true", says: "looked at, not true" },
];
const STATED: readonly Tick[] = [
  { key: "met", head: "True", says: "true" },
  { key: "not-met", head: "Not true", says: "not true" },
];
const MET: readonly Tick[] = [
  { key: "met", head: "Met", says: "met" },
  { key: "not-met", head: "Not met", says: "not met" },
];
const BAND: readonly Tick[] = [{ key: "seen", head: "Mark one", says: "this is the band" }];

/** The boxes of a row by the role of its section. What `ingest` reads back has the same keys. */
export const TICKS: Readonly<Record<SectionRole, readonly Tick[]>> = {
  checks: CHECKED,
  contingency: CHECKED,
  "follow-up": CHECKED,
  contacts: CHECKED,
  templates: CHECKED,
  review: CHECKED,
  reference: CHECKED,
  triggers: TRIGGER,
  decision: STATED,
  criteria: MET,
  bands: BAND,
};

/** Left edges in points, from the left margin; `text` ends where `asks` or `initials` begins. */
export interface Columns {
  readonly boxes: number;
  readonly text: number;
  /** What a row asks to be written down: a label, then the cell at `seen`. */
  readonly asks: number;
  /** "Write what you see" begins here: it ends where the cells do. */
  readonly asked: number;
  readonly seen: number;
  /** Equal to `time` where initials are given once a section. */
  readonly initials: number;
  readonly time: number;
  readonly right: number;
}

/** Width of the column of numbers. */
export const NUMBER = 38;
const BOXES = 66;
const ASKS = 104;
const SEEN = 58;
const ASKED = 80;
const INITIALS = 36;
const TIME = 42;

export function columnsFor(width: number, initials: "row" | "section"): Columns {
  const time = width - TIME;
  const start = initials === "row" ? time - INITIALS : time;
  return {
    boxes: NUMBER,
    text: NUMBER + BOXES,
    asks: start - SEEN - ASKS,
    asked: start - ASKED,
    seen: start - SEEN,
    initials: start,
    time,
    right: width,
  };
}

/** The middle of each box of a row. */
export function tickCentres(columns: Columns, ticks: readonly Tick[]): number[] {
  const step = (BOXES - 6) / ticks.length;
  return ticks.map((_, i) => columns.boxes + step * (i + 0.5));
}
