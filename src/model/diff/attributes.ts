/** The attributes of a part, of the document or of an entry compared: what changed, in which way, and whose change it is. */
import type { Capture, Figure, Repetition } from "../checklist.ts";
import type { Condition } from "../condition.ts";
import { nanosOf } from "../duration.ts";
import type { Limit } from "../limit.ts";
import type { Inline } from "../text.ts";
import type { AttributeChange, Attributes, ChangeDetail, Demand } from "./change.ts";
import { demandOfFigures, figuresBetween, limitFigure, type Weight } from "./figures.ts";
import { linesBetween } from "./lines.ts";
import { isSame } from "./sequence.ts";
import { wordsBetween, writtenText } from "./words.ts";

/** What an item or a section has from what it stands in, unless it says otherwise. */
const INHERITED: ReadonlySet<string> = new Set([
  "role",
  "stage",
  "timing",
  "conditions",
  "mandatory",
  "repeat",
  "controls",
  "owner",
]);

/** What holds around a part, before and after: attributes of what it stands in. */
export interface Around {
  readonly before: Attributes | null;
  readonly after: Attributes | null;
}

/** Every attribute that differs, in the order of the model. `skip` are those that are said in another way. */
export function attributesBetween(
  from: Attributes,
  to: Attributes,
  around: Around = { before: null, after: null },
  skip: ReadonlySet<string> = new Set(),
): readonly AttributeChange[] {
  return [...new Set([...Object.keys(to), ...Object.keys(from)])]
    .filter((attribute) => !skip.has(attribute) && !isSame(from[attribute], to[attribute]))
    .map((attribute) => {
      const [before, after] = [from[attribute] ?? null, to[attribute] ?? null];
      const weight: Weight = to.role === "triggers" || from.role === "triggers" ? "shown" : "judged";
      const detail = detailOf(attribute, before, after, weight);
      return {
        attribute,
        from: before,
        to: after,
        inherited: isInherited(attribute, before, after, around),
        demand: demandOf(attribute, before, after, detail, weight),
        detail,
      };
    });
}

function isInherited(attribute: string, from: unknown, to: unknown, { before, after }: Around): boolean {
  if (!INHERITED.has(attribute) || before === null || after === null) return false;
  if (!(attribute in before) || !(attribute in after)) return false;
  if (Array.isArray(from) && Array.isArray(to))
    return isSame(without(from, before[attribute]), without(to, after[attribute]));
  return isSame(from, before[attribute]) && isSame(to, after[attribute]);
}

/** Conditions and controls add up on the way down: what is left is the part's own. */
function without(values: readonly unknown[], inherited: unknown): readonly unknown[] {
  const known = Array.isArray(inherited) ? (inherited as readonly unknown[]) : [];
  return values.filter((value) => !known.some((one) => isSame(one, value)));
}

/** Text that is compared word by word. */
const WORDS: ReadonlySet<string> = new Set(["description", "changes", "label", "expect", "query"]);

function detailOf(attribute: string, from: unknown, to: unknown, weight: Weight): ChangeDetail | null {
  switch (attribute) {
    case "title":
    case "heading": {
      const words = wordsBetween(asText(from), asText(to));
      return { type: "words", words };
    }
    case "limits":
    case "targets":
    case "expected": {
      const [a, b] = [from, to].map((limits) => ((limits ?? []) as readonly Limit[]).map(limitFigure));
      const heavy = attribute === "expected" ? "shown" : weight;
      return { type: "figures", figures: figuresBetween(a ?? [], b ?? [], heavy) };
    }
    case "settings":
      return {
        type: "figures",
        figures: figuresBetween((from ?? []) as readonly Figure[], (to ?? []) as readonly Figure[], "shown"),
      };
    case "value":
      return { type: "lines", lines: linesBetween(asText(from).split("\n"), asText(to).split("\n")) };
    default:
      if (!WORDS.has(attribute) || typeof from !== "string" || typeof to !== "string") return null;
      return { type: "words", words: wordsBetween(from, to) };
  }
}

/** A title is inline text in parts, and plain text in a template or a document. */
function asText(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? writtenText(value as readonly Inline[]).trim() : "";
}

function demandOf(
  attribute: string,
  from: unknown,
  to: unknown,
  detail: ChangeDetail | null,
  weight: Weight,
): Demand | null {
  switch (attribute) {
    case "limits":
    case "targets":
      return detail?.type === "figures" ? demandOfFigures(detail.figures, weight) : null;
    case "mandatory":
    case "evidence":
    case "observe":
    case "witness":
    case "required":
      return to === true ? "stricter" : "looser";
    case "optional":
      return to === true ? "looser" : "stricter";
    case "conditions":
      return demandOfConditions(from as readonly Condition[], to as readonly Condition[]);
    case "dwell":
      return longer(from, to, "stricter");
    case "standing":
      // Carried over from an earlier run for longer: done again less often.
      return from === null ? "looser" : to === null ? "stricter" : longer(from, to, "looser");
    case "repeat":
      return demandOfRepetition(from as Repetition | null, to as Repetition | null);
    case "captures":
      return demandOfCaptures(from as readonly Capture[], to as readonly Capture[]);
    case "signs":
      return from === null ? "stricter" : to === null ? "looser" : null;
    default:
      return null;
  }
}

const OPPOSITE = { stricter: "looser", looser: "stricter" } as const;

/** `more` where a duration grew; none at all is the shortest. */
function longer(from: unknown, to: unknown, more: "stricter" | "looser"): Demand | null {
  const [before, after] = [from, to].map((time) => (typeof time === "string" ? nanosOf(time) : 0n)) as [
    bigint,
    bigint,
  ];
  return before === after ? null : after > before ? more : OPPOSITE[more];
}

/** All conditions must hold for a part to apply: one more, and it applies less often. */
function demandOfConditions(from: readonly Condition[], to: readonly Condition[]): Demand | null {
  const [gone, come] = [without(from, to).length, without(to, from).length];
  if (gone === 0) return come === 0 ? null : "looser";
  return come === 0 ? "stricter" : null;
}

function demandOfRepetition(from: Repetition | null, to: Repetition | null): Demand | null {
  if (from === null || to === null) return to === null ? "looser" : "stricter";
  if (from.until !== to.until) return null;
  const often = longer(from.every, to.every, "looser");
  if (from.for === null || to.for === null) return from.for === to.for ? often : null;
  const long = longer(from.for, to.for, "stricter");
  return often === null || often === long ? long : long === null ? often : "mixed";
}

function demandOfCaptures(from: readonly Capture[], to: readonly Capture[]): Demand | null {
  const asked = (captures: readonly Capture[]): readonly string[] =>
    captures.filter(({ required }) => required).map(({ id }) => id);
  const [before, after] = [asked(from), asked(to)];
  const more = after.some((id) => !before.includes(id));
  const less = before.some((id) => !after.includes(id));
  return more ? (less ? "mixed" : "stricter") : less ? "looser" : null;
}
