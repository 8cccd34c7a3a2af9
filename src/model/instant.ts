/**
 * Instants and ISO 8601 durations in integer arithmetic, without a clock and without a time zone database.
 * An instant is RFC 3339 text with an offset; calendar parts (years, months, days) are added to its local
 * date at its own offset, hours and below to the moment.
 */

/** An RFC 3339 instant, taken apart. */
export interface Instant {
  /** Nanoseconds since 1970-01-01T00:00:00Z. */
  readonly nanos: bigint;
  /** Minutes east of UTC, as written. */
  readonly offset: number;
}

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const DAY = 1440n * MINUTE;

/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar (Howard Hinnant's `days_from_civil`). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a number of days since 1970-01-01: year, month (1 to 12), day. */
function civilFromDays(days: number): readonly [number, number, number] {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1];
}

function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  return next - daysFromCivil(year, month, 1);
}

/** Instants that were read before: a run names the same few hundred times over and over. Bounded. */
const known = new Map<string, Instant | null>();
const remembered = 4096;

/** Years in which something can be recorded: far enough from the ends of four digits for any duration to be added. */
const years = /^(?:19[7-9]|[2-8]\d\d)\d/;

/**
 * Reads an RFC 3339 instant with seconds and an offset, from 1970 to 8999; null if it is not one (`2026-02-30`, no
 * offset).
 */
export function parseInstant(text: string): Instant | null {
  return years.test(text) ? reckoned(text) : null;
}

/** Also of years that durations lead to. */
function reckoned(text: string): Instant | null {
  const before = known.get(text);
  if (before !== undefined) return before;
  const instant = readInstant(text);
  if (known.size >= remembered) known.clear();
  known.set(text, instant);
  return instant;
}

function readInstant(text: string): Instant | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [oh, om] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  const leap = second === 60 && minute === 59;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || (second > 59 && !leap) || oh > 23 || om > 59) return null;
  const offset = (match[8] === "-" ? -1 : 1) * (oh * 60 + om);
  const local =
    BigInt(daysFromCivil(year, month, day)) * DAY +
    BigInt(hour * 60 + minute) * MINUTE +
    BigInt(second) * SECOND;
  const fraction = BigInt((match[7] ?? "").padEnd(9, "0"));
  return { nanos: local + fraction - BigInt(offset) * MINUTE, offset };
}

/** An instant that the schema has let through. Throws on anything else: that is a bug of ours. */
export function instantOf(text: string): Instant {
  const instant = reckoned(text);
  if (!instant) throw new TypeError(`not an RFC 3339 instant: '${text}'`);
  return instant;
}

/** Orders two RFC 3339 texts by the moment they mean: negative, zero or positive. */
export function compareInstants(a: string, b: string): number {
  const [x, y] = [instantOf(a).nanos, instantOf(b).nanos];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The earliest of some instants, null for none. */
export function earliest(times: readonly (string | null | undefined)[]): string | null {
  return pick(times, (order) => order < 0);
}

/** The latest of some instants, null for none. */
export function latest(times: readonly (string | null | undefined)[]): string | null {
  return pick(times, (order) => order > 0);
}

function pick(
  times: readonly (string | null | undefined)[],
  better: (order: number) => boolean,
): string | null {
  let best: string | null = null;
  for (const time of times) {
    if (time != null && (best === null || better(compareInstants(time, best)))) best = time;
  }
  return best;
}

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

interface Parts {
  readonly date: string;
  readonly time: string;
  readonly seconds: string;
  readonly offset: string;
}

function partsOf(instant: Instant): Parts {
  // Whole seconds fit into a number for any year of four digits.
  const seconds = Number(floorDiv(instant.nanos, SECOND)) + instant.offset * 60;
  const days = Math.floor(seconds / 86_400);
  const [year, month, day] = civilFromDays(days);
  const rest = seconds - days * 86_400;
  const nanos = ((instant.nanos % SECOND) + SECOND) % SECOND;
  const fraction = nanos === 0n ? "" : `.${String(nanos).padStart(9, "0").replace(/0+$/, "")}`;
  const east = Math.abs(instant.offset);
  return {
    date: `${pad(year, 4)}-${pad(month)}-${pad(day)}`,
    time: `${pad(Math.floor(rest / 3600))}:${pad(Math.floor(rest / 60) % 60)}`,
    seconds: pad(rest % 60) + fraction,
    offset: `${instant.offset < 0 ? "-" : "+"}${pad(Math.floor(east / 60))}:${pad(east % 60)}`,
  };
}

/** Writes an instant as RFC 3339 at its own offset; UTC is `Z`. */
export function formatInstant(instant: Instant): string {
  const { date, time, seconds, offset } = partsOf(instant);
  return `${date}T${time}:${seconds}${instant.offset === 0 ? "Z" : offset}`;
}

/** For people, at the offset as written: `2026-03-04 22:00 +01:00`. */
export function showLocal(text: string): string {
  const { date, time, offset } = partsOf(instantOf(text));
  return `${date} ${time} ${offset}`;
}

/** For people, in UTC: `2026-03-04 21:00 UTC`. */
export function showUtc(text: string): string {
  const { date, time } = partsOf({ nanos: instantOf(text).nanos, offset: 0 });
  return `${date} ${time} UTC`;
}

/** The day in UTC, `2026-03-04`. */
export function utcDay(text: string): string {
  return partsOf({ nanos: instantOf(text).nanos, offset: 0 }).date;
}

/** Makes an instant at a local date and time of day. Months beyond 12 or below 1 carry; days are cut to the month. */
export function atLocal(local: Instant, months: number, days: number, nanos: bigint): Instant {
  const own = local.nanos + BigInt(local.offset) * MINUTE;
  const day = floorDiv(own, DAY);
  const [year, month, dayOfMonth] = civilFromDays(Number(day));
  const index = year * 12 + (month - 1) + months;
  const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const moved = daysFromCivil(y, m, Math.min(dayOfMonth, daysInMonth(y, m))) + days;
  return {
    nanos: BigInt(moved) * DAY + (own - day * DAY) - BigInt(local.offset) * MINUTE + nanos,
    offset: local.offset,
  };
}
