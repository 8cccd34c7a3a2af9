/** Local times of tools that write no offset. */
import { describe, expect, test } from "vitest";
import { zoneOf } from "../scripts/zone.ts";

const nowhere = zoneOf(undefined);
const lisbon = zoneOf("Europe/Lisbon");

describe("time zones", () => {
  test("a local time in summer and in winter, with an offset, and without anything", () => {
    expect(lisbon("2026-07-04T21:00:00.5")).toBe("2026-07-04T21:00:00.5+01:00");
    expect(lisbon("2026-01-04T21:00:00")).toBe("2026-01-04T21:00:00Z");
    expect(zoneOf("+05:30")("2026-01-04T21:00:00")).toBe("2026-01-04T21:00:00+05:30");
    expect(nowhere("2026-01-04T21:00:00")).toBeNull();
  });
  test("an hour that was skipped or that was twice is no time", () => {
    const berlin = zoneOf("Europe/Berlin");
    expect([berlin("2026-03-29T02:30:00"), berlin("2026-10-25T02:30:00")]).toEqual([null, null]);
    expect(berlin("2026-03-29T03:30:00")).toBe("2026-03-29T03:30:00+02:00");
  });
  test("a name that is no time zone is wrong usage", () => {
    expect(() => zoneOf("Mars/Olympus")).toThrow(/--timezone/);
  });
});
