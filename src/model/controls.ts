/** A report read by control: what of the run stands behind each control that the checklist says it supports. */
import type { Checklist } from "./checklist.ts";
import type { Fact } from "./fact.ts";
import type { ItemReport } from "./itemreport.ts";
import { outlineOf } from "./outline.ts";
import type { Report } from "./report.ts";

export interface ControlReport {
  /** As the checklist writes it: `SOC2 CC8.1`. */
  readonly control: string;
  /** The whole checklist names it: then the run as a whole answers, and no single item. */
  readonly isWhole: boolean;
  /** Items that name it, themselves or by a section around them; derived ones are their parts. */
  readonly items: readonly ItemReport[];
  /** How many of the items were looked at as of this record, and how many of those are as they should be. */
  readonly looked: number;
  readonly good: number;
  /** What is to look at among them. */
  readonly exceptions: readonly Fact[];
  /** Why nothing can be said: null where something was looked at. */
  readonly notAssessed: string | null;
}

/** Statuses that somebody gave by looking. */
const LOOKED: ReadonlySet<ItemReport["status"]> = new Set([
  "passed",
  "met",
  "clear",
  "seen",
  "not-seen",
  "fired",
  "failed",
  "not-met",
]);

/** In the order in which the checklist names them; the whole checklist's own first. */
export function controlsOf(report: Report, checklist: Checklist): readonly ControlReport[] {
  const written = outlineOf(checklist).item;
  const named = new Map<string, ItemReport[]>(checklist.controls.map((control) => [control, []]));
  for (const item of report.items) {
    if (item.derived) continue;
    for (const control of written.get(item.id)?.controls ?? [])
      named.set(control, [...(named.get(control) ?? []), item]);
  }
  return [...named].map(([control, items]) => {
    const looked = items.filter(({ status }) => LOOKED.has(status));
    const ids = new Set(items.map(({ id }) => id));
    return {
      control,
      isWhole: checklist.controls.includes(control),
      items,
      looked: looked.length,
      good: looked.filter(({ good }) => good).length,
      exceptions: report.exceptions.filter((fact) => fact.items.some(({ id }) => ids.has(id))),
      notAssessed: whyNot(items, looked.length),
    };
  });
}

function whyNot(items: readonly ItemReport[], looked: number): string | null {
  if (looked > 0) return null;
  if (items.length === 0) return "no item names it";
  return items.every(({ status }) => status === "not-due")
    ? "none of its items is due yet"
    : "nothing was looked at for it";
}

/** A run as the page of all runs by control needs it. */
export interface RunControls extends RunBrief {
  readonly controls: readonly BriefControl[];
}

interface RunBrief {
  readonly run: string;
  readonly checklist: string;
  readonly version: string;
  readonly day: string;
  readonly environment: string;
  readonly outcome: Report["outcome"];
  readonly finding: Report["finding"];
}

interface BriefControl {
  readonly control: string;
  readonly isWhole: boolean;
  readonly items: number;
  readonly looked: number;
  readonly good: number;
  readonly notAssessed: string | null;
}

export function briefControls(report: Report, checklist: Checklist): readonly BriefControl[] {
  return controlsOf(report, checklist).map(({ control, isWhole, items, looked, good, notAssessed }) => ({
    control,
    isWhole,
    items: items.length,
    looked,
    good,
    notAssessed,
  }));
}

export function runOf({ run, checklist, version, day, environment, outcome, finding }: RunBrief): RunBrief {
  return { run, checklist, version, day, environment, outcome, finding };
}

export function hasControls(runs: readonly RunControls[]): boolean {
  return runs.some(({ controls }) => controls.length > 0);
}
