/** What an item asks of whoever works through it. */
import type { Item } from "../checklist.ts";
import { statusesOf } from "../fitting.ts";
import type { Limit } from "../limit.ts";
import type { ResultStatus } from "../result.ts";

/** The words that one tap records, by the role of the section; none where nothing is recorded by a result. */
export function firstWords(item: Item): readonly (readonly [ResultStatus, string])[] {
  if (item.derived !== null || item.signs !== null || statusesOf[item.role].length === 0) return [];
  switch (item.role) {
    case "triggers":
      return [
        ["clear", "Not true"],
        ["fired", "True"],
      ];
    case "criteria":
    case "decision":
      return [
        ["met", "Met"],
        ["not-met", "Not met"],
      ];
    case "bands":
      return [["seen", "Seen"]];
    default:
      return [
        ["passed", "Pass"],
        ["failed", "Fail"],
      ];
  }
}

/** What is measured at an item: each metric once, with the unit of its first figure. */
export function metricsOf(item: Item): readonly Limit[] {
  const all = [...item.limits, ...item.targets, ...item.expected];
  return all.filter(({ metric }, index) => all.findIndex((other) => other.metric === metric) === index);
}
