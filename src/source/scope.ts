/** What sections and items inherit, and the numbers they are given. */
import type { ItemAnnotation, SectionAnnotation } from "../model/annotation.schema.ts";
import type { Repetition, SectionRole, Stage, Timing } from "../model/checklist.ts";
import { type Condition, parseCondition } from "../model/condition.ts";
import { secondsOf } from "../model/duration.ts";
import { type Context, type Place, report } from "./context.ts";
import type { Found } from "./inline.ts";

/** Counts the places of one section or item: its subsections and items share the count, so numbers are unique. */
export class Counter {
  readonly #prefix: string;
  #last = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(): string {
    this.#last += 1;
    return this.#prefix === "" ? String(this.#last) : `${this.#prefix}.${this.#last}`;
  }
}

export interface Inherited {
  readonly role: SectionRole;
  readonly stage: Stage | null;
  readonly timing: Timing;
  readonly conditions: readonly Condition[];
  readonly mandatory: boolean;
  readonly repeat: Repetition | null;
  readonly controls: readonly string[];
  readonly owner: string | null;
}

export interface Scope extends Inherited {
  readonly section: { readonly id: string; readonly depth: number; readonly text: string };
  readonly counter: Counter;
  /** Do headings open sections here? Not inside quotes and items. */
  readonly headings: "sections" | "plain";
  /** The item whose body is being read; `limits` collects the limits on its bullets. */
  readonly item: { readonly id: string; readonly limits: Found[] } | null;
}

export const nothingInherited: Inherited = {
  role: "checks",
  stage: null,
  timing: { anchor: "target", at: null, due: null, notBefore: null },
  conditions: [],
  mandatory: false,
  repeat: null,
  controls: [],
  owner: null,
};

/** What holds inside a section with this annotation. */
export function inheritSection(
  context: Context,
  place: Place,
  from: Inherited,
  own: SectionAnnotation,
): Inherited {
  return {
    role: own.role ?? from.role,
    stage: own.stage ?? from.stage,
    timing: timing(from.timing, own),
    conditions: withCondition(context, place, from.conditions, own.when),
    mandatory: own.mandatory ?? from.mandatory,
    repeat: repetition(own) ?? from.repeat,
    controls: [...new Set([...from.controls, ...(own.controls ?? [])])],
    owner: from.owner,
  };
}

/** What holds for an item with this annotation, and for the items nested in it. */
export function inheritItem(context: Context, place: Place, from: Inherited, own: ItemAnnotation): Inherited {
  return {
    ...from,
    timing: timing(from.timing, own),
    conditions: withCondition(context, place, from.conditions, own.when),
    mandatory: own.mandatory ?? from.mandatory,
    repeat: repetition(own) ?? from.repeat,
    owner: own.owner ?? from.owner,
  };
}

type Times = Pick<SectionAnnotation, "at" | "due" | "anchor"> & {
  readonly "not-before"?: string | undefined;
};

/** Offsets count from their anchor: with another anchor the inherited offsets mean nothing. */
function timing(from: Timing, own: Times): Timing {
  const anchor = own.anchor ?? from.anchor;
  const kept = anchor === from.anchor ? from : { at: null, due: null, notBefore: null };
  // A new time within a section would be overdue by the inherited one: `due` goes with its own `at`.
  const due = own.due ?? (own.at === undefined ? kept.due : null);
  return { anchor, at: own.at ?? kept.at, due, notBefore: own["not-before"] ?? kept.notBefore };
}

export function withCondition(
  context: Context,
  place: Place,
  from: readonly Condition[],
  when: string | undefined,
): readonly Condition[] {
  if (when === undefined) return from;
  const parsed = parseCondition(when);
  if ("condition" in parsed) return [...from, parsed.condition];
  report(context, place, "unknown-condition", parsed.error, {
    hint: "write such as 'platform == vercel', 'database-change', 'not sms and decision == rollback'",
  });
  return from;
}

type Repeating = Pick<SectionAnnotation, "repeat" | "for" | "until">;

function repetition(own: Repeating): Repetition | null {
  if (own.repeat === undefined) return null;
  const every = secondsOf(own.repeat);
  const whole = own.for === undefined ? null : secondsOf(own.for);
  const expected = whole === null || every === 0 ? null : Math.floor(whole / every);
  return { every: own.repeat, for: own.for ?? null, until: own.until ?? null, expected };
}
