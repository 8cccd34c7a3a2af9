/** A text that somebody brings becomes a source: a list of edits, from one step after another, and what to tell about them. */
import { compareDiagnostics, type Diagnostic } from "../../model/diagnostic.ts";
import { outlineOf } from "../../model/outline.ts";
import type { KnownExample } from "../../model/site.schema.ts";
import { checkSource } from "../check.ts";
import { type Edit, originalOffset } from "../edits.ts";
import { planMend } from "../encoding/mend.ts";
import { digestOf } from "../file.ts";
import { TooMuch } from "../markdown.ts";
import { placesIn } from "../places.ts";
import { findBoxes, oddBoxes } from "./boxes.ts";
import { findChoices } from "./choices.ts";
import { neutralise } from "./comments.ts";
import { liftContacts } from "./contacts.ts";
import { type Draft, inOrder, type Note, type Place, type Step, walk } from "./draft.ts";
import { findFenced } from "./fenced.ts";
import { addMatter, annotateReferences, pinAll } from "./finish.ts";
import { readForeign } from "./foreign.ts";
import { liftHead } from "./head.ts";
import { Journey } from "./journey.ts";
import { proposeLimits } from "./limits.ts";
import { mendNewlines } from "./newlines.ts";
import { refusalOf } from "./refuse.ts";
import { proposeSections } from "./sections.ts";
import { liftSignoffs } from "./signoffs.ts";
import { findSteps } from "./steps.ts";
import { findTables } from "./tables.ts";
import { takeTicks } from "./ticks.ts";

export interface ImportWish {
  readonly id: string;
  readonly version: string;
  /** Name of the file that is brought, for a text without a title. */
  readonly name: string;
  /** Take checklists out of code fences. */
  readonly fenced: boolean;
  /** What looks like a secret and is none, from `site.yaml`. */
  readonly known: readonly KnownExample[];
}

export interface ImportPlan {
  readonly text: string;
  /** Fit the text that came in; in order. */
  readonly edits: readonly Edit[];
  /** Offsets are places of the text that came in. */
  readonly notes: readonly Note[];
  /** The pages in which the text had been misread. */
  readonly pages: readonly string[];
  /** What was mended of its encoding, run by run, at its places in the text that came in; among `edits` as well. */
  readonly mends: readonly Edit[];
  readonly counts: ImportCounts;
}

export interface ImportCounts {
  readonly sections: number;
  /** All items of the source that is made. */
  readonly items: number;
  /** Those that were task boxes already. */
  readonly boxes: number;
  /** Those that became items, by how they were found. */
  readonly found: Readonly<Record<string, number>>;
}

/** Plans the import of a text, or says by name why it is none of ours. A text that is a source already is left alone. */
export function planImport(original: string, wish: ImportWish): ImportPlan | { readonly refusal: string } {
  const refusal = refusalOf(original);
  if (refusal !== null) return { refusal };
  try {
    return plan(original, wish);
  } catch (cause) {
    if (cause instanceof TooMuch) return { refusal: cause.message };
    throw cause;
  }
}

function plan(original: string, wish: ImportWish): ImportPlan | { readonly refusal: string } {
  const bom = original.startsWith("\uFEFF") ? 1 : 0;
  const journey = new Journey(original.slice(bom), placeOf(wish));
  journey.go(mendNewlines(journey.text));
  const { edits: mends, pages } = planMend(journey.text);
  const before = journey.edits();
  journey.go({ edits: mends });
  const problem = isOurs(journey) ? null : travel(journey, wish);
  if (problem !== null) return { refusal: problem };
  const { draft, text } = journey;
  const { checklist } = draft.parsed();
  const { diagnostics } = checkSource({ ...placeOf(wish), text }, draft.parsed(), {
    locked: false,
    known: wish.known,
  });
  const faults = diagnostics.filter(({ severity }) => severity === "error").sort(compareDiagnostics);
  const refusal = refusedBy(journey, faults);
  if (refusal !== null || !checklist) return { refusal: refusal ?? "the text cannot be parsed" };
  const shift = <T extends { readonly offset: number }>(one: T): T => ({ ...one, offset: one.offset + bom });
  const { items, sections } = outlineOf(checklist);
  return {
    text: original.slice(0, bom) + text,
    edits: journey.edits().map(shift),
    notes: [...journey.notes].map(shift).sort((a, b) => a.offset - b.offset),
    pages,
    mends: mends.map((mend) => shift({ ...mend, offset: originalOffset(before, mend.offset) })),
    counts: { sections: sections.length, items: items.length, ...countFound(items.length, journey.passes) },
  };
}

