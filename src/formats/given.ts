/** A value that came from outside, looked at step by step; what has another type than it should is reported by its place. */
import { formatInstant, parseInstant } from "../model/instant.ts";
import { error, type ForeignProblem, type Zone } from "./foreign.ts";
import type { Path } from "./jsonplaces.ts";
import { parseStrictJson, pointerOf } from "./strictjson.ts";

/** Files of other tools may be longer than what people write. */
export const maxForeignBytes = 8 * 1024 * 1024;

/** Collects what is wrong while a file is read. */
export class Problems {
  readonly all: ForeignProblem[] = [];

  /** More are not collected: a hostile file could hold a million. The same is said once. */
  add(problem: ForeignProblem): void {
    const same = ({ rule, place, reason }: ForeignProblem): boolean =>
      rule === problem.rule && place === problem.place && reason === problem.reason;
    if (this.all.length < 200 && !this.all.some(same)) this.all.push(problem);
  }

  get refused(): boolean {
    return this.all.some(({ severity }) => severity === "error");
  }
}

export class Given {
  readonly value: unknown;
  readonly path: Path;
  readonly problems: Problems;

  constructor(value: unknown, path: Path, problems: Problems) {
    this.value = value;
    this.path = path;
    this.problems = problems;
  }

  get place(): string {
    return pointerOf(this.path);
  }

  /** Is nothing there? `null` is nothing. */
  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** What stands under a key; absent where this is no object. */
  get(key: string): Given {
    const object = isObject(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Given(object, [...this.path, key], this.problems);
  }

  /** Entries of an object, none where it is absent. */
  entries(): readonly (readonly [string, Given])[] {
    if (this.absent) return [];
    if (!isObject(this.value)) return this.#wrong("an object", []);
    return Object.keys(this.value).map((key) => [key, this.get(key)] as const);
  }

  /** Entries of a list, none where it is absent. */
  list(): readonly Given[] {
    if (this.absent) return [];
    if (!Array.isArray(this.value)) return this.#wrong("a list", []);
    return this.value.map((entry, index) => new Given(entry, [...this.path, index], this.problems));
  }

  /** Text, null where it is absent. */
  text(): string | null {
    if (this.absent) return null;
    return typeof this.value === "string" ? this.value : this.#wrong("text", null);
  }

  flag(): boolean | null {
    if (this.absent) return null;
    return typeof this.value === "boolean" ? this.value : this.#wrong("true or false", null);
  }

  /** A number as decimal text (numbers keep their digits when they are read), null where it is absent. */
  number(): string | null {
    if (this.absent) return null;
    if (typeof this.value === "number" && Number.isFinite(this.value)) return String(this.value);
    if (typeof this.value === "string" && DECIMAL.test(this.value)) return this.value;
    return this.#wrong("a number", null);
  }

  /** A time as RFC 3339 (fractions beyond nanoseconds are cut); one without an offset needs the zone. */
  time(zone: Zone): string | null {
    const text = this.text();
    // What Go writes where there is no time.
    if (text === null || text.startsWith("0001-01-01T00:00:00")) return null;
    return timeOf(text, zone, this.place, this.problems);
  }

  /** Milliseconds since 1970 as RFC 3339 in UTC. */
  millis(): string | null {
    const text = this.number();
    if (text === null) return null;
    const millis = Number(text);
    if (Number.isSafeInteger(millis)) {
      const time = formatInstant({ nanos: BigInt(millis) * 1_000_000n, offset: 0 });
      if (millis >= 0 && parseInstant(time)) return time;
    }
    return this.#wrong("milliseconds since 1970", null);
  }

  #wrong<T>(expected: string, instead: T): T {
    this.problems.add(error("wrong-type", this.place, `expected ${expected}, got ${sayType(this.value)}`));
    return instead;
  }
}

const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;
const NAIVE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?$/;
const ZONED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s?(Z|[+-]\d\d:?\d\d)$/i;

/** A time as tools write it, as RFC 3339. */
export function timeOf(text: string, zone: Zone, place: string, problems: Problems): string | null {
  const zoned = ZONED.exec(text.trim());
  const naive = zoned ? null : NAIVE.exec(text.trim());
  const [, date, clock = "", fraction = "", offset] = zoned ?? naive ?? [];
  const seconds = `${clock.length === 5 ? `${clock}:00` : clock}${fraction.slice(0, 10)}`;
  if (zoned) {
    const east = offset?.toUpperCase() === "Z" ? "Z" : (offset ?? "").replace(/^(...)(\d\d)$/, "$1:$2");
    const instant = parseInstant(`${date}T${seconds}${east}`);
    if (instant) return formatInstant(instant);
  } else if (naive && parseInstant(`${date}T${seconds}Z`)) {
    const time = zone(`${date}T${seconds}`);
    if (time !== null) return time;
    const reason = `the time '${text}' has no time zone, or was never on that zone's clocks`;
    problems.add(
      error("no-time-zone", place, reason, "say which with --timezone, such as Europe/Lisbon or +01:00"),
    );
    return null;
  }
  problems.add(
    error("wrong-time", place, `expected a time such as 2026-03-04T21:00:00Z, got '${text.slice(0, 60)}'`),
  );
  return null;
}

/** Reads JSON whose numbers keep their digits. Null where it cannot be read: the problems say why. */
export function givenJson(bytes: Uint8Array, file: string, problems: Problems): Given | null {
  const reading = parseStrictJson(bytes, { file, keepsDigits: () => true, most: maxForeignBytes });
  if ("document" in reading) return new Given(reading.document.value, [], problems);
  for (const { rule, line, column, reason, hint } of reading.faults)
    problems.add(error(rule, line === 0 ? "" : `line ${line}, column ${column}`, reason, hint));
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sayType(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `${typeof value === "string" ? "the text" : "the value"} '${String(value).slice(0, 60)}'`;
}
