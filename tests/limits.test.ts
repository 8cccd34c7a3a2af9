import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Limit } from "../src/model/limit.ts";
import { parseLimit } from "../src/model/limits.ts";
import { factors, sameDimension } from "../src/model/units.ts";
import { type Baselines, judgeSeries, judgeValue, type Observed } from "../src/model/verdict.ts";
import { at } from "./build.ts";

function limit(text: string): Limit {
  const parsed = parseLimit(text);
  if ("error" in parsed) throw new Error(parsed.error);
  return parsed.limit;
}

function seen(value: string | null, unit: string | null = null, more: Partial<Observed> = {}): Observed {
  return { value, unit, from: null, to: null, samples: null, ...more };
}

const verdict = (text: string, observed: Observed, baselines: Baselines = {}): string =>
  judgeValue(limit(text), observed, baselines).verdict;

describe("reading limits", () => {
  it.each([
    ["error_rate < 1 %", { type: "compare", op: "<", value: "1" }, "%", null],
    ["error_rate<1%", { type: "compare", op: "<", value: "1" }, "%", null],
    ["error_rate < 1 % for 5 min", { type: "compare", op: "<", value: "1" }, "%", "PT5M"],
    ["latency_p95 <= 600ms", { type: "compare", op: "<=", value: "600" }, "ms", null],
    ["latency_p95 ≤ 600 ms for 2 h", { type: "compare", op: "<=", value: "600" }, "ms", "PT2H"],
    ["a != -0.5 for 1 h 30 min", { type: "compare", op: "!=", value: "-0.5" }, null, "PT1H30M"],
    ["replicas == 3 for PT15M", { type: "compare", op: "==", value: "3" }, null, "PT15M"],
    ["memory between 220 and 250 MB", { type: "between", low: "220", high: "250" }, "MB", null],
    ["memory between 220 MB and 250 MB", { type: "between", low: "220", high: "250" }, "MB", null],
    ["response about 250 ± 50 ms", { type: "about", value: "250", tolerance: "50" }, "ms", null],
    ["response about 250 +/- 50 ms", { type: "about", value: "250", tolerance: "50" }, "ms", null],
    [
      "p95 <= 150 % of baseline-p95",
      { type: "relative", op: "<=", percent: "150", baseline: "baseline-p95" },
      null,
      null,
    ],
    ["trips < 5 per day", { type: "compare", op: "<", value: "5" }, "/day", null],
    ["load >= 100 req/s for 10 minutes", { type: "compare", op: ">=", value: "100" }, "req/s", "PT10M"],
  ])("%s", (text, bound, unit, held) => {
    expect(parseLimit(text)).toEqual({
      limit: { text, metric: text.match(/^\w+/)?.[0], bound, unit, for: held },
    });
  });

  it.each([
    ["", /begins with its metric/],
    ["Error < 1 %", /begins with its metric/],
    ["error_rate", /got nothing/],
    ["error_rate under 1 %", /expected '< 1 %'/],
    ["error_rate = 1 %", /expected '=='/],
    ["error_rate < 1,5 %", /comma/],
    ["bundle < 100 KB", /write kB or KiB/],
    ["a between 5 and 3", /lower figure first/],
    ["a between 2 GB and 3 MB", /one unit/],
    ["a about 5 ± -1", /not negative/],
    ["a < 1 % for 5 m", /write min/],
    ["a < 1 % for a while", /duration such as/],
    ["a < 1 % for -PT5M", /duration such as/],
    ["a < 1 % for 5 min 1 h", /duration such as/],
    ["a <= 150 % of Base", /id of the baseline/],
  ])("refuses %j", (text, reason) => {
    const parsed = parseLimit(text);
    expect("error" in parsed ? parsed.error : "no error").toMatch(reason);
  });

  it("never throws, whatever is written", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseLimit(text);
        expect("error" in parsed ? parsed.error : parsed.limit.text).toBeTypeOf("string");
      }),
    );
  });
});

