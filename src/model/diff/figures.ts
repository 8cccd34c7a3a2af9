/** Limits compared: which is which, and whether a change asks for more or for less. Exact, in any unit of one dimension. */

import type { Figure } from "../checklist.ts";
import { type Decimal, decimal, ONE } from "../decimal.ts";
import { nanosOf } from "../duration.ts";
import type { Limit } from "../limit.ts";
import { contains, type End, type Range } from "../range.ts";
import { factors } from "../units.ts";
import type { Demand, Direction, FigureChange } from "./change.ts";
import { isSame } from "./sequence.ts";

/** Are the figures judged, or only shown? */
export type Weight = "judged" | "shown";

/** What changed between two lists of figures; those that are in both are left out. */
export function figuresBetween(
  a: readonly Figure[],
  b: readonly Figure[],
  weight: Weight,
): readonly FigureChange[] {
  const [left, right] = [[...a], [...b]];
  const changes: FigureChange[] = [];
  const take = (fits: (from: Figure, to: Figure) => boolean): void => {
    for (const to of [...right]) {
      const from = left.find((one) => fits(one, to));
      if (!from) continue;
      left.splice(left.indexOf(from), 1);
      right.splice(right.indexOf(to), 1);
      if (!isSame(from, to))
        changes.push({ change: "changed", from, to, direction: directionOf(from, to, weight) });
    }
  };
  take(isSame);
  take((from, to) => metricOf(from) === metricOf(to) && shapeOf(from) === shapeOf(to));
  take((from, to) => from.limit !== null && metricOf(from) === metricOf(to));
  return [
    ...changes.sort((x, y) => place(b, x) - place(b, y)),
    ...right.map((to): FigureChange => ({ change: "added", from: null, to, direction: null })),
    ...left.map((from): FigureChange => ({ change: "removed", from, to: null, direction: null })),
  ];
}

function place(figures: readonly Figure[], { to }: FigureChange): number {
  return to === null ? figures.length : figures.indexOf(to);
}

function metricOf({ limit, text }: Figure): string {
  return limit?.metric ?? text;
}

/** `<` and `<=` bound the same side. */
function shapeOf({ limit }: Figure): string {
  if (limit === null) return "";
  const { bound } = limit;
  return "op" in bound ? `${bound.type} ${bound.op.charAt(0)}` : bound.type;
}

export function limitFigure(limit: Limit): Figure {
  return { text: limit.text, limit };
}

type Relation = "same" | "narrower" | "wider" | "shifted" | "unknown";

const DIRECTIONS: Readonly<Record<Weight, Readonly<Record<Relation, Direction>>>> = {
  judged: { same: "same", narrower: "tightened", wider: "loosened", shifted: "shifted", unknown: "unknown" },
  shown: { same: "same", narrower: "narrowed", wider: "widened", shifted: "shifted", unknown: "unknown" },
};

/** Which way a figure went, by the values that pass and by how long they have to hold. */
export function directionOf(from: Figure, to: Figure, weight: Weight): Direction {
  if (from.limit === null || to.limit === null || from.limit.metric !== to.limit.metric) return "unknown";
  const values = valuesThatPass(from.limit, to.limit);
  return DIRECTIONS[weight][both(values, timeToHold(from.limit.for, to.limit.for))];
}

function both(a: Relation, b: Relation): Relation {
  if (a === "same") return b;
  return b === "same" || a === b ? a : a === "unknown" ? a : "shifted";
}

/** Holding for longer lets less pass; without a time a single reading is enough. */
function timeToHold(from: string | null, to: string | null): Relation {
  const [before, after] = [from, to].map((time) => (time === null ? 0n : nanosOf(time))) as [bigint, bigint];
  return before === after ? "same" : after > before ? "narrower" : "wider";
}

function valuesThatPass(from: Limit, to: Limit): Relation {
  const scales = from.bound.type === "relative" ? relativeScales(from, to) : scalesOf(from, to);
  if (!scales) return "unknown";
  const before = rangesOf(from).map((range) => scaled(range, scales.a));
  const after = rangesOf(to).map((range) => scaled(range, scales.b));
  const [narrower, wider] = [within(after, before), within(before, after)];
  return narrower ? (wider ? "same" : "narrower") : wider ? "wider" : "shifted";
}

const UNBOUNDED: End = { value: null, open: true };

/** What each side's figures are multiplied with so that they compare; null where they do not. */
function scalesOf(from: Limit, to: Limit): { readonly a: Decimal; readonly b: Decimal } | null {
  if (to.bound.type === "relative") return null;
  if (from.unit === to.unit) return { a: ONE, b: ONE };
  return from.unit === null || to.unit === null ? null : factors(from.unit, to.unit);
}

/** Shares of one baseline compare; of two they do not, nor a share with a figure. */
function relativeScales(from: Limit, to: Limit): { readonly a: Decimal; readonly b: Decimal } | null {
  const known =
    from.bound.type === "relative" &&
    to.bound.type === "relative" &&
    from.bound.baseline === to.bound.baseline;
  return known ? { a: ONE, b: ONE } : null;
}

/** The values that pass, as ranges that do not touch; of a share of a baseline the shares. */
function rangesOf({ bound }: Limit): readonly Range[] {
  if (bound.type === "between") return [closed(decimal(bound.low), decimal(bound.high))];
  if (bound.type === "about") {
    const middle = decimal(bound.value);
    return [closed(middle.minus(decimal(bound.tolerance)), middle.plus(decimal(bound.tolerance)))];
  }
  const value = decimal(bound.type === "relative" ? bound.percent : bound.value);
  const [until, from] = [
    (open: boolean): Range => ({ low: UNBOUNDED, high: { value, open } }),
    (open: boolean): Range => ({ low: { value, open }, high: UNBOUNDED }),
  ];
  switch (bound.op) {
    case "==":
      return [closed(value, value)];
    case "!=":
      return [until(true), from(true)];
    case "<":
    case "<=":
      return [until(bound.op === "<")];
    case ">":
    case ">=":
      return [from(bound.op === ">")];
    default:
      return bound.op satisfies never;
  }
}

function closed(low: Decimal, high: Decimal): Range {
  return { low: { value: low, open: false }, high: { value: high, open: false } };
}

function scaled({ low, high }: Range, scale: Decimal): Range {
  const times = (end: End): End => ({ ...end, value: end.value?.mul(scale) ?? null });
  return { low: times(low), high: times(high) };
}

function within(inner: readonly Range[], outer: readonly Range[]): boolean {
  return inner.every((one) => outer.some((other) => contains(other, one)));
}

/** A limit more is stricter, a limit less is looser; nothing that is only shown asks for anything. */
export function demandOfFigures(figures: readonly FigureChange[], weight: Weight): Demand | null {
  if (weight === "shown") return null;
  const demands = figures.flatMap(({ change, direction }): readonly Demand[] => {
    if (change === "added" || direction === "tightened") return ["stricter"];
    if (change === "removed" || direction === "loosened") return ["looser"];
    return direction === "shifted" ? ["mixed"] : [];
  });
  return sumOfDemands(demands);
}

export function sumOfDemands(demands: readonly (Demand | null)[]): Demand | null {
  const known = [...new Set(demands.filter((demand) => demand !== null))];
  return known.length > 1 ? "mixed" : (known[0] ?? null);
}
