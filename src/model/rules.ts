/** The judge's rules, in the order in which a report prints what they find. A new rule is one function and one line here. */
import { decisionRules } from "./rules/decisions.ts";
import { dutyRules } from "./rules/duties.ts";
import { entryRules } from "./rules/entry.ts";
import { evidenceRules } from "./rules/evidence.ts";
import { figureRules } from "./rules/figures.ts";
import { omissionRules } from "./rules/omitted.ts";
import { orderRules } from "./rules/order.ts";
import { pathRules } from "./rules/paths.ts";
import { resultRules } from "./rules/results.ts";
import type { Rule } from "./rules/rule.ts";
import { signatureRules } from "./rules/signatures.ts";
import { standingRules } from "./rules/standing.ts";

/** Changes whenever a rule is added or judges differently; kept with every judgement. */
export const rulesVersion = "1";

export const rules: readonly Rule[] = [
  ...resultRules,
  ...omissionRules,
  ...figureRules,
  ...evidenceRules,
  ...decisionRules,
  ...pathRules,
  ...signatureRules,
  ...dutyRules,
  ...orderRules,
  ...entryRules,
  ...standingRules,
];
