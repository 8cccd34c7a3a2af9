/** What a run knows for the placeholders of a message: by the names that people write them under, never by likeness. */
import type { Checklist, Template } from "./checklist.ts";
import { earliest, showLocal } from "./instant.ts";
import type { Run } from "./run.ts";

export interface FilledPlaceholder {
  readonly name: string;
  readonly value: string | null;
  /** Where the value came from: `given`, `field target`, `to`; null where there is none. */
  readonly from: string | null;
}

export interface FilledMessage {
  readonly text: string;
  readonly values: readonly FilledPlaceholder[];
}

const day = (at: string | null): string | null => (at === null ? null : showLocal(at).slice(0, 10));
const clock = (at: string | null): string | null => (at === null ? null : showLocal(at).slice(11));

/** Each fact of a run, the names it is asked for by, and where it stands in the record. */
const known: readonly (readonly [names: string, from: string, value: (run: Run) => string | null])[] = [
  ["version to new-version target-version", "deployment.to", (run) => run.deployment.to],
  ["from previous previous-version old-version", "deployment.from", (run) => run.deployment.from],
  ["environment env", "deployment.environment", (run) => run.deployment.environment],
  ["commit git-sha sha", "deployment.commit", (run) => run.deployment.commit],
  ["run run-id", "run", (run) => run.id],
  ["change change-id ticket", "change.id", (run) => run.change.id],
  ["reason", "change.reason", (run) => run.change.reason],
  ["impact", "change.impact", (run) => run.change.impact],
  ["date", "the target", (run) => day(target(run))],
  ["time", "the target", (run) => clock(target(run))],
  [
    "start",
    "the begin of the window",
    (run) => shown(run.window.start ?? run.window.plannedStart ?? target(run)),
  ],
  ["end", "the end of the window", (run) => shown(run.window.end ?? run.window.plannedEnd)],
  ["decision", "the last decision", (run) => run.decisions.at(-1)?.decision ?? null],
  ["trigger", "rollback.trigger", (run) => run.rollback?.trigger ?? null],
];

const shown = (at: string | null): string | null => (at === null ? null : showLocal(at));

function target({ anchors, window }: Run): string | null {
  return anchors.target ?? earliest([window.plannedStart]);
}

/** `PREVIOUS_STABLE TAG` as `previous-stable-tag`. */
function slug(name: string): string {
  return name.toLowerCase().replace(/[ _/]+/g, "-");
}

/**
 * Fills a template: what is given comes first, then fields and answers of that id, then what the run knows under that
 * name. What nothing is known of keeps its placeholder, and has no value.
 * @param given values by the placeholder's name, as written or in small letters
 */
export function fillTemplate(
  template: Template,
  run: Run,
  checklist: Checklist,
  given: Readonly<Record<string, string>>,
): FilledMessage {
  const dated = template.placeholders.some(({ name }) => slug(name) === "date");
  const values = template.placeholders.map(({ name }) => filledOf(name, run, checklist, given, dated));
  const text = template.placeholders.reduce((filled, { written }, index) => {
    const value = values[index]?.value ?? null;
    return value === null ? filled : filled.replaceAll(written, () => value);
  }, template.text);
  return { text, values };
}

function filledOf(
  name: string,
  run: Run,
  checklist: Checklist,
  given: Readonly<Record<string, string>>,
  dated: boolean,
): FilledPlaceholder {
  const key = slug(name);
  const typed = Object.entries(given).find(([other]) => slug(other) === key)?.[1];
  if (typed !== undefined) return { name, value: typed, from: "given" };
  for (const [what, values] of [
    ["field", run.fields],
    ["answer", run.answers],
  ] as const) {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value !== undefined && value !== "") return { name, value, from: `${what} ${key}` };
  }
  if (key === "product" && checklist.product)
    return { name, value: checklist.product.name, from: "the checklist" };
  const found = known.find(([names]) => names.split(" ").includes(key));
  const value = found?.[2](run) ?? null;
  // Beside a DATE of the same day the time alone is what the sentence is written for.
  const date = day(target(run));
  if (
    dated &&
    value !== null &&
    date !== null &&
    (key === "start" || key === "end") &&
    value.startsWith(date)
  )
    return { name, value: value.slice(date.length + 1), from: found?.[1] ?? null };
  return { name, value, from: value === null ? null : (found?.[1] ?? null) };
}
