/** The story of a night on a filled sheet: when sections began and ended, what was decided, who signed, what was learnt. */
import type { Checklist } from "../model/checklist.ts";
import { outlineOf } from "../model/outline.ts";
import { type Blanks, blankPart } from "./sheetblanks.ts";
import type { SheetContext } from "./sheetitems.ts";
import type { Clock } from "./sheettimes.ts";

/** The moment in a blank; null where nothing is written, or what is written is none, which is then named. */
export function moment(blanks: Blanks, clock: Clock, name: string, near: string | null): string | null {
  const written = blanks.text(name);
  if (written === null) return null;
  const at = clock(written, near);
  if (at === null) blanks.wrong(name, `'${written}' is no moment`, "write it as 2026-03-04 22:00");
  return at;
}

export interface Sections {
  readonly written: readonly { readonly section: string; readonly start?: string; readonly end?: string }[];
  readonly near: (section: string) => string | null;
}

export function sectionsOf(
  blanks: Blanks,
  clock: Clock,
  checklist: Checklist,
  begun: string | null,
): Sections {
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

export function decisionsOf({ blanks, people, clock, checklist, near }: SheetContext) {
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
export function signaturesOf({ blanks, people, clock, checklist }: SheetContext) {
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

export function rollbackOf({
  blanks,
  clock,
  checklist,
  near,
}: SheetContext): Readonly<Record<string, string>> {
  const { items, sections } = outlineOf(checklist);
  const contingency = sections.find(({ role }) => role === "contingency");
  const written = blanks.text("rollback.at");
  if (written === null) return {};
  const at = clock(written, contingency ? near(contingency.id) : null);
  if (at === null) blanks.wrong("rollback.at", `'${written}' is no moment`, "write it as 2026-03-04 22:15");
  const number = blanks.text("rollback.trigger");
  const trigger = items.find((item) => item.number === number || item.id === number);
  if (number !== null && !trigger) blanks.wrong("rollback.trigger", `'${number}' is no number of an item`);
  return { ...(at !== null && { at }), ...(trigger && { trigger: trigger.id }) };
}

export interface Review {
  readonly well: readonly string[];
  readonly improve: readonly string[];
  readonly actions: readonly { readonly text: string }[];
}

export function reviewOf(blanks: Blanks): Review {
  const lines = (key: string): readonly string[] =>
    blanks.below(`review.${key}`).flatMap((line) => blanks.text(`review.${key}.${line}`) ?? []);
  const [well, improve, actions] = [lines("well"), lines("improve"), lines("actions")];
  return { well, improve, actions: actions.map((text) => ({ text })) };
}
