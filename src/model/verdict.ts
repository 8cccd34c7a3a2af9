/**
 * Judging observed values against limits: exact, without rounding, and never guessing. What cannot be told
 * is `inconclusive`, which counts as passed nowhere. Browser code uses it too: no zod here.
 */
import { type Decimal, decimal } from "./decimal.ts";
import { nanosBetween, nanosOf } from "./duration.ts";
import { compareInstants } from "./instant.ts";
import type { Comparison, Limit } from "./limit.ts";
import { sayDuration } from "./say.ts";
import { factors, sameDimension, unitFault } from "./units.ts";

/** What a judgement needs of an observation. */
export interface Observed {
  readonly value: string | null;
  readonly unit: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly samples: number | null;
}

/** The value that a baseline item saw, by item id. */
export type Baselines = Readonly<Record<string, Pick<Observed, "value" | "unit">>>;

export interface Verdict {
  readonly verdict: "holds" | "breached" | "inconclusive";
  /** Why, in one clause; also for `holds`. */
  readonly reason: string;
}

/** A series judged: its last reading counts; `recovered` if an earlier one was in breach. */
export interface SeriesVerdict extends Verdict {
  readonly recovered: boolean;
}

const NUMBER = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*(\D.*)?$/s;

const inconclusive = (reason: string): Verdict => ({ verdict: "inconclusive", reason });

/** Judges one observation. A limit with `for` holds only if the observation's interval is long enough. */
export function judgeValue(limit: Limit, observed: Observed, baselines: Baselines = {}): Verdict {
  const verdict = judgeFigure(limit, observed, baselines);
  if (verdict.verdict !== "holds" || limit.for === null) return verdict;
  const long = `it must hold for ${sayDuration(limit.for)}`;
  if (observed.from === null || observed.to === null)
    return inconclusive(`${long}, but no interval is recorded`);
  if (nanosBetween(observed.from, observed.to) < nanosOf(limit.for)) {
    return inconclusive(`${long}, but the interval recorded is shorter`);
  }
  return verdict;
}

/**
 * Judges all that was observed of a limit's metric, by time. The last reading counts. A limit with `for` holds
 * if the readings that hold, up to the last, span long enough; an interval counts from its begin to its end.
 */
export function judgeSeries(
  limit: Limit,
  series: readonly Observed[],
  baselines: Baselines = {},
): SeriesVerdict {
  const readings = inTime(series).map((observed) => ({
    observed,
    verdict: judgeFigure(limit, observed, baselines),
  }));
  const last = readings.at(-1);
  if (!last) return { ...inconclusive("nothing was observed"), recovered: false };
  const breach = readings.findLastIndex(({ verdict }) => verdict.verdict === "breached");
  const recovered = last.verdict.verdict === "holds" && breach >= 0;
  if (last.verdict.verdict !== "holds" || limit.for === null) return { ...last.verdict, recovered };
  const good = readings.slice(readings.findLastIndex(({ verdict }) => verdict.verdict !== "holds") + 1);
  const from = good.map(({ observed }) => observed.from ?? observed.to).find((time) => time !== null) ?? null;
  const to = last.observed.to ?? last.observed.from;
  return {
    ...judgeValue(limit, { ...last.observed, from, to: from === null ? null : to }, baselines),
    recovered,
  };
}

/** Observations by the end of their interval; those without a time stay where they were recorded. */
export function inTime<T extends Observed>(series: readonly T[]): readonly T[] {
  return [...series].sort((a, b) => {
    const [x, y] = [a.to ?? a.from, b.to ?? b.from];
    return x === null || y === null ? 0 : compareInstants(x, y);
  });
}

function judgeFigure(limit: Limit, observed: Observed, baselines: Baselines): Verdict {
  const seen = figureOf(observed);
  if ("reason" in seen) return inconclusive(seen.reason);
  const base = limit.bound.type === "relative" ? baselineOf(limit.bound.baseline, baselines) : null;
  if (base && "reason" in base) return inconclusive(base.reason);
  const wanted = base ? base.unit : limit.unit;
  const scaled = scale(seen.unit, wanted);
  if ("reason" in scaled) return inconclusive(scaled.reason);
  const value = seen.value.mul(scaled.seen);
  const holds = compare(limit, value, (figure) => decimal(figure).mul(scaled.wanted), base?.value ?? null);
  const said = `${observed.value?.trim() ?? ""}${observed.unit !== null && observed.unit !== "" ? ` ${observed.unit}` : ""}`;
  return {
    verdict: holds ? "holds" : "breached",
    reason: `${said} ${holds ? "holds" : "breaches"} '${limit.text}'`,
  };
}

interface Figure {
  readonly value: Decimal;
  readonly unit: string | null;
}

function figureOf(
  observed: Pick<Observed, "value" | "unit"> & { readonly samples?: number | null },
): Figure | { readonly reason: string } {
  if (observed.samples === 0) return { reason: "no samples" };
  const text = observed.value?.trim() ?? "";
  if (text === "") return { reason: "no value" };
  const match = NUMBER.exec(text);
  const given = observed.unit === null || observed.unit.trim() === "" ? null : observed.unit.trim();
  const written = match?.[2]?.trim() ?? null;
  if (!match || (written !== null && given !== null && written !== given) || /^[.,\d]/.test(written ?? "")) {
    return { reason: `'${text}' is no decimal number` };
  }
  return { value: decimal(match[1] ?? ""), unit: given ?? written };
}

function baselineOf(item: string, baselines: Baselines): Figure | { readonly reason: string } {
  const observed = Object.hasOwn(baselines, item) ? baselines[item] : undefined;
  if (!observed) return { reason: `the baseline '${item}' was not observed` };
  const figure = figureOf(observed);
  return "reason" in figure ? { reason: `the baseline '${item}' has ${figure.reason}` } : figure;
}

interface Scale {
  readonly seen: Decimal;
  readonly wanted: Decimal;
}

function scale(seen: string | null, wanted: string | null): Scale | { readonly reason: string } {
  const fault = seen === null ? null : unitFault(seen);
  if (fault !== null) return { reason: fault };
  if (seen === null || seen === wanted) return { seen: decimal(1), wanted: decimal(1) };
  if (wanted === null) return { reason: `the limit has no unit, the value has '${seen}'` };
  if (!sameDimension(seen, wanted)) return { reason: `'${seen}' does not compare with '${wanted}'` };
  const found = factors(seen, wanted);
  if (!found)
    return { reason: `'${seen}' and '${wanted}' have no common zero: record the value in ${wanted}` };
  return { seen: found.a, wanted: found.b };
}

function compare(
  limit: Limit,
  value: Decimal,
  figure: (text: string) => Decimal,
  base: Decimal | null,
): boolean {
  const { bound } = limit;
  switch (bound.type) {
    case "compare":
      return holds(value, bound.op, figure(bound.value));
    case "between":
      return value.gte(figure(bound.low)) && value.lte(figure(bound.high));
    case "about":
      return value.sub(figure(bound.value)).abs().lte(figure(bound.tolerance));
    case "relative":
      // Both sides times 100, so that nothing is divided.
      return holds(value.mul(100), bound.op, figure(bound.percent).mul(base ?? 0));
    default:
      return bound satisfies never;
  }
}

function holds(value: Decimal, op: Comparison, figure: Decimal): boolean {
  switch (op) {
    case "==":
      return value.eq(figure);
    case "!=":
      return !value.eq(figure);
    case "<":
      return value.lt(figure);
    case "<=":
      return value.lte(figure);
    case ">":
      return value.gt(figure);
    case ">=":
      return value.gte(figure);
    default:
      return op satisfies never;
  }
}