/** The first fault that `check` would find, at its line in the text that came in; null where there is none. */
function refusedBy(journey: Journey, faults: readonly Diagnostic[]): string | null {
  const [first] = faults;
  if (!first) return null;
  const more = faults.length === 1 ? "" : `, and ${faults.length - 1} more`;
  const hint = first.hint === null ? "" : ` (${first.hint})`;
  return `what came out would not pass 'check': ${first.rule} in line ${lineBefore(journey, first)}: ${first.reason}${hint}${more}`;
}

/** The line of the text that came in from which a line of the source was made. */
function lineBefore(journey: Journey, { line, column }: Diagnostic): number {
  const starts = [0, ...[...journey.text.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)];
  const offset = (starts[line - 1] ?? 0) + Math.max(0, column - 1);
  return placesIn(journey.start)(originalOffset(journey.edits(), offset)).line;
}

function placeOf({ id, version }: ImportWish): Place {
  return { id, version, file: `content/checklists/${id}/${version}.md`, digest: digestOf("") };
}

/** Boxes within boxes within boxes: more than people indent. */
const DEEPEST = 12;

/** All that is done to a text that is not a source yet. Answers with what stops it. */
function travel(journey: Journey, wish: ImportWish): string | null {
  const foreign = readForeign(journey.draft, wish.name);
  if ("refusal" in foreign) return foreign.refusal;
  journey.go(foreign);
  journey.step(neutralise);
  journey.step((draft) => findFenced(draft, wish.fenced));
  for (let round = 0; round < DEEPEST && journey.step(findBoxes) > 0; round += 1);
  journey.step(oddBoxes);
  journey.step((draft) => findTables(draft, !holdsBoxes(draft)));
  journey.step(findChoices);
  if (!holdsBoxes(journey.draft)) journey.step(findSteps);
  journey.step(takeTicks);
  journey.step(liftHead);
  journey.step(liftSignoffs);
  journey.step(liftContacts);
  journey.step((draft) => both(proposeLimits(draft), proposeSections(draft, journey.matter.decisions ?? [])));
  journey.step(pinAll);
  if (journey.step(annotateReferences) > 0) journey.step(pinAll);
  journey.step((draft) => addMatter(draft, journey.matter));
  return null;
}

/** Two steps that only add, in different places, are one: the text is parsed once less. */
function both(one: Step, other: Step): Step {
  return {
    edits: inOrder([...one.edits, ...other.edits]),
    notes: [...(one.notes ?? []), ...(other.notes ?? [])],
  };
}

function holdsBoxes({ root }: Draft): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= node.type === "listItem" && typeof node.checked === "boolean";
  });
  return found;
}

/** A text whose frontmatter is ours, and whose ids are written, has been here before. */
function isOurs({ text, draft }: Journey): boolean {
  if (
    !/^---[ \t]*\r?\n/.test(text) ||
    !/<!--\s*(?:section|item|field|command)\s*:|^(?:signoffs|fields):/m.test(text)
  )
    return false;
  const { checklist, pins, written, diagnostics } = draft.parsed();
  return (
    checklist !== null &&
    pins.length === 0 &&
    written.size + checklist.signoffs.length + checklist.fields.length > 0 &&
    diagnostics.every(({ severity, rule }) => severity !== "error" || rule === "path-matches")
  );
}

/** How many items each kind of edit made; the rest had boxes. */
function countFound(
  items: number,
  passes: readonly (readonly Edit[])[],
): { readonly boxes: number; readonly found: Readonly<Record<string, number>> } {
  const found: Record<string, number> = {};
  for (const edit of passes.flat()) {
    const count = itemsMade(edit);
    if (count > 0) found[edit.kind] = (found[edit.kind] ?? 0) + count;
  }
  return { boxes: items - Object.values(found).reduce((sum, count) => sum + count, 0), found };
}

function itemsMade({ kind, new: made }: Edit): number {
  if (kind === "table") return made.match(/^(?:[-*+]|\d+[.)])[ \t]+\[[ xX]\] /gm)?.length ?? 0;
  return kind === "step" || kind === "box" || (kind === "choice" && made.includes("[ ]")) ? 1 : 0;
}
