/** Limits as ranges of one metric: do two overlap, what lies between them? Exact, in the unit of the first. */
import { type Decimal, decimal } from "./decimal.ts";
import type { Limit } from "./limit.ts";
import { factors } from "./units.ts";

/** An end of a range; `null` is unbounded. `open`: the figure itself is outside. */
export interface End {
  readonly value: Decimal | null;
  readonly open: boolean;
}

export interface Range {
  readonly low: End;
  readonly high: End;
}

const UNBOUNDED: End = { value: null, open: true };

/** The values that a limit lets pass, in `unit`; null where that is no range (`!=`, relative) or the units do not compare. */
export function rangeOf(limit: Limit, unit: string | null): Range | null {
  const scale = scaleTo(limit.unit, unit);
  if (scale === null) return null;
  const at = (value: string | Decimal): Decimal =>
    (typeof value === "string" ? decimal(value) : value).mul(scale);
  const { bound } = limit;
  if (bound.type === "between") return closed(at(bound.low), at(bound.high));
  if (bound.type === "about") {
    const value = decimal(bound.value);
    return closed(at(value.minus(decimal(bound.tolerance))), at(value.plus(decimal(bound.tolerance))));
  }
  if (bound.type === "relative" || bound.op === "!=") return null;
  const value = at(bound.value);
  if (bound.op === "==") return closed(value, value);
  const end = { value, open: bound.op === "<" || bound.op === ">" };
  return bound.op.startsWith("<") ? { low: UNBOUNDED, high: end } : { low: end, high: UNBOUNDED };
}

function closed(low: Decimal, high: Decimal): Range {
  return { low: { value: low, open: false }, high: { value: high, open: false } };
}

function scaleTo(from: string | null, to: string | null): Decimal | null {
  if (from === null || to === null || from === to) return decimal(1);
  const known = factors(from, to);
  return known ? known.a.div(known.b) : null;
}

/** Both ends that several limits on one metric leave, as one range. */
export function intersect(ranges: readonly Range[]): Range {
  return ranges.reduce(
    (a, b) => ({
      low: later(a.low, b.low) > 0 ? a.low : b.low,
      high: earlier(a.high, b.high) < 0 ? a.high : b.high,
    }),
    { low: UNBOUNDED, high: UNBOUNDED },
  );
}

/** Orders lower ends: unbounded first, then by value, a closed end before an open one. */
function later(a: End, b: End): number {
  if (a.value === null || b.value === null) return Number(a.value !== null) - Number(b.value !== null);
  return a.value.cmp(b.value) || Number(a.open) - Number(b.open);
}

/** Orders upper ends: unbounded last, then by value, an open end before a closed one. */
function earlier(a: End, b: End): number {
  if (a.value === null || b.value === null) return Number(b.value !== null) - Number(a.value !== null);
  return a.value.cmp(b.value) || Number(b.open) - Number(a.open);
}

/** How a range lies to the next one above it: they overlap, they touch, or a gap is between them. */
export function neighbours(below: Range, above: Range): "overlap" | "touch" | "gap" {
  const [high, low] = [below.high, above.low];
  if (high.value === null || low.value === null) return "overlap";
  const order = high.value.cmp(low.value);
  if (order !== 0) return order > 0 ? "overlap" : "gap";
  return high.open && low.open ? "gap" : "touch";
}

/** Sorts ranges from the lowest up. */
export function byLow(a: Range, b: Range): number {
  return later(a.low, b.low) || earlier(a.high, b.high);
}

/** Does `outer` hold every value of `inner`? */
export function contains(outer: Range, inner: Range): boolean {
  return later(outer.low, inner.low) <= 0 && earlier(outer.high, inner.high) >= 0;
}
