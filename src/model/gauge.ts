/** A value beside its limit as a picture: parts of a scale from 0 to 1, for screen and paper. */
import type { Checklist } from "./checklist.ts";
import type { LimitReport } from "./itemreport.ts";
import type { Limit } from "./limit.ts";
import { outlineOf } from "./outline.ts";
import { sayLimit } from "./say.ts";

/** The allowed range and the value, each from 0 (the low end of the scale) to 1. */
export interface Gauge {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** Null where there is no picture to make: no number, another unit, a bound that is no range. */
export function gaugeOf(row: LimitReport, checklist: Checklist): Gauge | null {
  const limit = limitOf(row, checklist);
  const seen = numberIn(row.value, limit?.unit ?? null);
  const range = limit && rangeOf(limit);
  if (!range || seen === null) return null;
  const finite = [seen, range.low, range.high].filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(...finite) * 1.25 || 1;
  const part = (value: number): number => (Math.min(Math.max(value, low), high) - low) / (high - low);
  return { from: part(range.low), to: part(range.high), at: part(seen) };
}

function limitOf(row: LimitReport, checklist: Checklist): Limit | null {
  const item = outlineOf(checklist).item.get(row.item.id);
  const all = item ? [...item.limits, ...item.targets, ...item.expected] : [];
  return all.find((limit) => sayLimit(limit, checklist.metrics) === row.limit) ?? null;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf({ bound }: Limit): Range | null {
  switch (bound.type) {
    case "between":
      return { low: Number(bound.low), high: Number(bound.high) };
    case "about":
      return {
        low: Number(bound.value) - Number(bound.tolerance),
        high: Number(bound.value) + Number(bound.tolerance),
      };
    case "compare":
      if (bound.op === "<" || bound.op === "<=")
        return { low: Number.NEGATIVE_INFINITY, high: Number(bound.value) };
      if (bound.op === ">" || bound.op === ">=")
        return { low: Number(bound.value), high: Number.POSITIVE_INFINITY };
      return null;
    case "relative":
      return null;
    default:
      return bound satisfies never;
  }
}

/** The number of a value in the limit's own unit; null where the units differ: a picture must not convert. */
function numberIn(value: string | null, unit: string | null): number | null {
  const match = /^([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*)$/.exec(value ?? "");
  if (!match) return null;
  const own = match[2] ?? "";
  return own === "" || own === (unit ?? "") ? Number(match[1]) : null;
}
