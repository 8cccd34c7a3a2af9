/**
 * Limits: reading them as people write them, and judging values against them, in exact decimal arithmetic.
 * `metric op value [unit] [for duration]`, `between a and b`, `about v ± t`, `<= 150 % of <baseline item>`.
 */
import { parseDuration } from "./duration.ts";
import type { Bound, Comparison, Limit } from "./limit.ts";
import { unitFault } from "./units.ts";

export type LimitParse = { readonly limit: Limit } | { readonly error: string };

const NUMBER = String.raw`[+-]?\d+(?:\.\d+)?`;
const UNIT = String.raw`(?:per\s+[A-Za-z]+|[^\s\d<>=!±,.][^\s<>=!±]*(?:\s+per\s+[A-Za-z]+)?)`;
const METRIC = /^([a-z][a-z0-9_]*)\s*(?=$|[\s<>=!≤≥≠])(.*)$/su;
const HELD = /^(.*?)\s+for\s+(.+)$/su;
const COMPARE = new RegExp(`^(==|!=|<=|>=|<|>)\\s*(${NUMBER})\\s*(${UNIT})?$`, "u");
const RELATIVE = new RegExp(`^(==|!=|<=|>=|<|>)\\s*(${NUMBER})\\s*%\\s+of\\s+(\\S+)$`, "u");
const BETWEEN = new RegExp(`^between\\s+(${NUMBER})\\s*(${UNIT})?\\s+and\\s+(${NUMBER})\\s*(${UNIT})?$`, "u");
const ABOUT = new RegExp(
  `^about\\s+(${NUMBER})\\s*(${UNIT})?\\s*(?:±|\\+/?-)\\s*(${NUMBER})\\s*(${UNIT})?$`,
  "u",
);
const ID = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;
const SHAPES = "'< 1 %', 'between 2 and 8 GB', 'about 250 ± 50 ms' or '<= 150 % of <item>'";

/** Reads one limit. Errors say what was expected and what came, and what to write; it never throws. */
export function parseLimit(source: string): LimitParse {
  const text = source.trim().replace(/\s+/g, " ");
  const named = METRIC.exec(text);
  if (!named) {
    const want = "a limit begins with its metric, lower case letters, digits and _, as in 'error_rate < 1 %'";
    return { error: `${want}; got '${source}'` };
  }
  const [metric, rest] = [named[1] ?? "", (named[2] ?? "").trim()];
  const held = HELD.exec(rest);
  const time = held ? parseHeld(held[2] ?? "") : { iso: null };
  if ("error" in time) return { error: `${time.error} in '${source}'` };
  const parsed = parseBound((held ? (held[1] ?? "") : rest).trim());
  if ("error" in parsed) return { error: `${parsed.error} in '${source}'` };
  const fault = parsed.unit === null ? null : unitFault(parsed.unit);
  if (fault) return { error: `${fault} in '${source}'` };
  return { limit: { text: source.trim(), metric, bound: parsed.bound, unit: parsed.unit, for: time.iso } };
}

type BoundParse = { readonly bound: Bound; readonly unit: string | null } | { readonly error: string };

function parseBound(written: string): BoundParse {
  const text = written.replace(/^≤/, "<=").replace(/^≥/, ">=").replace(/^≠/, "!=");
  const relative = RELATIVE.exec(text);
  if (relative) {
    const [, op, percent, baseline] = relative as unknown as [string, Comparison, string, string];
    if (!ID.test(baseline))
      return { error: `expected the id of the baseline item after 'of', got '${baseline}'` };
    return { bound: { type: "relative", op, percent, baseline }, unit: null };
  }
  const compare = COMPARE.exec(text);
  if (compare) {
    const [, op, value, unit] = compare as unknown as [string, Comparison, string, string | undefined];
    return { bound: { type: "compare", op, value }, unit: unitAs(unit) };
  }
  const pair = BETWEEN.exec(text) ?? ABOUT.exec(text);
  if (pair) return parsePair(pair as unknown as Pair);
  if (/^=(?!=)/.test(text)) return { error: "expected '==' for equality, got '='" };
  if (/\d,\d/.test(text))
    return { error: "expected a decimal point and no separators in numbers, got a comma" };
  if (text === "") return { error: `expected ${SHAPES} after the metric, got nothing` };
  return { error: `expected ${SHAPES} after the metric, got '${text}'` };
}

type Pair = readonly [string, string, string | undefined, string, string | undefined];

function parsePair([whole, first, firstUnit, second, secondUnit]: Pair): BoundParse {
  const [one, two] = [unitAs(firstUnit), unitAs(secondUnit)];
  if (one !== null && two !== null && one !== two) {
    return { error: `expected one unit for both figures, got '${one}' and '${two}'` };
  }
  const unit = two ?? one;
  if (whole.startsWith("about")) {
    if (second.startsWith("-"))
      return { error: `expected a tolerance that is not negative, got '${second}'` };
    return { bound: { type: "about", value: first, tolerance: second }, unit };
  }
  if (Number(first) > Number(second))
    return { error: `expected the lower figure first, got '${first}' and '${second}'` };
  return { bound: { type: "between", low: first, high: second }, unit };
}

/** `per day` is `/day`, `errors per day` is `errors/day`. */
function unitAs(written: string | undefined): string | null {
  return written === undefined ? null : written.replace(/\s*\bper\s+/, "/");
}

const TIMES: Readonly<Record<string, readonly [date: boolean, letter: string]>> = {
  week: [true, "W"],
  w: [true, "W"],
  day: [true, "D"],
  d: [true, "D"],
  hour: [false, "H"],
  h: [false, "H"],
  minute: [false, "M"],
  min: [false, "M"],
  second: [false, "S"],
  sec: [false, "S"],
  s: [false, "S"],
};

/** What stands after `for`: `5 min`, `2 h`, `1 h 30 min`, `PT5M`. */
function parseHeld(written: string): { readonly iso: string } | { readonly error: string } {
  const expected = "expected a duration such as '5 min', '2 h' or 'PT5M' after 'for'";
  if (parseDuration(written) && !/^[+-]/.test(written)) return { iso: written };
  const parts = [...written.matchAll(/(\d+)\s*([A-Za-z]+)\s*/gy)];
  const length = parts.reduce((sum, part) => sum + part[0].length, 0);
  if (parts.length === 0 || length !== written.length) return { error: `${expected}, got '${written}'` };
  let [date, time] = ["", ""];
  for (const [, count, unit] of parts as unknown as [string, string, string][]) {
    const name = unit.length > 1 ? unit.replace(/s$/, "") : unit;
    const known = Object.hasOwn(TIMES, name) ? TIMES[name] : undefined;
    if (!known)
      return { error: `${expected}, got '${written}'${unit === "m" ? ": write min for minutes" : ""}` };
    if (known[0]) date += `${count}${known[1]}`;
    else time += `${count}${known[1]}`;
  }
  const iso = `P${date}${time === "" ? "" : `T${time}`}`;
  return parseDuration(iso) ? { iso } : { error: `${expected}, largest unit first, got '${written}'` };
}
