/** What an observed value must hold. Values are decimal text and are compared exactly. */

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

export type Bound =
  | { readonly type: "compare"; readonly op: Comparison; readonly value: string }
  | { readonly type: "between"; readonly low: string; readonly high: string }
  | { readonly type: "about"; readonly value: string; readonly tolerance: string }
  /** `<= 150 % of <baseline item>`. */
  | {
      readonly type: "relative";
      readonly op: Comparison;
      readonly percent: string;
      readonly baseline: string;
    };

export interface Limit {
  /** As written. */
  readonly text: string;
  readonly metric: string;
  readonly bound: Bound;
  readonly unit: string | null;
  /** ISO 8601: the limit must hold for this long, so an observation needs an interval or a series. */
  readonly for: string | null;
}
