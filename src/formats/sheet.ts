/**
 * A sign-off sheet that was filled in on screen, as one record: what each blank says goes where `placeOfBlank` says it
 * belongs. What has no place is kept under `extra` and named; what contradicts itself is refused.
 */
import type { FilledForm } from "../model/blank.ts";
import type { Checklist } from "../model/checklist.ts";
import { latest } from "../model/instant.ts";
import { outlineOf } from "../model/outline.ts";
import type { ForeignProblem, Zone } from "./foreign.ts";
import { Blanks, blankPart } from "./sheetblanks.ts";
import { resultsOfSheet, type SheetContext } from "./sheetitems.ts";
import { People } from "./sheetpeople.ts";
import { type Clock, clockFor, offsetOf } from "./sheettimes.ts";

export interface SheetReading {
  /** A results file that follows `run-1.json`, as far as what was written allows. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly problems: readonly ForeignProblem[];
}

/**
 * @param checklist the source that the sheet was printed from
 * @param zone for times, where the sheet says no offset
 */
export function readSheet(form: FilledForm, checklist: Checklist, zone: Zone): SheetReading {
  const blanks = new Blanks(form);
  const clock = clockOfSheet(blanks, zone);
  const head = headOf(blanks, clock, checklist);
  const sections = sectionsOf(blanks, clock, checklist, head.begun);
  const people = new People(blanks, checklist);
  const context: SheetContext = { blanks, people, clock, checklist, near: sections.near };
  const results = resultsOfSheet(context);
  const decisions = decisionsOf(context);
  const signatures = signaturesOf(context);
  const rollback = rollbackOf(context);
  const review = reviewOf(blanks);
  const asOf = latest([
    ...results.map(({ at }) => at),
    ...sections.written.flatMap(({ start, end }) => [start, end]),
    ...decisions.map(({ at }) => at),
    ...signatures.map(({ at }) => at),
    rollback?.at,
  ]);
  if (asOf === null)
    blanks.wrong(
      "section",
      "holds no moment: nobody can say as of when it is true",
      "write times, and their dates",
    );
  const copy = blanks.text("run.source.copy");
  const left = blanks.leftOver();
  const record = {
    schema: "countersign/run@1",
    run: head.run,
    asOf: asOf ?? undefined,
    checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
    ...head.rest,
    people: people.all,
    sections: sections.written,
    results,
    decisions,
    ...(rollback === null ? {} : { rollback }),
    signatures,
    ...(review === null ? {} : { review }),
    source: { kind: "paper", ...(/^[1-9]\d{0,8}$/.test(copy ?? "") ? { copy: Number(copy) } : {}) },
    ...(Object.keys(left).length === 0 ? {} : { extra: { sheet: left } }),
  };
  return { record, problems: blanks.problems };
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
  readonly rest: Readonly<Record<string, unknown>>;
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

/** The moment in a blank; null where nothing is written, or what is written is none, which is then named. */
function moment(blanks: Blanks, clock: Clock, name: string, near: string | null): string | null {
  const written = blanks.text(name);
  if (written === null) return null;
  const at = clock(written, near);
  if (at === null) blanks.wrong(name, `'${written}' is no moment`, "write it as 2026-03-04 22:00");
  return at;
}

interface Sections {
  readonly written: readonly { readonly section: string; readonly start?: string; readonly end?: string }[];
  readonly near: (section: string) => string | null;
}

function sectionsOf(blanks: Blanks, clock: Clock, checklist: Checklist, begun: string | null): Sections {
  const { sections, section: byId } = outlineOf(checklist);
  const dates = new Map<string, string>();
  const near = (id: string): string | null => {
    for (let at = byId.get(id); at; at = at.parent === null ? undefined : byId.get(at.parent)) {
      const found = dates.get(at.id);
      if (found !== undefined) return found;
    }
    return begun;
  };
  const written = sections.flatMap(({ id }) => {
    const place = `section.${blankPart(id)}`;
    const date = blanks.text(`${place}.date`);
    const noon = date === null ? null : clock(`${date} 12:00`, near(id));
    if (date !== null && noon === null)
      blanks.wrong(`${place}.date`, `'${date}' is no date`, "write it as 2026-03-04");
    const from = blanks.text(`${place}.start`);
    // The date at the head is that of the begin, whatever the hour.
    const start = from === null ? null : clock(date === null ? from : `${date} ${from}`, near(id));
    if (from !== null && start === null)
      blanks.wrong(
        `${place}.start`,
        `'${from}' is no moment`,
        "write a time such as 22:15, and the section's date",
      );
    const begins = start ?? noon;
    if (begins !== null) dates.set(id, begins);
    const end = moment(blanks, clock, `${place}.end`, near(id));
    return start === null && end === null
      ? []
      : [{ section: id, ...(start && { start }), ...(end && { end }) }];
  });
  return { written, near };
}

const DECISIONS = ["go", "no-go", "delay", "continue", "rollback", "fix-forward"];

function decisionsOf({ blanks, people, clock, checklist, near }: SheetContext) {
  return outlineOf(checklist).sections.flatMap(({ id }) => {
    const place = `decision.${blankPart(id)}`;
    const ticked = DECISIONS.filter((decision) => blanks.ticked(`${place}.${decision}`));
    if (ticked.length > 1) blanks.wrong(place, `has ${ticked.length} boxes ticked: ${ticked.join(", ")}`);
    const [decision] = ticked;
    const by = people.named(blanks.text(`${place}.by`));
    const at = moment(blanks, clock, `${place}.at`, near(id)) ?? undefined;
    const basis = blanks.text(`${place}.basis`) ?? undefined;
    sealed(blanks, `${place}.signature`);
    if (decision !== undefined) return [{ decision, section: id, by, at, basis }];
    if (by !== undefined || at !== undefined || basis !== undefined)
      blanks.wrong(place, "is written on, and no decision is ticked", "tick what was decided");
    return [];
  });
}

/** A name in a blank is typed, and so is its signature, unless somebody says otherwise. */
function signaturesOf({ blanks, people, clock, checklist }: SheetContext) {
  return checklist.signoffs.flatMap(({ id, role, meaning }) => {
    const place = `signoff.${blankPart(id)}`;
    const by = people.named(blanks.text(`${place}.name`), role);
    const [date, time] = [blanks.text(`${place}.date`), blanks.text(`${place}.time`)];
    sealed(blanks, `${place}.signature`);
    const at = date === null || time === null ? null : clock(`${date} ${time}`, null);
    if (at === null && (date !== null || time !== null))
      blanks.wrong(
        `${place}.date`,
        `'${date ?? ""} ${time ?? ""}' is no moment`,
        "write date and time as 2026-03-04 and 22:15",
      );
    if (by === undefined && at === null) return [];
    return [{ role, meaning, by, at: at ?? undefined, method: "typed" as const }];
  });
}

function sealed(blanks: Blanks, name: string): void {
  if (blanks.ticked(name))
    blanks.unsure(name, "holds a digital signature, which is not verified here: the name counts as typed");
}

function rollbackOf({ blanks, clock, checklist, near }: SheetContext) {
  const { items, sections } = outlineOf(checklist);
  const contingency = sections.find(({ role }) => role === "contingency");
  const written = blanks.text("rollback.at");
  if (written === null) return null;
  const at = clock(written, contingency ? near(contingency.id) : null);
  if (at === null) blanks.wrong("rollback.at", `'${written}' is no moment`, "write it as 2026-03-04 22:15");
  const number = blanks.text("rollback.trigger");
  const trigger = items.find((item) => item.number === number || item.id === number);
  if (number !== null && !trigger) blanks.wrong("rollback.trigger", `'${number}' is no number of an item`);
  return { at: at ?? undefined, ...(trigger && { trigger: trigger.id }) };
}

function reviewOf(blanks: Blanks) {
  const lines = (key: string): readonly string[] =>
    blanks.below(`review.${key}`).flatMap((line) => blanks.text(`review.${key}.${line}`) ?? []);
  const [well, improve, actions] = [lines("well"), lines("improve"), lines("actions")];
  if (well.length + improve.length + actions.length === 0) return null;
  return { well, improve, actions: actions.map((text) => ({ text })) };
}
