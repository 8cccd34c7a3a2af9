/**
 * What a file of another tool says, before it is bound to a checklist: results by the names that the tool gives,
 * values by the metrics that it names, and what is wrong with the file. Nothing here knows a checklist.
 */
import type { WrittenObservation, WrittenResult } from "../model/result.schema.ts";

/** What a tool can say of one check; `inconclusive` where it ran and told nothing, or nothing is known. */
export type ForeignStatus = "passed" | "failed" | "skipped" | "inconclusive";

/** One try of a check. */
export interface ForeignTry {
  readonly status: ForeignStatus;
  /** RFC 3339. */
  readonly started: string | null;
  readonly at: string | null;
  /** What the tool says about it. */
  readonly reason: string | null;
}

export interface ForeignResult extends ForeignTry {
  /** The name as messages show it. */
  readonly name: string;
  /** Every exact name that it may be bound by; the first is `name`. */
  readonly names: readonly string[];
  /** Item that the file itself names; null where it names none. */
  readonly item: string | null;
  /** Earlier tries, oldest first. */
  readonly attempts: readonly ForeignTry[];
  /** Commit that was looked at; null where the tool does not say. */
  readonly commit: string | null;
}

/** Values of one metric of a tool, oldest first. */
export interface ForeignValues {
  /** The metric as the tool names it: `http_req_duration.p(95)`. */
  readonly name: string;
  /** Every exact name that it may be bound by; the first is `name`. */
  readonly names: readonly string[];
  readonly observed: readonly WrittenObservation[];
}

/** A result that this software wrote into the file itself: it names its item. */
export type OwnResult = WrittenResult;

/** What is wrong with a file of another tool. An error refuses the file; a warning is listed. */
export interface ForeignProblem {
  readonly severity: "error" | "warning";
  /** Name of the rule, such as `wrong-type`. */
  readonly rule: string;
  /** Where: a JSON pointer, a line, a name. */
  readonly place: string;
  readonly reason: string;
  readonly hint: string | null;
}

export interface ForeignReading {
  readonly results: readonly ForeignResult[];
  readonly values: readonly ForeignValues[];
  readonly own: readonly OwnResult[];
  readonly problems: readonly ForeignProblem[];
}

/** Turns a time without an offset (`2026-03-04T21:00:00`) into RFC 3339; null where nobody said the time zone, or it was never then. */
export type Zone = (local: string) => string | null;

/** A reading with nothing but what is wrong. */
export function refusedReading(problems: readonly ForeignProblem[]): ForeignReading {
  return { results: [], values: [], own: [], problems };
}

export function error(
  rule: string,
  place: string,
  reason: string,
  hint: string | null = null,
): ForeignProblem {
  return { severity: "error", rule, place, reason, hint };
}

export function warning(
  rule: string,
  place: string,
  reason: string,
  hint: string | null = null,
): ForeignProblem {
  return { severity: "warning", rule, place, reason, hint };
}

const WORST: readonly ForeignStatus[] = ["failed", "inconclusive", "skipped", "passed"];

/** The worst of some statuses: passed only where all are. Nothing at all is inconclusive. */
export function worstOf(statuses: readonly ForeignStatus[]): ForeignStatus {
  return WORST.find((status) => statuses.includes(status)) ?? "inconclusive";
}

/** Text for a reason or a note: one paragraph, cut, null where nothing is said. */
export function said(text: string | null | undefined): string | null {
  const line = (text ?? "").replace(/\s+/g, " ").trim();
  if (line === "") return null;
  return line.length > 500 ? `${line.slice(0, 499).toWellFormed()}…` : line;
}
