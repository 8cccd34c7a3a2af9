/** Attributes and their changes as rows: a word for what it is, and what it was and is. */
import type { Figure } from "../checklist.ts";
import { sayBound, sayLimit, sayMetric } from "../say.ts";
import type {
  AttributeChange,
  Attributes,
  Demand,
  Direction,
  FigureChange,
  LineChange,
  Word,
} from "./change.ts";
import { demandOfFigures } from "./figures.ts";
import type { Names } from "./names.ts";
import { sayingOf } from "./saying.ts";
import { isSame } from "./sequence.ts";

export type RowContent =
  /** Null: not set. `about`: what both are values of. */
  | {
      readonly type: "values";
      readonly about: string | null;
      readonly from: string | null;
      readonly to: string | null;
    }
  | { readonly type: "words"; readonly words: readonly Word[] }
  | { readonly type: "lines"; readonly lines: readonly LineChange[]; readonly code: boolean }
  | { readonly type: "text"; readonly text: string };

export interface Row {
  readonly label: string;
  readonly content: RowContent;
  readonly demand: Demand | null;
}

/** Names on either side: values of the first version are said in its own words. */
export interface BothNames {
  readonly before: Names;
  readonly after: Names;
}

/** Said by the text they follow from, or by the move. */
const SILENT: ReadonlySet<string> = new Set(["section", "parent", "parts", "placeholders", "text"]);

export function rowsOfChange(change: AttributeChange, names: BothNames, wording: string): readonly Row[] {
  const { attribute, from, to, demand, detail } = change;
  if (SILENT.has(attribute)) return [];
  if (attribute === "derived" && isFromChildren(from) && isFromChildren(to)) return [];
  if (detail?.type === "figures")
    return detail.figures.map((figure) => rowOfFigure(attribute, figure, names, demand));
  const { label, say } = sayingOf(attribute);
  if (detail?.type === "lines")
    return [{ label: "Text", content: { type: "lines", lines: detail.lines, code: true }, demand }];
  if (detail?.type === "words") {
    const isTitle = attribute === "title" || attribute === "heading";
    const isOther = detail.words.some((word) => word.change !== "kept");
    const content: RowContent = isOther
      ? { type: "words", words: detail.words }
      : { type: "text", text: "the words are the same, their form is another" };
    return [{ label: isTitle ? wording : label, content, demand }];
  }
  const said = { from: say(from, names.before), to: say(to, names.after) };
  // What is said of both may be the same where only a detail differs: then all of it is shown.
  const values = said.from === said.to ? { from: JSON.stringify(from), to: JSON.stringify(to) } : said;
  return [{ label, content: { type: "values", about: null, ...values }, demand }];
}

function isFromChildren(derived: unknown): boolean {
  return derived === null || (derived as { readonly from: string }).from === "children";
}

const DIRECTIONS: Readonly<Record<Direction, string>> = {
  tightened: "tightened",
  loosened: "loosened",
  narrowed: "narrowed",
  widened: "widened",
  same: "written in another way",
  shifted: "shifted",
  unknown: "changed",
};

function rowOfFigure(attribute: string, figure: FigureChange, names: BothNames, demand: Demand | null): Row {
  const { change, from, to, direction } = figure;
  return {
    label: `${sayingOf(attribute).label} ${direction === null ? change : DIRECTIONS[direction]}`,
    content: { type: "values", ...valuesOfFigure(from, to, direction, names) },
    demand: demand === null ? null : demandOfFigures([figure], "judged"),
  };
}

/** What both have a name in common for is said once; what means the same is shown as it is written. */
function valuesOfFigure(
  from: Figure | null,
  to: Figure | null,
  direction: Direction | null,
  names: BothNames,
) {
  if (direction === "same") return { about: null, from: from?.text ?? null, to: to?.text ?? null };
  const [before, after] = [
    from?.limit && sayMetric(from.limit.metric, names.before.metrics),
    to?.limit && sayMetric(to.limit.metric, names.after.metrics),
  ];
  if (from?.limit && to?.limit && before === after && after !== undefined)
    return { about: after, from: sayBound(from.limit), to: sayBound(to.limit) };
  return {
    about: null,
    from: from && sayFigure(from, names.before),
    to: to && sayFigure(to, names.after),
  };
}

function sayFigure({ text, limit }: Figure, names: Names): string {
  return limit === null ? text : sayLimit(limit, names.metrics);
}

/** Stricter or looser, where the label does not say so already. */
export function demandToSay({ label, demand }: Row): Demand | null {
  return /(?:tightened|loosened)$/.test(label) ? null : demand;
}

/** Not worth a word in a part that is new or gone: what most parts have, and what stands in its title. */
const USUAL: ReadonlySet<string> = new Set([
  "title",
  "heading",
  "pinned",
  "box",
  "depth",
  "value",
  "lang",
  "params",
  "for",
  "label",
]);

/** What a part asks for that is new or gone, without what it has from what it stands in. */
export function rowsOfAttributes(
  attributes: Attributes,
  around: Attributes | null,
  names: Names,
): readonly Row[] {
  return Object.entries(attributes).flatMap(([attribute, value]): readonly Row[] => {
    if (SILENT.has(attribute) || USUAL.has(attribute) || isUnset(value)) return [];
    if (around && attribute in around && isSame(around[attribute], value)) return [];
    if ((attribute === "role" && value === "checks") || (attribute === "kind" && value === "do")) return [];
    if (attribute === "derived" && isFromChildren(value)) return [];
    const { label, say } = sayingOf(attribute);
    const text = say(value, names);
    return text === null ? [] : [{ label, content: { type: "text", text }, demand: null }];
  });
}

function isUnset(value: unknown): boolean {
  return value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0);
}
