/** What an attribute is called, and how its value is said in words. */
import type { Capture, Derivation, Item, Parameter, Repetition, Timing } from "../checklist.ts";
import type { Condition } from "../condition.ts";
import type { Limit } from "../limit.ts";
import { sayCondition, sayDuration, sayLimit, sayOffset } from "../say.ts";
import type { Names } from "./names.ts";

export interface Saying {
  readonly label: string;
  /** Null where there is nothing to say: the attribute is not set. */
  readonly say: (value: unknown, names: Names) => string | null;
}

const text = (label: string): Saying => ({
  label,
  say: (value) =>
    value === null || value === "" ? null : typeof value === "string" ? value : JSON.stringify(value),
});
const flag = (label: string, yes: string, no: string): Saying => ({
  label,
  say: (value) => (value === true ? yes : no),
});
const time = (label: string): Saying => ({
  label,
  say: (value) => (typeof value === "string" ? sayDuration(value) : null),
});
const list = (label: string): Saying => ({
  label,
  say: (value) => joined((value as readonly string[] | null) ?? []),
});
const named = (label: string): Saying => ({
  label,
  say: (value, names) => joined([value ?? []].flat().map((id) => names.of(String(id)))),
});
const words = (label: string, known: Readonly<Record<string, string>>): Saying => ({
  label,
  // A role of a section is one of a list, a role of a person is not.
  say: (value) => (typeof value === "string" ? (known[value] ?? value) : null),
});

function joined(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join(", ");
}

/** Attributes of parts, of the document and of the frontmatter's lists. One that is not here is said as JSON. */
const SAYINGS: ReadonlyMap<string, Saying> = new Map(
  Object.entries<Saying>({
    // Of items.
    title: text("Title"),
    pinned: flag("Id", "written in the source", "derived from the text"),
    box: flag("Task box", "yes", "no, a bullet that counts"),
    derived: { label: "Follows from", say: sayDerivation },
    role: words("Role", { checks: "things to do or confirm", bands: "bands: exactly one applies" }),
    stage: words("Stage", { before: "before the change", change: "the change", after: "after the change" }),
    timing: { label: "Time", say: (value) => sayTiming(value as Timing) },
    conditions: {
      label: "Applies",
      say: (value) => {
        const said = (value as readonly Condition[]).map((one) => sayCondition(one));
        return said.length === 0 ? null : `only if ${said.join(" and ")}`;
      },
    },
    owner: text("Owner"),
    mandatory: flag("Mandatory", "yes", "no"),
    optional: flag("Optional", "yes", "no"),
    evidence: flag("Evidence", "required", "not required"),
    observe: flag("Value seen", "to be written down", "not asked for"),
    limits: { label: "Limit", say: sayLimits },
    targets: { label: "Target", say: sayLimits },
    expected: { label: "Usual range", say: sayLimits },
    settings: {
      label: "Setting",
      say: (value) => joined((value as Item["settings"]).map((figure) => figure.text)),
    },
    needs: named("Needs first"),
    dwell: time("Stay at least"),
    repeat: { label: "Repeat", say: (value, names) => sayRepetition(value as Repetition | null, names) },
    captures: { label: "To record", say: (value) => joined((value as readonly Capture[]).map(sayCapture)) },
    checks: list("Name in the tests"),
    witness: flag("Second person", "watches", "not asked for"),
    signs: {
      label: "Done by the signature of",
      say: (value, names) => (value === null ? null : names.signoff(String(value))),
    },
    verifiesRollback: flag("Proof of the rollback", "yes", "no"),
    undo: named("Taken back by"),
    standing: time("Stays valid for"),
    emergency: { label: "In an emergency", say: (value) => sayEmergency(value as Item["emergency"]) },
    band: text("Band"),
    controls: list("Supports"),
    // Of sections.
    depth: { label: "Level of the heading", say: String },
    duration: time("Planned time, at most"),
    choose: flag("Choice", "exactly one of its parts applies", "each of its parts applies"),
    rule: words("Counts when", { any: "any of its items holds", all: "all of its items hold" }),
    whenMet: words("Then", { rollback: "roll back" }),
    decider: named("Decides"),
    // Of commands and templates.
    lang: text("Language"),
    kind: text("Kind"),
    for: {
      label: "Belongs to",
      say: (value, names) =>
        Array.isArray(value) ? named("").say(value, names) : text("").say(value, names),
    },
    on: text("Runs on"),
    danger: flag("Danger", "marked", "not marked"),
    expect: text("Expected"),
    params: {
      label: "Parameters",
      say: (value) => joined((value as readonly Parameter[]).map(sayParameter)),
    },
    // Of the document and the lists of its frontmatter.
    status: text("Status"),
    heading: text("First heading"),
    product: {
      label: "Product",
      say: (value) => {
        const product = value as { readonly name: string; readonly version: string | null } | null;
        return product && [product.name, product.version ?? ""].join(" ").trim();
      },
    },
    description: text("Description"),
    review: time("Looked at again after"),
    changes: text("The author says"),
    tags: list("Tags"),
    extra: text("Keys of other tools"),
    label: text("Label"),
    type: text("Type"),
    choices: list("Choices"),
    required: flag("Required", "yes", "no"),
    authority: text("Decides on"),
    by: text("Answered by"),
    unit: text("Unit"),
    better: text("Better is"),
    query: text("Query"),
    meaning: text("Signed for"),
    before: named("Signed before"),
    after: named("Signed after"),
    section: named("In section"),
    level: { label: "Level", say: String },
    from: time("From"),
    to: time("Until"),
    channel: text("Channel"),
  }),
);

export function sayingOf(attribute: string): Saying {
  return SAYINGS.get(attribute) ?? { label: attribute, say: (value) => JSON.stringify(value) };
}

function sayLimits(value: unknown, names: Names): string | null {
  return joined((value as readonly Limit[]).map((limit) => sayLimit(limit, names.metrics)));
}

function sayDerivation(value: unknown, names: Names): string | null {
  const derived = value as Derivation | null;
  if (derived === null) return null;
  return derived.from === "children" ? "the boxes under it" : joined(derived.ids.map(names.of));
}

function sayTiming({ anchor, at, due, notBefore }: Timing): string | null {
  return joined([
    ...(at === null ? [] : [sayOffset(at, anchor)]),
    ...(due === null ? [] : [`by ${sayOffset(due, anchor)}`]),
    ...(notBefore === null ? [] : [`not before ${sayOffset(notBefore, anchor)}`]),
  ]);
}

function sayRepetition(repeat: Repetition | null, names: Names): string | null {
  if (repeat === null) return null;
  const span = repeat.for === null ? "" : ` for ${sayDuration(repeat.for)}`;
  const until = repeat.until === null ? "" : ` until ${names.of(repeat.until)}`;
  return `every ${sayDuration(repeat.every)}${span}${until}`;
}

function sayCapture({ label, type, required }: Capture): string {
  return `${label} (${type}${required ? ", required" : ""})`;
}

function sayParameter({ written, meaning }: Parameter): string {
  return meaning === null ? written : `${written} (${meaning})`;
}

function sayEmergency(emergency: Item["emergency"]): string | null {
  if (emergency === null) return null;
  return emergency.rule === "keep" ? "done all the same" : `may follow within ${sayDuration(emergency.by)}`;
}
