import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDuration,
  minutesBetween,
  nanosOf,
  parseDuration,
  sayMinutes,
  secondsOf,
} from "../src/model/duration.ts";
import {
  compareInstants,
  formatInstant,
  instantOf,
  parseInstant,
  showLocal,
  showUtc,
  utcDay,
} from "../src/model/instant.ts";

describe("instants", () => {
  it.each([
    "2026-03-04T22:00:00Z",
    "2026-03-04T22:00:00.5Z",
    "2026-03-04T22:00:00+01:00",
    "2024-02-29T00:00:00-12:00",
    "1969-12-31T23:59:59.999999999Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ])("reads and writes %s", (text) => {
    expect(formatInstant(instantOf(text))).toBe(text);
  });

  it.each([
    "",
    "2026-03-04",
    "2026-03-04T22:00:00",
    "2026-03-04T22:00Z",
    "2026-03-04 22:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-03-04T24:00:00Z",
    "2026-03-04T22:60:00Z",
    "2026-03-04T22:00:60Z",
    "2026-03-04T22:00:00+24:00",
    "2026-03-04T22:00:00+0100",
    "2026-03-04T22:00:00.1234567890Z",
    "٢٠٢٦-03-04T22:00:00Z",
  ])("refuses %j", (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it("takes a leap second for the first of the next minute", () => {
    expect(compareInstants("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")).toBe(0);
  });

  it("compares moments, not texts", () => {
    expect(compareInstants("2026-03-04T23:00:00+01:00", "2026-03-04T22:00:00Z")).toBe(0);
    expect(compareInstants("2026-03-04T23:00:00+02:00", "2026-03-04T22:00:00Z")).toBeLessThan(0);
  });

  it("agrees with the platform on every date", () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date("0001-01-01T00:00:00Z"),
          max: new Date("9999-12-31T23:59:59Z"),
          noInvalidDate: true,
        }),
        (date) => {
          const text = date.toISOString();
          expect(instantOf(text).nanos).toBe(BigInt(date.getTime()) * 1_000_000n);
          expect(formatInstant(instantOf(text))).toBe(text.replace(/\.?0+Z$/, "Z"));
          expect(utcDay(text)).toBe(text.slice(0, 10));
        },
      ),
    );
  });

  it("is shown as recorded and in UTC", () => {
    expect(showLocal("2026-03-04T23:30:59-05:30")).toBe("2026-03-04 23:30 -05:30");
    expect(showUtc("2026-03-04T23:30:59-05:30")).toBe("2026-03-05 05:00 UTC");
  });
});

describe("durations", () => {
  it.each([
    ["PT15M", 900],
    ["-P7D", -604_800],
    ["+PT1H30M", 5400],
    ["P1W", 604_800],
    ["PT0.5S", 0.5],
    ["P1Y", 365 * 86_400],
    ["P14M", (365 + 60) * 86_400],
  ])("%s are %d seconds", (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each(["", "P", "PT", "P1", "15 min", "P-1D", "PT1.5H", "P1DT", "PT1M1H"])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeNull();
    expect(() => nanosOf(text)).toThrow(TypeError);
  });

  it.each([
    ["2026-03-04T22:00:00+01:00", "-P7D", "2026-02-25T22:00:00+01:00"],
    ["2026-03-04T22:00:00Z", "+PT24H", "2026-03-05T22:00:00Z"],
    ["2024-01-31T10:00:00Z", "P1M", "2024-02-29T10:00:00Z"],
    ["2024-02-29T10:00:00Z", "P1Y", "2025-02-28T10:00:00Z"],
    ["2024-03-31T10:00:00Z", "-P1M", "2024-02-29T10:00:00Z"],
    ["2025-12-31T23:00:00-05:00", "P1DT2H", "2026-01-02T01:00:00-05:00"],
    ["2026-03-04T22:00:00Z", "P0D", "2026-03-04T22:00:00Z"],
  ])("%s and %s is %s", (from, duration, to) => {
    expect(addDuration(from, duration)).toBe(to);
  });

  it("are counted and said in whole minutes", () => {
    expect(minutesBetween("2026-03-04T22:00:00Z", "2026-03-04T22:44:59Z")).toBe(44);
    expect(minutesBetween("2026-03-04T22:00:00Z", "2026-03-04T23:00:00+02:00")).toBe(-60);
    expect([0, 45, 60, 1505, -5].map(sayMinutes)).toEqual([
      "0 min",
      "45 min",
      "1 h",
      "1 d 1 h 5 min",
      "5 min",
    ]);
  });
});
