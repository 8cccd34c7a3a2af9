/** What a rule of the judge found, and the names and times that every part of a report is printed with. */
import type { Severity } from "./site.schema.ts";

/** A time three ways, so that nobody has to convert one. */
export interface Moment {
  /** RFC 3339 as recorded. */
  readonly at: string;
  /** `2026-03-04 22:00 +01:00`: as recorded. */
  readonly local: string;
  /** `2026-03-04 21:00 UTC`. */
  readonly utc: string;
}

export interface PersonName {
  readonly id: string;
  readonly name: string;
  /** Role in the run, as claimed. */
  readonly role: string | null;
  readonly identity: "claimed" | "verified";
}

/** Names of items, for lists: `3.2.1 Error rate below 1 %`. */
export interface ItemName {
  readonly id: string;
  readonly number: string;
  readonly text: string;
}

export interface DispositionReport {
  readonly by: PersonName;
  readonly at: Moment;
  readonly accepted: string | null;
  readonly action: string | null;
}

/** What a rule found. */
export interface Fact {
  readonly rule: string;
  readonly severity: Severity;
  /** What the rule serves: "SOC 2 CC8.1". */
  readonly serves: readonly string[];
  /** One sentence: what, who, when, which figures. */
  readonly reason: string;
  readonly items: readonly ItemName[];
  readonly people: readonly PersonName[];
  readonly times: readonly Moment[];
  readonly figures: readonly string[];
  readonly disposition: DispositionReport | null;
}

/** What a reviewer has to look at, worst first. */
const weighing: readonly Severity[] = ["blocker", "gap", "exception"];

/** "1 blocker, 2 gaps": facts by how much they weigh; notes do not count. Empty where there is nothing to look at. */
export function sayWeights(facts: readonly Pick<Fact, "severity">[]): string {
  return weighing
    .flatMap((severity) => {
      const size = facts.filter((fact) => fact.severity === severity).length;
      return size === 0 ? [] : [`${size} ${severity}${size === 1 ? "" : "s"}`];
    })
    .join(", ");
}
