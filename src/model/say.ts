/** How figures, times and conditions are said in words: the same on paper, on screen and in reports. */
import type { Metric, Timing } from "./checklist.ts";
import type { Condition } from "./condition.ts";
import type { Comparison, Limit } from "./limit.ts";
import { english, type Words } from "./words.ts";

const UNITS = [
  ["year", "years"],
  ["month", "months"],
  ["week", "weeks"],
  ["d", "d"],
  ["h", "h"],
  ["min", "min"],
  ["s", "s"],
] as const;
const DURATION =
  /^[+-]?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** `PT15M` as "15 min", `P1DT12H` as "1 d 12 h"; a sign is left out; what is no ISO 8601 duration comes back as it is. */
export function sayDuration(duration: string, words: Words = english): string {
  const match = DURATION.exec(duration);
  if (!match) return duration;
  const parts = UNITS.flatMap(([one, many], index) => {
    const count = match[index + 1];
    return count === undefined || Number(count) === 0
      ? []
      : [`${count} ${words(Number(count) === 1 ? one : many)}`];
  });
  return parts.length === 0 ? "0 min" : parts.join(" ");
}

const ANCHORS = { target: "T", start: "start", live: "live", rollback: "rollback" } as const;

/** `-P7D` from target as "T−7 d", `P0D` as "T", `+PT1H` from live as "live +1 h". */
export function sayOffset(offset: string, anchor: Timing["anchor"]): string {
  const name = ANCHORS[anchor];
  const size = sayDuration(offset);
  if (size === "0 min") return name;
  return `${name}${anchor === "target" ? "" : " "}${offset.startsWith("-") ? "−" : "+"}${size}`;
}

const COMPARISONS: Readonly<Record<Comparison, string>> = {
  "==": "=",
  "!=": "≠",
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
};

/** The bound alone: "< 1 % for 5 min", "between 2 and 8 GB", "≤ 150 % of baseline-errors". */
export function sayBound(limit: Limit, words: Words = english): string {
  const unit = limit.unit === null || limit.unit === "" ? "" : ` ${limit.unit}`;
  const held =
    limit.for === null ? "" : words(" for {duration}", { duration: sayDuration(limit.for, words) });
  const { bound } = limit;
  switch (bound.type) {
    case "compare":
      return `${COMPARISONS[bound.op]} ${bound.value}${unit}${held}`;
    case "between":
      return `${words("between {low} and {high}", { low: bound.low, high: bound.high })}${unit}${held}`;
    case "about":
      return `${bound.value} ± ${bound.tolerance}${unit}${held}`;
    case "relative":
      return `${COMPARISONS[bound.op]} ${words("{percent} % of {baseline}", { percent: bound.percent, baseline: bound.baseline })}${held}`;
    default:
      return bound satisfies never;
  }
}

/** The label of a metric, or its id where the checklist names none. */
export function sayMetric(id: string, metrics: readonly Metric[]): string {
  return metrics.find((metric) => metric.id === id)?.label ?? id;
}

/** "Error rate < 1 % for 5 min". */
export function sayLimit(limit: Limit, metrics: readonly Metric[]): string {
  return `${sayMetric(limit.metric, metrics)} ${sayBound(limit)}`;
}

/** "platform is vercel and not database-change". */
export function sayCondition(condition: Condition, words: Words = english): string {
  switch (condition.type) {
    case "is": {
      const says = { name: sayName(condition.name, words), value: condition.value };
      return condition.equal ? words("{name} is {value}", says) : words("{name} is not {value}", says);
    }
    case "true":
      return words("{name} is yes", { name: sayName(condition.name, words) });
    case "not":
      return condition.of.type === "true"
        ? words("{name} is no", { name: sayName(condition.of.name, words) })
        : words("not ({condition})", { condition: sayCondition(condition.of, words) });
    case "and":
    case "or":
      return condition.of
        .map((part) => {
          const said = sayCondition(part, words);
          return part.type === "and" || part.type === "or" ? `(${said})` : said;
        })
        .join(` ${words(condition.type)} `);
    default:
      return condition satisfies never;
  }
}

function sayName(name: string, words: Words): string {
  if (name === "decision") return words("the decision");
  if (!name.startsWith("decision.")) return name;
  return words("the decision in {section}", { section: name.slice("decision.".length) });
}
