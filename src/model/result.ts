/**
 * What was found, item by item, in normal form. Times are RFC 3339 with their offset as recorded;
 * people are ids, looked up in the run's `people`; `record` is the number of the record it came with, from 1.
 */
import type { resultStatuses } from "./result.schema.ts";

export type ResultStatus = (typeof resultStatuses)[number];

export interface Observation {
  readonly metric: string | null;
  /** Decimal text as written; null where there was no value. */
  readonly value: string | null;
  readonly unit: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly statistic: string | null;
  readonly samples: number | null;
  readonly source: string | null;
}

/** One look at an item, or one try. */
export interface Finding {
  /** Null: not recorded. */
  readonly status: ResultStatus | null;
  readonly by: string | null;
  readonly at: string | null;
  readonly enteredAt: string | null;
  readonly started: string | null;
  readonly reason: string | null;
  readonly method: "test" | "examine" | "interview" | null;
  readonly witness: string | null;
  readonly observed: readonly Observation[];
  /** Id of the capture -> text. */
  readonly captures: Readonly<Record<string, string>>;
  readonly evidence: readonly string[];
  readonly note: string | null;
}

export interface Waiver {
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

export interface RunResult extends Finding {
  readonly item: string;
  readonly record: number;
  readonly attempts: readonly Finding[];
  readonly waiver: Waiver | null;
}

export interface Evidence {
  readonly id: string;
  readonly record: number;
  /** The id where no name is given. */
  readonly name: string;
  readonly type: string | null;
  readonly bytes: number | null;
  /** `sha256:` and 64 hex digits. */
  readonly sha256: string | null;
  readonly at: string | null;
  readonly by: string | null;
  readonly file: string | null;
  readonly pair: "before" | "after" | null;
}
