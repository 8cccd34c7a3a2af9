/** Rules about what was left out: skipped, called not applicable, not done. */
import { sayItem } from "../judgement/names.ts";
import { bySection, change, eachState, said } from "./results.ts";
import { count, having, type Rule } from "./rule.ts";

export const omissionRules: readonly Rule[] = [
  {
    id: "skipped",
    severity: "exception",
    serves: change,
    says: "An item was skipped. It never counts as passed.",
    find: (situation) =>
      eachState(having(situation, "skipped"), (state) => ({
        reason: `${sayItem(state.item)}: skipped${said(situation, state)}`,
        ...(state.item.optional && state.settled?.result.reason != null ? { severity: "note" as const } : {}),
      })),
  },
  {
    id: "skipped-or-na-without-reason",
    severity: "exception",
    serves: [...change, "21 CFR 11.10(e)"],
    says: "An item was skipped, or called not applicable, without a reason.",
    find: (situation) =>
      eachState(
        having(situation, "skipped", "not-applicable").filter(
          ({ settled }) => settled?.result.reason == null,
        ),
        (state) => ({
          reason: `${sayItem(state.item)}: ${state.status === "skipped" ? "skipped" : "called not applicable"} without a reason`,
        }),
      ),
  },
  {
    id: "not-applicable",
    severity: "note",
    serves: change,
    says: "An item was called not applicable, with a reason. It never counts as passed.",
    find: (situation) =>
      eachState(
        having(situation, "not-applicable").filter(({ settled }) => settled?.result.reason != null),
        (state) => ({ reason: `${sayItem(state.item)}: not applicable${said(situation, state)}` }),
      ),
  },
  {
    id: "not-done",
    severity: "note",
    serves: [],
    says: "Optional items were not done.",
    find: (situation) =>
      bySection(
        situation,
        having(situation, "not-done"),
        (size) => `${count(size, "optional item")} not done`,
      ),
  },
];
