/** The judge's rules, in the order in which a report prints what they find. A new rule is one function and one line here. */
import { figureRules } from "./rules/figures.ts";
import { pathRules } from "./rules/paths.ts";
import { peopleRules } from "./rules/people.ts";
import { resultRules } from "./rules/results.ts";
import type { Rule } from "./rules/rule.ts";
import { standingRules } from "./rules/standing.ts";
import { timeRules } from "./rules/timing.ts";

/** Changes whenever a rule is added or judges differently; kept with every judgement. */
export const rulesVersion = "1";

export const rules: readonly Rule[] = [
  ...resultRules,
  ...figureRules,
  ...pathRules,
  ...peopleRules,
  ...timeRules,
  ...standingRules,
];
