/** Times as people write them on a sheet: a clock time beside a date at the head of a section, all with one offset. */
import { formatInstant, instantOf, parseInstant } from "../model/instant.ts";
import type { Zone } from "./foreign.ts";

/** `22:15`, `22.15`, `2215`, `03-04 22:15`, `2026-03-04 22:15`, with seconds or without; or RFC 3339. */
const WRITTEN =
  /^(?:(?:(\d{4})-)?(\d{1,2})-(\d{1,2})[T ]\s*)?(\d{1,2})(?:[:.h]\s?(\d{2})(?:[:.](\d{2}))?|(\d{2}))$/;

const HALF_DAY = 43_200_000_000_000n;
const DAY = 2n * HALF_DAY;

/** `+01:00` for what stands under "UTC offset": `+1`, `UTC+01:00`, `Z`, `UTC`; null for anything else. */
export function offsetOf(written: string): string | null {
  const plain = written.replace(/\s/g, "").toUpperCase();
  if (/^(?:Z|UTC|GMT|UTC[±+-]?0+(?::?00)?)$/.test(plain)) return "Z";
  const [, sign, hours = "", minutes = "00"] =
    /^(?:UTC|GMT)?([+−-])(\d{1,2})(?::?(\d{2}))?$/.exec(plain) ?? [];
  if (sign === undefined) return null;
  const offset = `${sign === "+" ? "+" : "-"}${hours.padStart(2, "0")}:${minutes}`;
  return parseInstant(`2000-01-01T00:00:00${offset}`) === null ? null : offset;
}

/** The moment that is written, RFC 3339; null where it says no time, or nobody said its day or its offset. */
export type Clock = (written: string, near: string | null) => string | null;

/**
 * @param zone for times without an offset
 * `near` is a moment close to the one that is written: the begin of the section. A time without a date is on the day
 * that brings it closest, so that a night may cross midnight.
 */
export function clockFor(zone: Zone): Clock {
  return (written, near) => {
    const text = written.trim();
    if (parseInstant(text) !== null) return text;
    const [, year, month, day, hour = "", minute, second = "00", packed] = WRITTEN.exec(text) ?? [];
    if (hour === "") return null;
    const time = `${hour.padStart(2, "0")}:${minute ?? packed ?? "00"}:${second}`;
    const at = (date: string): string | null => {
      const moment = zone(`${date}T${time}`);
      return moment !== null && parseInstant(moment) !== null ? moment : null;
    };
    const two = (part: string | undefined): string => (part ?? "").padStart(2, "0");
    if (year !== undefined) return at(`${year}-${two(month)}-${two(day)}`);
    if (near === null) return null;
    if (month !== undefined)
      return closest(
        [-1, 0, 1].map((add) => at(`${Number(near.slice(0, 4)) + add}-${two(month)}-${two(day)}`)),
        near,
      );
    return closest(
      [-1n, 0n, 1n].map((add) => at(dayAfter(near, add))),
      near,
    );
  };
}

/** The local day of a moment, so many days later. */
function dayAfter(near: string, days: bigint): string {
  const { nanos, offset } = instantOf(near);
  return formatInstant({ nanos: nanos + days * DAY, offset }).slice(0, 10);
}

function closest(moments: readonly (string | null)[], near: string): string | null {
  const from = instantOf(near).nanos;
  const far = (moment: string): bigint => {
    const gap = instantOf(moment).nanos - from;
    return gap < 0n ? -gap : gap;
  };
  return moments
    .flatMap((moment) => (moment === null ? [] : [moment]))
    .reduce<string | null>((best, one) => (best === null || far(one) < far(best) ? one : best), null);
}
