/** Local times of tools that write no offset, in the time zone that somebody names. */
import type { Zone } from "../src/formats/foreign.ts";
import { formatInstant, instantOf, parseInstant } from "../src/model/instant.ts";
import { UsageError } from "./command.ts";

/** The option by which a zone is named, the same for every command that reads local times. */
export const zoneOption = {
  type: "string",
  value: "ZONE",
  summary: "of times without one, such as Europe/Lisbon or +01:00",
} as const;

/** Without a name no local time is anything. Throws UsageError for a name that is no time zone. */
export function zoneOf(name: string | undefined): Zone {
  if (name === undefined) return () => null;
  if (/^(?:Z|[+-]\d\d:\d\d)$/.test(name) && parseInstant(`2000-01-01T00:00:00${name}`))
    return (local) => `${local}${name}`;
  const clock = clockOf(name);
  return (local) => localTime(local, clock);
}

type Clock = (millis: number) => string;

/** What the clocks of a zone show at a moment: `2026-03-04T22:00:00`. */
function clockOf(name: string): Clock {
  const pattern = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  const format = makeFormat(name, { ...pattern, hourCycle: "h23", calendar: "gregory", timeZone: name });
  return (millis) => {
    const parts = Object.fromEntries(format.formatToParts(millis).map(({ type, value }) => [type, value]));
    return `${parts.year?.padStart(4, "0")}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
  };
}

function makeFormat(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en", options);
  } catch {
    throw new UsageError(`--timezone is a time zone such as Europe/Lisbon, UTC or +01:00, not "${name}"`);
  }
}

/** Null for an hour that the clocks leave out, or that they show twice: then an offset has to be said. */
function localTime(local: string, clock: Clock): string | null {
  const whole = local.slice(0, 19);
  const asUtc = Date.parse(`${whole}Z`);
  const hour = 3_600_000;
  const offsets = new Set(
    [-26, 0, 26].map((hours) => Date.parse(`${clock(asUtc + hours * hour)}Z`) - (asUtc + hours * hour)),
  );
  const fitting = [...offsets].filter((offset) => clock(asUtc - offset) === whole);
  const [offset] = fitting;
  if (offset === undefined || fitting.length > 1) return null;
  return formatInstant({
    nanos: instantOf(`${local}Z`).nanos - BigInt(offset) * 1_000_000n,
    offset: offset / 60_000,
  });
}
