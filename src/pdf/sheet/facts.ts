/** What the author demands of an item or a section beyond its text, as one line of small print. */
import type { Item, Section, Timing } from "../../model/checklist.ts";
import type { Condition } from "../../model/condition.ts";
import type { Limit } from "../../model/limit.ts";
import { sayBound, sayCondition, sayDuration, sayMetric, sayOffset } from "../../model/say.ts";
import type { Sheet } from "./context.ts";

/** A figure to be looked at: its metric, all that is asked of it, and its unit beside the cell. */
export interface Figure {
  readonly metric: string;
  readonly label: string;
  /** "< 1 % for 5 min", "target < 0.5 %": the first is the limit, if there is one. */
  readonly bounds: readonly string[];
  readonly unit: string | null;
  readonly query: string | null;
}

/** The values that somebody has to look at and write down, one for each metric of an item. */
export function figuresOf(item: Item, sheet: Pick<Sheet, "checklist" | "outline">): Figure[] {
  const { metrics } = sheet.checklist;
  const bounds = new Map<string, { limits: Limit[]; says: string[] }>();
  const add = (limits: readonly Limit[], word: string): void => {
    for (const limit of limits) {
      const entry = bounds.get(limit.metric) ?? { limits: [], says: [] };
      entry.limits.push(limit);
      entry.says.push(`${word}${sayBaseline(limit, sheet)}`);
      bounds.set(limit.metric, entry);
    }
  };
  add(item.limits, "");
  add(item.targets, "target ");
  add(item.expected, "usually ");
  if (item.role === "triggers") add(settingLimits(item), "true if ");
  return [...bounds].map(([metric, { limits, says }]) => {
    const declared = metrics.find((each) => each.id === metric);
    return {
      metric,
      label: sayMetric(metric, metrics),
      bounds: says,
      unit: limits.find((limit) => limit.unit !== null)?.unit ?? declared?.unit ?? null,
      query: declared?.query ?? null,
    };
  });
}

function settingLimits(item: Item): Limit[] {
  return item.settings.flatMap((setting) => (setting.limit ? [setting.limit] : []));
}

/** A bound; one that is relative names its baseline by number, so that it can be found on paper. */
function sayBaseline(limit: Limit, sheet: Pick<Sheet, "outline">): string {
  const said = sayBound(limit);
  if (limit.bound.type !== "relative") return said;
  const baseline = sheet.outline.item.get(limit.bound.baseline);
  return baseline ? said.replace(limit.bound.baseline, `the value at ${baseline.number}`) : said;
}

function numbers(ids: readonly string[], sheet: Sheet): string {
  return ids
    .map((id) => sheet.outline.item.get(id)?.number ?? sheet.outline.section.get(id)?.number ?? id)
    .join(", ");
}

function whenFacts(conditions: readonly Condition[], inherited: readonly Condition[]): string[] {
  const known = new Set(inherited.map((condition) => JSON.stringify(condition)));
  return conditions
    .filter((condition) => !known.has(JSON.stringify(condition)))
    .map((condition) => `only if ${sayCondition(condition)}`);
}

function timeFacts(timing: Timing, inherited: Timing | null): string[] {
  const { anchor, at, due, notBefore } = timing;
  const moved = anchor !== inherited?.anchor;
  const facts: string[] = [];
  if (at !== null && (moved || at !== inherited?.at)) facts.push(`at ${sayOffset(at, anchor)}`);
  if (notBefore !== null && (moved || notBefore !== inherited?.notBefore))
    facts.push(`not before ${sayOffset(notBefore, anchor)}`);
  if (due !== null && (moved || due !== inherited?.due)) facts.push(`by ${sayOffset(due, anchor)}`);
  return facts;
}

/** The demands of an item, without what it has from its section and without the figures. */
export function factsOfItem(item: Item, sheet: Sheet): string[] {
  const section = sheet.outline.section.get(item.section);
  const parent = item.parent === null ? undefined : sheet.outline.item.get(item.parent);
  const facts = whenFacts(item.conditions, (parent ?? section)?.conditions ?? []);
  if (item.mandatory && !section?.mandatory) facts.push("mandatory");
  if (item.optional) facts.push("optional");
  facts.push(...timeFacts(item.timing, (parent ?? section)?.timing ?? null));
  if (item.needs.length > 0) facts.push(`after ${numbers(item.needs, sheet)}`);
  if (item.dwell !== null) facts.push(`stay for ${sayDuration(item.dwell)}`);
  if (item.owner !== null) facts.push(item.owner);
  if (item.verifiesRollback) facts.push("proves the rollback");
  if (item.undo !== null) facts.push(`taken back by ${numbers([item.undo], sheet)}`);
  if (item.standing !== null) facts.push(`stays valid for ${sayDuration(item.standing)}`);
  if (item.emergency?.rule === "keep") facts.push("also in an emergency");
  if (item.emergency?.rule === "defer")
    facts.push(`in an emergency within ${sayDuration(item.emergency.by)}`);
  if (item.role !== "triggers") facts.push(...settingFacts(item));
  else facts.push(...item.settings.filter((setting) => !setting.limit).map((setting) => setting.text));
  if (item.derived && item.derived.from !== "children")
    facts.push(`follows from ${numbers(item.derived.ids, sheet)}`);
  if (item.signs !== null) facts.push("done by a signature");
  return facts;
}

/** A setting is printed where it says more than the item's own words. */
function settingFacts(item: Item): string[] {
  return item.role === "bands" ? [] : item.settings.map((setting) => `set to ${setting.text}`);
}

const STAGES = { before: "before the change", change: "the change", after: "after the change" } as const;
const OUTCOMES = { go: "go", "no-go": "no-go", delay: "a delay", rollback: "a rollback" } as const;

/** Who decides, in words: a role, or whoever is named in a field of the checklist. */
export function deciderOf(section: Section, sheet: Sheet): string | null {
  if (section.decider === null) return null;
  return sheet.checklist.fields.find((field) => field.id === section.decider)?.label ?? section.decider;
}

/** The demands of a section, without what it has from the section around it. */
export function factsOfSection(section: Section, sheet: Sheet): string[] {
  const around = section.parent === null ? undefined : sheet.outline.section.get(section.parent);
  const facts = whenFacts(section.conditions, around?.conditions ?? []);
  if (section.choose) facts.push("exactly one of these applies");
  if (section.stage !== null && section.stage !== around?.stage) facts.push(STAGES[section.stage]);
  facts.push(...timeFacts(section.timing, around?.timing ?? null));
  if (section.dwell !== null) facts.push(`stay for at least ${sayDuration(section.dwell)}`);
  if (section.mandatory && !around?.mandatory) facts.push("mandatory: no waiver, no N/A, no skip");
  if (section.whenMet !== null) {
    facts.push(
      `${section.rule === "all" ? "all of these call" : "any one of these calls"} for ${OUTCOMES[section.whenMet]}`,
    );
  } else if (section.rule !== null && section.rule !== around?.rule) {
    facts.push(section.rule === "all" ? "all must hold" : "one is enough");
  }
  const decider = deciderOf(section, sheet);
  if (decider !== null && section.decider !== around?.decider) facts.push(`decides: ${decider}`);
  const controls = section.controls.filter((control) => !around?.controls.includes(control));
  if (controls.length > 0) facts.push(`supports ${controls.join(", ")}`);
  return facts;
}
