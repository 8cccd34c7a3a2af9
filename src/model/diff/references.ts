/** Ids that were derived from text change with it: references to them are compared as what they mean. */
import { compareText } from "../diagnostic.ts";
import type { Matching } from "./match.ts";

export type Renames = ReadonlyMap<string, string>;

/** Ids of the first version that the same part has no longer. Templates share their ids with sections. */
export function renamesOf(matched: Matching): Renames {
  const renames = new Map<string, string>();
  // In one order, whoever asks: an id that is given twice, which is a fault of the source, has one new name.
  for (const [was, is] of [...matched].sort(([x], [y]) => compareText(x, y))) {
    if (was === is || was.startsWith("template ") || was.startsWith("footnote ")) continue;
    renames.set(was.slice(was.indexOf(" ") + 1), is.slice(is.indexOf(" ") + 1));
  }
  return renames;
}

/** Attributes that hold ids of items, sections or commands. */
const REFERENCES: ReadonlySet<string> = new Set([
  "section",
  "parent",
  "ids",
  "needs",
  "undo",
  "until",
  "baseline",
  "for",
  "before",
  "after",
  "decider",
]);

/** A value of the first version with its references in the names of the second. */
export function renameIn<T>(value: T, renames: Renames): T {
  return renames.size === 0 ? value : (walk(value, renames, false) as T);
}

function walk(value: unknown, renames: Renames, isReference: boolean): unknown {
  if (typeof value === "string") return isReference ? (renames.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((one) => walk(one, renames, isReference));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === "name" && typeof one === "string"
        ? renameDecision(one, renames)
        : walk(one, renames, REFERENCES.has(key)),
    ]),
  );
}

/** Conditions speak of the decision in a section as `decision.<section>`. */
function renameDecision(name: string, renames: Renames): string {
  if (!name.startsWith("decision.")) return name;
  const section = name.slice("decision.".length);
  return `decision.${renames.get(section) ?? section}`;
}
