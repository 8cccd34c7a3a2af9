/**
 * ISO 8601 durations (`PT15M`, `P7D`, `P1Y`, `-P1W`) and adding them to instants. Calendar parts are taken from
 * the date they are added to; only for comparing lengths a year counts as 365 days and a month as 30.
 */
import { atLocal, compareInstants, formatInstant, instantOf } from "./instant.ts";

/** A duration, taken apart; every part is zero or positive, the sign stands apart. */
export interface Duration {
  readonly sign: 1 | -1;
  readonly months: number;
  readonly days: number;
  /** Hours, minutes and seconds together. */
  readonly nanos: bigint;
}

const FORM =
  /^([+-]?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/;
const NANOS = 1_000_000_000n;

/** Reads an ISO 8601 duration with or without a sign; null if it is not one. */
export function parseDuration(text: string): Duration | null {
  const match = FORM.exec(text);
  if (!match) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const seconds = BigInt(part(6)) * 3600n + BigInt(part(7)) * 60n + BigInt(part(8));
  return {
    sign: match[1] === "-" ? -1 : 1,
    months: part(2) * 12 + part(3),
    days: part(4) * 7 + part(5),
    nanos: seconds * NANOS + BigInt((match[9] ?? "").padEnd(9, "0")),
  };
}

/** A duration that a schema has let through. Throws on anything else: that is a bug of ours. */
function durationOf(text: string): Duration {
  const duration = parseDuration(text);
  if (!duration) throw new TypeError(`not an ISO 8601 duration: '${text}'`);
  return duration;
}

/** Length in nanoseconds, with its sign; a year counts as 365 days, a month as 30. For comparing only. */
export function nanosOf(text: string): bigint {
  const { sign, months, days, nanos } = durationOf(text);
  const years = Math.floor(months / 12);
  return BigInt(sign) * (BigInt(years * 365 + (months % 12) * 30 + days) * 86_400n * NANOS + nanos);
}

/** Length in seconds, with its sign; a year counts as 365 days, a month as 30. For comparing and counting only. */
export function secondsOf(text: string): number {
  return Number(nanosOf(text)) / 1e9;
}

/**
 * The instant `duration` after `instant` (RFC 3339), at the same offset. Months and days move the local date
 * (the 31st becomes the last day of a shorter month), hours and below the moment.
 */
export function addDuration(instant: string, duration: string): string {
  const { sign, months, days, nanos } = durationOf(duration);
  return formatInstant(atLocal(instantOf(instant), sign * months, sign * days, BigInt(sign) * nanos));
}

/** Nanoseconds from one instant to another; negative if `to` is earlier. */
export function nanosBetween(from: string, to: string): bigint {
  return instantOf(to).nanos - instantOf(from).nanos;
}

/** Is there more than `duration` between the two instants? */
export function isLongerThan(from: string, to: string, duration: string): boolean {
  return compareInstants(to, addDuration(from, duration)) > 0;
}

/** Whole minutes from one instant to another, cut towards zero. */
export function minutesBetween(from: string, to: string): number {
  return Number(nanosBetween(from, to) / (60n * NANOS));
}

/** Whole minutes in words, as reports print them: "2 d 3 h 5 min", "45 min", "0 min". */
export function sayMinutes(minutes: number): string {
  const whole = Math.abs(minutes);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(whole / 1440), "d"],
    [Math.floor((whole % 1440) / 60), "h"],
    [whole % 60, "min"],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length === 0 ? "0 min" : said.join(" ");
}
