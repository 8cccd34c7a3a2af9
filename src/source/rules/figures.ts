/** Rules about limits and their metrics. */
import type { Limit } from "../../model/limit.ts";
import { nearest } from "../../model/nearest.ts";
import { outlineOf } from "../../model/outline.ts";
import { sameDimension, unitFault } from "../../model/units.ts";
import { declaredAt } from "./declared.ts";
import type { Checked, Finding } from "./rule.ts";

/** A limit's unit and its metric's are of one dimension, and each means one thing. */
export function limitUnits({ checklist, text }: Checked): readonly Finding[] {
  const metrics = new Map(checklist.metrics.map((metric) => [metric.id, metric]));
  const check = (line: number, limit: Limit): readonly Finding[] => {
    const metric = metrics.get(limit.metric);
    if (!metric && checklist.metrics.length > 0) {
      const guess = nearest(limit.metric, [...metrics.keys()]);
      return [
        {
          rule: "limit-units",
          severity: "warning",
          line,
          reason: `the limit '${limit.text}' is about '${limit.metric}', and 'metrics' has no such id`,
          ...(guess ? { hint: `did you mean '${guess}'?` } : {}),
        },
      ];
    }
    if (
      !metric?.unit ||
      !limit.unit ||
      limit.bound.type === "relative" ||
      sameDimension(metric.unit, limit.unit)
    )
      return [];
    return [
      {
        rule: "limit-units",
        severity: "error",
        line,
        reason: `the limit '${limit.text}' is in ${limit.unit}, and the metric '${metric.id}' is in ${metric.unit}: the two cannot be compared`,
      },
    ];
  };
  const faults = checklist.metrics.flatMap(({ id, unit }): readonly Finding[] => {
    const fault = unit === null ? null : unitFault(unit);
    return fault === null
      ? []
      : [
          {
            rule: "limit-units",
            severity: "error",
            ...declaredAt(text, id),
            reason: `the unit of the metric '${id}': ${fault}`,
          },
        ];
  });
  const figures = outlineOf(checklist).items.flatMap(({ line, limits, targets, expected }) =>
    [...limits, ...targets, ...expected].flatMap((limit) => check(line, limit)),
  );
  return [...faults, ...figures];
}

const SPREAD = /(?<![a-z])(?:rate|p\d{2}|percentile|latency|average|avg)(?![a-z])/i;
const INTERVAL =
  /\[\d+[smhd]\]|\b\d+[- ]?(?:s|sec(?:onds?)?|min(?:utes?)?|h|hours?|days?)\b|\b(?:hourly|daily|per (?:minute|hour|day))\b|\b(?:over|during|throughout|first|last|full|whole) (?:the|an?|one|load|minute|hour|day|week)\b/i;

/** A rate or a percentile is taken over an interval: the limit, its text, its section or its metric says which. */
export function missingInterval({ checklist }: Checked): readonly Finding[] {
  const metrics = new Map(checklist.metrics.map((metric) => [metric.id, metric]));
  const { items, section } = outlineOf(checklist);
  const told = new Set<string>();
  return items.flatMap(({ line, text, limits, repeat, dwell, section: at }) =>
    limits.flatMap((limit): readonly Finding[] => {
      const metric = metrics.get(limit.metric);
      if (!metric || !SPREAD.test(`${metric.id} ${metric.label}`) || told.has(metric.id)) return [];
      const words = [text, section.get(at)?.text, metric.label, metric.query].join(" ");
      if (limit.for !== null || repeat !== null || dwell !== null || INTERVAL.test(words)) return [];
      told.add(metric.id);
      const reason = `over which interval is '${metric.id}' taken? Neither the limit nor the metric says it`;
      const hint = `write "${limit.text} for 5 min", or name the window in the metric's label`;
      return [{ rule: "missing-interval", severity: "info", line, reason, hint }];
    }),
  );
}