describe("judging values", () => {
  it.each([
    ["a < 1", "1", "breached"],
    ["a <= 1", "1.0", "holds"],
    ["a > 1", "1.0000000000000000000000001", "holds"],
    ["a == 0.3", "0.30000000000000000000001", "breached"],
    ["a != 0.3", "0.3", "breached"],
    ["a >= -2", "-2", "holds"],
    ["a between 2 and 8", "8", "holds"],
    ["a between 2 and 8", "8.01", "breached"],
    ["a about 250 ± 50", "300", "holds"],
    ["a about 250 ± 50", "199.99", "breached"],
    ["a < 1", "1e-3", "holds"],
  ])("%s with %s %s", (text, value, expected) => {
    expect(verdict(text, seen(value))).toBe(expected);
  });

  it.each([
    ["p < 500 ms", "0.2", "s", "holds"],
    ["p < 500 ms", "0.5", "s", "breached"],
    ["p < 500 ms", "499999", "µs", "holds"],
    ["p < 500 ms", "499999", "us", "holds"],
    ["d <= 1 h", "60", "min", "holds"],
    ["d < 1 min", "60", "seconds", "breached"],
    ["m <= 1 KiB", "1.024", "kB", "holds"],
    ["m <= 1 KiB", "1.0241", "kB", "breached"],
    ["m < 4 GB", "3900", "MB", "holds"],
    ["m <= 1 kB", "8000", "bit", "holds"],
    ["e < 1 %", "9.99", "‰", "holds"],
    ["e < 1 %", "10000", "ppm", "breached"],
    ["r <= 60 req/min", "1", "rps", "holds"],
    ["r < 60 req/min", "1", "req/s", "breached"],
    ["r < 1 MB/s", "59", "MB/min", "holds"],
    ["n < 3 errors", "2", "error", "holds"],
    ["p < 500 ms", "200", null, "holds"],
    ["p < 500 ms", "0.2 s", null, "holds"],
  ])("%s with %s %s %s", (text, value, unit, expected) => {
    expect(verdict(text, seen(value, unit))).toBe(expected);
  });

  it.each([
    ["a < 1", seen(null), /no value/],
    ["a < 1", seen("  "), /no value/],
    ["a < 1", seen("NaN"), /no decimal number/],
    ["a < 1", seen("Infinity"), /no decimal number/],
    ["a < 1", seen("ok"), /no decimal number/],
    ["a < 1 %", seen("0,4", "%"), /no decimal number/],
    ["a < 1 %", seen("0.4", "%", { samples: 0 }), /no samples/],
    ["a < 1 %", seen("0.4", "ms"), /does not compare/],
    ["a < 3", seen("2", "errors"), /no unit/],
    ["a < 1 KiB", seen("1", "KB"), /kB or KiB/],
    ["a < 30 °C", seen("80", "°F"), /common zero/],
    ["a <= 150 % of base", seen("3"), /not observed/],
  ])("cannot tell %s of %o", (text, observed, reason) => {
    const judged = judgeValue(limit(text), observed);
    expect(judged.verdict).toBe("inconclusive");
    expect(judged.reason).toMatch(reason);
  });

  it("compares with a baseline, exactly and across units", () => {
    const baselines = { base: { value: "0.2", unit: "s" } };
    expect(verdict("p <= 150 % of base", seen("300", "ms"), baselines)).toBe("holds");
    expect(verdict("p <= 150 % of base", seen("300.0000000000000000000000001", "ms"), baselines)).toBe(
      "breached",
    );
    expect(verdict("p <= 150 % of base", seen("1", "%"), baselines)).toBe("inconclusive");
    expect(verdict("p <= 150 % of base", seen("1", "s"), { base: { value: null, unit: "s" } })).toBe(
      "inconclusive",
    );
  });

  it("wants an interval for a limit that must hold for some time", () => {
    const text = "e < 1 % for 5 min";
    expect(verdict(text, seen("0.4"))).toBe("inconclusive");
    expect(verdict(text, seen("0.4", "%", { from: at("22:00"), to: at("22:04") }))).toBe("inconclusive");
    expect(verdict(text, seen("0.4", "%", { from: at("22:00"), to: at("22:05") }))).toBe("holds");
    expect(verdict(text, seen("2", "%"))).toBe("breached");
  });

  it("is the same whichever way the limit and the value are written", () => {
    const decimal = fc
      .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 0, max: 6 }))
      .map(([digits, places]) => (digits / 10 ** places).toFixed(places));
    fc.assert(
      fc.property(decimal, decimal, (value, bound) => {
        const less = verdict(`a < ${bound}`, seen(value)) === "holds";
        expect(verdict(`a >= ${bound}`, seen(value)) === "breached").toBe(less);
        expect(verdict(`a < ${bound} s`, seen(value, "s")) === "holds").toBe(less);
        expect(verdict(`a < ${bound} min`, seen(value, "min")) === "holds").toBe(less);
        const thousandfold = value.includes(".")
          ? value.replace(
              /^(-?)(\d*)\.(\d*)$/,
              (_, sign, whole, part) =>
                `${sign}${whole}${part.padEnd(3, "0").slice(0, 3)}.${part.slice(3) || "0"}`,
            )
          : `${value}000`;
        expect(verdict(`a < ${bound} s`, seen(thousandfold, "ms")) === "holds").toBe(less);
      }),
      { numRuns: 200 },
    );
  });
});

describe("judging series", () => {
  const readings = (...values: readonly (readonly [string, string])[]): readonly Observed[] =>
    values.map(([time, value]) => seen(value, "%", { to: at(time) }));

  it("counts the last reading, and says that an earlier one was in breach", () => {
    const text = limit("e < 1 %");
    expect(judgeSeries(text, readings(["22:00", "0.4"], ["22:15", "0.5"]))).toMatchObject({
      verdict: "holds",
      recovered: false,
    });
    expect(judgeSeries(text, readings(["22:15", "0.5"], ["22:00", "3"]))).toMatchObject({
      verdict: "holds",
      recovered: true,
    });
    expect(judgeSeries(text, readings(["22:00", "0.4"], ["22:15", "3"]))).toMatchObject({
      verdict: "breached",
      recovered: false,
    });
    expect(judgeSeries(text, [])).toMatchObject({ verdict: "inconclusive" });
  });

  it("spans readings that hold, from the last bad one on", () => {
    const text = limit("e < 1 % for 30 min");
    expect(judgeSeries(text, readings(["22:00", "0.4"], ["22:15", "0.5"], ["22:30", "0.6"])).verdict).toBe(
      "holds",
    );
    expect(
      judgeSeries(text, readings(["22:00", "0.4"], ["22:15", "5"], ["22:30", "0.6"], ["22:45", "0.6"]))
        .verdict,
    ).toBe("inconclusive");
    expect(judgeSeries(text, readings(["22:00", "0.4"], ["22:30", "5"])).verdict).toBe("breached");
  });
});

describe("units", () => {
  it.each([
    ["s", "ms", true],
    ["s", "%", false],
    ["kB", "MiB", true],
    ["req/s", "rpm", true],
    ["req/s", "MB/s", false],
    ["m", "s", false],
    ["constructor", "toString", false],
  ])("%s and %s compare: %s", (a, b, expected) => {
    expect(sameDimension(a, b)).toBe(expected);
    expect(factors(a, b) !== null).toBe(expected);
  });
});
