/** Values beside the limits, targets and usual ranges of an item. */
import type { Item } from "../checklist.ts";
import type { Limit } from "../limit.ts";
import type { Observation } from "../result.ts";
import { type Baselines, inTime, judgeSeries, type SeriesVerdict } from "../verdict.ts";

export interface JudgedLimit {
  readonly kind: "limit" | "target" | "expected";
  readonly limit: Limit;
  /** What was observed of its metric, by time: the last one counts. */
  readonly observed: readonly Observation[];
  /** Null: nothing was observed. */
  readonly verdict: SeriesVerdict | null;
}

/** Judges everything an item has figures for. */
export function judgeItem(
  item: Item,
  observed: readonly Observation[],
  baselines: Baselines,
): readonly JudgedLimit[] {
  const kinds = [
    ["limit", item.limits],
    ["target", item.targets],
    ["expected", item.expected],
  ] as const;
  const metrics = new Set(kinds.flatMap(([, limits]) => limits.map(({ metric }) => metric)));
  return kinds.flatMap(([kind, limits]) =>
    limits.map((limit): JudgedLimit => {
      const bound = inTime(
        observed.filter(({ metric }) => metric === limit.metric || (metric === null && metrics.size === 1)),
      );
      return {
        kind,
        limit,
        observed: bound,
        verdict: bound.length === 0 ? null : judgeSeries(limit, bound, baselines),
      };
    }),
  );
}

/** Values that belong to none of the item's figures. */
export function looseValues(item: Item, observed: readonly Observation[]): readonly Observation[] {
  const metrics = new Set([...item.limits, ...item.targets, ...item.expected].map(({ metric }) => metric));
  return observed.filter(({ metric }) => (metric === null ? metrics.size !== 1 : !metrics.has(metric)));
}

/** The worst that can be said of an item's limits: targets and usual ranges never count. */
export function worstVerdict(judged: readonly JudgedLimit[]): "breached" | "inconclusive" | null {
  const verdicts = judged.filter(({ kind }) => kind === "limit").map(({ verdict }) => verdict?.verdict);
  if (verdicts.includes("breached")) return "breached";
  return verdicts.includes("inconclusive") ? "inconclusive" : null;
}
