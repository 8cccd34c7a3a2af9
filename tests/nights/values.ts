/** Values that somebody may have read off on a good night: inside their limits, in their units, with their digits. */
import type { Checklist, Item } from "../../src/model/checklist.ts";
import type { Limit } from "../../src/model/limit.ts";
import type { WrittenObservation } from "../../src/model/result.schema.ts";
import { judgeValue } from "../../src/model/verdict.ts";
import { type Dice, lengthOf, minute, written } from "./time.ts";

/** How far into what is allowed a good value usually lies, by metric: 0.2 of `< 1 %` is 0.2 %. */
const usual: Readonly<Record<string, number>> = {
  error_rate: 0.2,
  error_rate_before: 0.4,
  error_rate_day: 0.35,
  latency_p95: 0.7,
  latency_p99: 0.6,
  api_avg: 0.8,
  page_load: 0.85,
  memory_usage: 0.8,
  bundle_main: 0.85,
  bundle_size: 0.86,
  slowest_query: 0.75,
  db_connections: 0.6,
};

/** Units in which people read a fraction off, also below five. */
const fractional: ReadonlySet<string> = new Set(["s", "min", "h", "GB"]);

/** Decimal text that a limit allows. A relative limit gives nothing to go by: its baseline's value is repeated. */
export function goodValue({ metric, bound, unit }: Limit, dice: Dice): string {
  switch (bound.type) {
    case "between": {
      const [low, high] = [Number(bound.low), Number(bound.high)];
      return (low + (high - low) * dice.between(0.25, 0.7)).toFixed(places(bound.high));
    }
    case "about":
      return (Number(bound.value) + Number(bound.tolerance) * dice.between(-0.6, 0.6)).toFixed(
        places(bound.value),
      );
    case "relative":
      return "100";
    case "compare":
      return compared(bound.op, bound.value, usual[metric] ?? 0.6, unit ?? "", dice);
    default:
      return bound satisfies never;
  }
}

function compared(op: string, text: string, share: number, unit: string, dice: Dice): string {
  const value = Number(text);
  if (op === "==") return text;
  if (op === "!=") return String(value + 1);
  // Shares of a hundred have little room above, and are read to two places.
  const nearHundred = value >= 90 && value <= 100;
  if (op.startsWith("<")) {
    const figures = value <= 5 && fractional.has(unit) ? 1 : value < 2 ? places(text) + 2 : places(text);
    return (value * share * dice.between(0.8, 1.15)).toFixed(figures);
  }
  if (unit === "h") return (value + 0.1).toFixed(1);
  // Nothing is more than all of it.
  if (unit === "%" && !nearHundred)
    return (value + (100 - value) * dice.between(0.05, 0.3)).toFixed(places(text));
  const room = nearHundred ? (100 - value) * dice.between(0.4, 0.9) : value * dice.between(0.04, 0.35);
  return (value + room).toFixed(nearHundred ? 2 : places(text));
}

/** Digits after the point. */
function places(text: string): number {
  return /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
}

/** One observation for each metric that an item has figures for; a limit with `for` gets its interval. */
export function observedOf(
  item: Item,
  checklist: Checklist,
  at: number,
  offset: number,
  dice: Dice,
): readonly WrittenObservation[] {
  const figures = [...item.limits, ...item.targets, ...item.expected];
  if (item.role === "triggers" || item.role === "bands") return [];
  return [...new Set(figures.map(({ metric }) => metric))].map((metric): WrittenObservation => {
    const own = figures.filter((figure) => figure.metric === metric);
    const held = own.find((figure) => figure.for !== null)?.for ?? null;
    const query = checklist.metrics.find(({ id }) => id === metric)?.query;
    return {
      metric,
      ...settle(own, dice),
      ...(held === null ? {} : { from: written(at - lengthOf(held), offset) }),
      to: written(at, offset),
      ...(query ? { source: "Grafana" } : {}),
    };
  });
}

/** A value, with its unit, that holds every figure of its metric: tries until one does. */
function settle(figures: readonly Limit[], dice: Dice): { readonly value: string; readonly unit?: string } {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const figure = dice.pick(figures);
    const value = goodValue(figure, dice);
    const observed = { value, unit: figure.unit, from: null, to: null, samples: null };
    const holds = figures.every((one) => judgeValue({ ...one, for: null }, observed).verdict === "holds");
    if (holds) return { value, ...(figure.unit === null ? {} : { unit: figure.unit }) };
  }
  throw new RangeError(`no value holds ${figures.map(({ text }) => text).join(" and ")}`);
}

/** What somebody writes into the blanks of an item. */
export function captured(
  item: Item,
  words: Readonly<Record<string, string>>,
  at: number,
  offset: number,
): Record<string, string> {
  return Object.fromEntries(
    item.captures.map(({ id, type, label }): [string, string] => {
      const said = words[id];
      if (said !== undefined) return [id, said];
      if (type === "datetime") return [id, written(at - 4 * minute, offset)];
      if (type === "date") return [id, written(at, offset).slice(0, 10)];
      if (type === "location")
        return [
          id,
          `s3://backups.example.com/${item.id}/${written(at, 0).slice(0, 16).replaceAll(/[-:]/g, "")}Z`,
        ];
      if (type === "link") return [id, `https://wiki.example.com/releases/${id}`];
      if (type === "version") return [id, "1f4e2d9"];
      return [id, `${label}: as agreed`];
    }),
  );
}
