/**
 * A sign-off sheet that was filled in on screen, as one record: what each blank says goes where `placeOfBlank` says it
 * belongs. What has no place is kept under `extra` and named; what contradicts itself is refused.
 */
import type { FilledForm } from "../model/blank.ts";
import type { Checklist } from "../model/checklist.ts";
import { latest } from "../model/instant.ts";
import type { Run } from "../model/run.ts";
import type { ForeignProblem, Zone } from "./foreign.ts";
import {
  addedEntries,
  addedKeys,
  addedResults,
  newEntries,
  nothingPrinted,
  type Printed,
} from "./sheetbegun.ts";
import { Blanks, blankPart } from "./sheetblanks.ts";
import { resultsOfSheet, type SheetContext } from "./sheetitems.ts";
import { People } from "./sheetpeople.ts";
import {
  decisionsOf,
  moment,
  type Review,
  reviewOf,
  rollbackOf,
  type Sections,
  sectionsOf,
  signaturesOf,
} from "./sheetstory.ts";
import { type Clock, clockFor, offsetOf } from "./sheettimes.ts";

export interface SheetReading {
  /** A results file that follows `run-1.json`, as far as what was written allows. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly problems: readonly ForeignProblem[];
}

/** What a sheet says, before it is known which of it is new. */
interface Parts {
  readonly run: string | undefined;
  readonly head: Head["rest"];
  readonly people: People["all"];
  readonly sections: Sections["written"];
  readonly results: ReturnType<typeof resultsOfSheet>;
  readonly decisions: ReturnType<typeof decisionsOf>;
  readonly rollback: Readonly<Record<string, string>>;
  readonly signatures: ReturnType<typeof signaturesOf>;
  readonly review: Review;
}

function partsOf(blanks: Blanks, checklist: Checklist, zone: Zone, printed: Printed): Parts {
  const clock = clockOfSheet(blanks, zone);
  const head = headOf(blanks, clock, checklist);
  const sections = sectionsOf(blanks, clock, checklist, head.begun);
  const people = new People(blanks, checklist, printed.people);
  const context: SheetContext = { blanks, people, clock, checklist, near: sections.near };
  return {
    run: head.run,
    head: head.rest,
    sections: sections.written,
    results: resultsOfSheet(context),
    decisions: decisionsOf(context),
    signatures: signaturesOf(context),
    rollback: rollbackOf(context),
    review: reviewOf(blanks),
    people: people.all,
  };
}

/**
 * @param checklist the source that the sheet was printed from
 * @param zone for times, where the sheet says no offset
 * @param printed what stood in blanks when it was printed
 */
export function readSheet(
  form: FilledForm,
  checklist: Checklist,
  zone: Zone,
  printed: Printed = nothingPrinted,
): SheetReading {
  const blanks = new Blanks(form, printed.blanks);
  const parts = partsOf(blanks, checklist, zone, printed);
  const { run } = printed;
  const unfilled = new Blanks({ ...form, blanks: new Map() }, printed.blanks);
  const added = run === null ? parts : addedTo(partsOf(unfilled, checklist, zone, printed), parts, run);
  const asOf = latest([
    ...added.results.map(({ at }) => at),
    ...added.sections.flatMap(({ start, end }) => [start, end]),
    ...added.decisions.map(({ at }) => at),
    ...added.signatures.map(({ at }) => at),
    added.rollback.at,
    run?.asOf,
  ]);
  if (asOf === null)
    blanks.wrong(
      "section",
      "holds no moment: nobody can say as of when it is true",
      "write times, and their dates",
    );
  const copy = blanks.text("run.source.copy");
  const left = blanks.leftOver();
  const { head, people, sections, results, decisions, signatures, rollback, review } = added;
  const record = {
    schema: "countersign/run@1",
    run: parts.run,
    asOf: asOf ?? undefined,
    checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
    ...head,
    people,
    sections,
    results,
    decisions,
    ...(Object.keys(rollback).length === 0 ? {} : { rollback }),
    signatures,
    ...(review.well.length + review.improve.length + review.actions.length === 0 ? {} : { review }),
    source: { kind: "paper", ...(/^[1-9]\d{0,8}$/.test(copy ?? "") ? { copy: Number(copy) } : {}) },
    ...(Object.keys(left).length === 0 ? {} : { extra: { sheet: left } }),
  };
  return { record, problems: newEntries(blanks.problems, unfilled.problems) };
}

/** What a half-filled sheet says beyond what was printed on it. */
function addedTo(before: Parts, now: Parts, run: Run): Parts {
  const head = Object.entries(now.head).map(([key, value]) => [
    key,
    addedKeys(value, before.head[key] ?? {}),
  ]);
  const { environment } = now.head.deployment ?? {};
  const { deployment, ...rest } = Object.fromEntries(head);
  return {
    run: now.run,
    head: { ...rest, deployment: { environment, ...deployment } },
    people: addedEntries(now.people, before.people, "id"),
    sections: addedEntries(now.sections, before.sections, "section"),
    results: addedResults(now.results, before.results, run),
    decisions: newEntries(now.decisions, before.decisions),
    signatures: newEntries(now.signatures, before.signatures),
    rollback: addedKeys(now.rollback, before.rollback) as Parts["rollback"],
    review: {
      well: newEntries(now.review.well, before.review.well),
      improve: newEntries(now.review.improve, before.review.improve),
      actions: newEntries(now.review.actions, before.review.actions),
    },
  };
}

/** One offset a sheet; without it the zone that was typed. */
function clockOfSheet(blanks: Blanks, zone: Zone): Clock {
  const written = blanks.text("run.offset");
  const offset = written === null ? null : offsetOf(written);
  const hint = "write an offset such as +01:00, or say --timezone";
  if (written !== null && offset === null)
    blanks.wrong("run.offset", `'${written}' is no offset from UTC`, hint);
  const inZone: Zone = offset === null ? zone : (local) => `${local}${offset}`;
  let isSaid = written !== null;
  return clockFor((local) => {
    const moment = inZone(local);
    if (moment === null && !isSaid) {
      isSaid = true;
      blanks.wrong("run.offset", "is empty, and times on the sheet have no offset", hint);
    }
    return moment;
  });
}

interface Head {
  readonly run: string | undefined;
  /** A moment near which everything is, where no section says better; null where none is written. */
  readonly begun: string | null;
  /** Objects of a record by their keys. */
  readonly rest: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function headOf(blanks: Blanks, clock: Clock, checklist: Checklist): Head {
  const run = blanks.text("run.run");
  if (run === null)
    blanks.wrong("run.run", "is empty", "write the id of the run, such as 2026-03-04-shop-prod");
  const environment = blanks.text("run.deployment.environment");
  if (environment === null)
    blanks.wrong("run.deployment.environment", "is empty", "write where it was deployed");
  const [from, to] = [blanks.text("run.deployment.from"), blanks.text("run.deployment.to")];
  const change = blanks.text("run.change.id");
  const plannedStart = moment(blanks, clock, "run.window.plannedStart", null);
  const plannedEnd = moment(blanks, clock, "run.window.plannedEnd", plannedStart);
  const fields = checklist.fields.flatMap(({ id, type }) => {
    const place = `field.${blankPart(id)}`;
    const value = type === "datetime" ? moment(blanks, clock, place, plannedStart) : blanks.text(place);
    return value === null ? [] : [[id, value] as const];
  });
  const answers = checklist.questions.flatMap(({ id, type, choices }) => {
    const offered = type === "yes-no" ? ["yes", "no"] : choices;
    const given = offered.filter((answer) => blanks.ticked(`answer.${blankPart(id)}.${blankPart(answer)}`));
    if (given.length > 1)
      blanks.wrong(`answer.${blankPart(id)}`, `has ${given.length} answers: ${given.join(", ")}`);
    return given[0] === undefined ? [] : [[id, given[0]] as const];
  });
  return {
    run: run ?? undefined,
    begun: plannedStart,
    rest: {
      deployment: { environment: environment ?? undefined, ...(from && { from }), ...(to && { to }) },
      ...(change && { change: { id: change } }),
      window: { ...(plannedStart && { plannedStart }), ...(plannedEnd && { plannedEnd }) },
      fields: Object.fromEntries(fields),
      answers: Object.fromEntries(answers),
    },
  };
}
