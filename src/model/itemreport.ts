/** An item and a section as a report prints them: statuses, counts, values beside their limits. */
import type { SectionRole, Stage } from "./checklist.ts";
import type { ItemName, Moment, PersonName } from "./fact.ts";
import type { ResultStatus } from "./result.ts";

/** What an item counts as: every item that is not derived is exactly one of these. */
export const itemStatuses = [
  "passed",
  "met",
  "clear",
  "seen",
  "not-seen",
  "carried",
  "fired",
  "failed",
  "not-met",
  "inconclusive",
  "blocked",
  "skipped",
  "not-applicable",
  "not-recorded",
  "not-due",
  "not-selected",
  "not-needed",
  "not-reached",
  "not-done",
] as const;

export type ItemStatus = (typeof itemStatuses)[number];

/** How a status is printed. */
export const statusWords: Readonly<Record<ItemStatus, string>> = {
  passed: "passed",
  met: "met",
  clear: "clear",
  seen: "seen",
  "not-seen": "not seen",
  carried: "carried",
  fired: "fired",
  failed: "failed",
  "not-met": "not met",
  inconclusive: "inconclusive",
  blocked: "blocked",
  skipped: "skipped",
  "not-applicable": "not applicable",
  "not-recorded": "not recorded",
  "not-due": "not due",
  "not-selected": "not selected",
  "not-needed": "not needed",
  "not-reached": "not reached",
  "not-done": "not done (optional)",
};

export interface Counts {
  /** All items that are not derived; the sum of all statuses. */
  readonly total: number;
  /** Items that had to be done as of the record: all but carried, not due, not selected, not needed, not reached and not done. */
  readonly due: number;
  /** Of those, items that are as they should be: passed, met, clear, seen; a no-go criterion that is not met. */
  readonly passed: number;
  /** Statuses that occur, in the order of `itemStatuses`; none is 0. `good` of them are as they should be. */
  readonly byStatus: readonly {
    readonly status: ItemStatus;
    readonly count: number;
    readonly good: number;
  }[];
}

/** A value beside what it has to hold. */
export interface LimitReport {
  /** What the figure is for the item: a limit fails, a target and a usual range never do. */
  readonly kind: "limit" | "target" | "expected";
  readonly item: ItemName;
  /** The limit in words: `Error rate < 1 % for 5 min`. */
  readonly limit: string;
  /** Value and unit as recorded; null where nothing was observed. */
  readonly value: string | null;
  readonly from: Moment | null;
  readonly to: Moment | null;
  readonly statistic: string | null;
  readonly samples: number | null;
  readonly source: string | null;
  readonly verdict: "holds" | "breached" | "inconclusive" | "not observed";
  /** Why, where the verdict is not `holds`. */
  readonly reason: string | null;
}

/** A value that is bound to no limit. */
export interface LooseValue {
  readonly metric: string | null;
  readonly value: string;
  readonly from: Moment | null;
  readonly to: Moment | null;
  readonly source: string | null;
}

/** One look, one try or one reading. */
export interface LookReport {
  readonly record: number;
  readonly status: ResultStatus | null;
  readonly by: PersonName | null;
  readonly at: Moment | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly values: readonly LooseValue[];
}

export interface ItemReport extends ItemName {
  readonly section: string;
  readonly role: SectionRole;
  readonly stage: Stage | null;
  readonly status: ItemStatus;
  /** Is the item as it should be? A criterion for no-go is, when it is not met. */
  readonly good: boolean;
  /** The status follows from other items: it is not counted. */
  readonly derived: boolean;
  /** What the record claims, where the judgement differs: passed, though the limit is breached. */
  readonly claimed: ResultStatus | null;
  /** Why it has this status where no result says so: "the path was not invoked". */
  readonly because: string | null;
  readonly record: number | null;
  readonly by: PersonName | null;
  readonly at: Moment | null;
  readonly started: Moment | null;
  readonly enteredAt: Moment | null;
  readonly due: Moment | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly method: "test" | "examine" | "interview" | null;
  readonly witness: PersonName | null;
  readonly limits: readonly LimitReport[];
  readonly values: readonly LooseValue[];
  readonly captures: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: string | null;
  }[];
  /** Ids into `evidence` of the report. */
  readonly evidence: readonly string[];
  readonly waiver: {
    readonly reason: string;
    readonly by: PersonName;
    readonly at: Moment;
    readonly valid: boolean;
  } | null;
  /** Earlier tries, oldest first. */
  readonly attempts: readonly LookReport[];
  /** Readings of a repeated item, oldest first, and how many were expected. */
  readonly readings: readonly LookReport[];
  readonly expectedReadings: number | null;
  /** Others who recorded the same. */
  readonly observers: readonly LookReport[];
  /** The signature that does the item, for items with `signs`. */
  readonly signedBy: PersonName | null;
  /** Places (from 0) of the facts in `exceptions` and `notes` that name this item, worst first. */
  readonly facts: readonly { readonly list: "exceptions" | "notes"; readonly index: number }[];
}

export interface SectionReport {
  readonly id: string;
  readonly number: string;
  readonly text: string;
  readonly depth: number;
  readonly parent: string | null;
  readonly role: SectionRole;
  readonly stage: Stage | null;
  readonly start: Moment | null;
  readonly end: Moment | null;
  readonly plannedStart: Moment | null;
  /** ISO 8601. */
  readonly plannedDuration: string | null;
  /** Whole minutes from start to end. */
  readonly tookMinutes: number | null;
  readonly overMinutes: number | null;
  /** Its own items and those of the sections inside it. */
  readonly counts: Counts;
  /** Ids of its own items, in document order. */
  readonly items: readonly string[];
}
