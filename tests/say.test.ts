import { expect, test } from "vitest";
import type { Limit } from "../src/model/limit.ts";
import { sayBound, sayCondition, sayDuration, sayLimit, sayOffset } from "../src/model/say.ts";

test.each([
  ["PT15M", "15 min"],
  ["P1DT12H", "1 d 12 h"],
  ["P7D", "7 d"],
  ["P1Y", "1 year"],
  ["P2W", "2 weeks"],
  ["PT0.5S", "0.5 s"],
  ["PT0M", "0 min"],
  ["soon", "soon"],
])("the duration %s is said as %s", (written, said) => {
  expect(sayDuration(written)).toBe(said);
});

test.each([
  ["-P7D", "target", "T−7 d"],
  ["P0D", "target", "T"],
  ["+PT1H", "target", "T+1 h"],
  ["PT24H", "live", "live +24 h"],
  ["P0D", "rollback", "rollback"],
] as const)("the offset %s from %s is said as %s", (offset, anchor, said) => {
  expect(sayOffset(offset, anchor)).toBe(said);
});

const limit = (bound: Limit["bound"], rest: Partial<Limit> = {}): Limit => ({
  text: "",
  metric: "error_rate",
  bound,
  unit: "%",
  for: null,
  ...rest,
});

test("limits are said with their signs, units and times", () => {
  expect(sayBound(limit({ type: "compare", op: "<=", value: "1" }, { for: "PT5M" }))).toBe("≤ 1 % for 5 min");
  expect(sayBound(limit({ type: "between", low: "2", high: "8" }, { unit: "GB" }))).toBe(
    "between 2 and 8 GB",
  );
  expect(sayBound(limit({ type: "about", value: "50", tolerance: "5" }, { unit: null }))).toBe("50 ± 5");
  expect(sayBound(limit({ type: "relative", op: "<=", percent: "150", baseline: "old-errors" }))).toBe(
    "≤ 150 % of old-errors",
  );
  const metrics = [{ id: "error_rate", label: "Error rate", unit: "%", better: null, query: null }];
  expect(sayLimit(limit({ type: "compare", op: "<", value: "1" }), metrics)).toBe("Error rate < 1 %");
});

test("conditions are said in words", () => {
  expect(sayCondition({ type: "is", name: "platform", value: "vercel", equal: true })).toBe(
    "platform is vercel",
  );
  expect(
    sayCondition({
      type: "and",
      of: [
        { type: "not", of: { type: "true", name: "sms" } },
        {
          type: "or",
          of: [
            { type: "is", name: "decision", value: "rollback", equal: true },
            { type: "is", name: "decision.go", value: "go", equal: false },
          ],
        },
      ],
    }),
  ).toBe("sms is no and (the decision is rollback or the decision in go is not go)");
});
