/** The run that is open: what is kept of it, what it amounts to now, and the one way to change it. */
import type { Checklist } from "../../model/checklist.ts";
import type { Situation } from "../../model/judgement/situation.ts";
import { type Outline, outlineOf } from "../../model/outline.ts";
import type { WrittenRecord } from "../../model/run.schema.ts";
import { addPerson, type Person, personId } from "../../model/working/record.ts";
import { viewWork } from "../../model/working/view.ts";
import { t } from "../words.ts";
import { now } from "./clock.ts";
import { changeRun, type KeptRun, readRun, whenChanged } from "./store.ts";

/** A step of the work: from the record as it is kept to what it is afterwards. */
export type Step = (record: WrittenRecord, by: string, at: string) => WrittenRecord;

export interface Desk {
  readonly checklist: Checklist;
  readonly outline: Outline;
  readonly key: string;
  kept(): KeptRun;
  view(): Situation;
  me(): Person;
  /** Records a step, draws it, and says so. @param undo takes it back, as long as nothing else was done @returns is it recorded? */
  act(step: Step, said: string, undo?: Step): Promise<boolean>;
  /** Changes what is kept beside the record, or all of it. What cannot be kept is said. @returns is it on the disk? */
  keep(change: (kept: KeptRun) => KeptRun): Promise<boolean>;
  /** Draws now and after every change, of this tab or another. */
  onDraw(draw: (desk: Desk) => void): void;
  onSaid(said: (text: string, undo: (() => void) | null) => void): void;
  say(text: string): void;
  /** Says it where nothing was said yet: what somebody did, and can take back, comes first. */
  mention(text: string): void;
  redraw(): void;
}

export function openDesk(checklist: Checklist, first: KeptRun): Desk {
  let kept = first;
  let view: Situation | null = null;
  const draws: ((desk: Desk) => void)[] = [];
  let hasSaid = false;
  let hear: (text: string, undo: (() => void) | null) => void = () => undefined;
  const saying: typeof hear = (text, undo) => {
    hasSaid = true;
    hear(text, undo);
  };
  const redraw = (): void => {
    view = null;
    for (const draw of draws) draw(desk);
  };
  const keep: Desk["keep"] = async (change) => {
    try {
      // A run that was removed in another tab stays removed: nothing is kept under its name without being asked.
      const next = await changeRun(first.key, (found) => (found === undefined ? null : change(found)));
      if (next === undefined) throw new Error(t("this run was removed from this computer in another tab"));
      kept = next;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      saying(t("NOT RECORDED: {reason}", { reason }), null);
      return false;
    }
    redraw();
    return true;
  };
  const act: Desk["act"] = async (step, said, undo) => {
    const at = now();
    const isKept = await keep((found) => ({
      ...found,
      record: step(found.record, kept.me, at),
      saved: null,
    }));
    const takeBack = (): void => {
      void act((record, by) => undo?.(record, by, at) ?? record, t("Taken back: {said}", { said }));
    };
    if (isKept) saying(said, undo === undefined ? null : takeBack);
    return isKept;
  };
  const desk: Desk = {
    checklist,
    outline: outlineOf(checklist),
    key: first.key,
    kept: () => kept,
    view() {
      view ??= viewWork(kept.record, checklist, now());
      return view;
    },
    me: () => personOf(kept.record, kept.me),
    act,
    keep,
    onDraw(draw) {
      draws.push(draw);
      draw(desk);
    },
    onSaid(said) {
      hear = said;
    },
    say: (text) => saying(text, null),
    mention: (text) => {
      if (!hasSaid) hear(text, null);
    },
    redraw,
  };
  whenChanged((key) => {
    if (key !== first.key) return;
    void readRun(key).then((found) => {
      if (found === undefined) saying(t("This run was removed from this computer in another tab."), null);
      else {
        kept = found;
        redraw();
      }
    });
  });
  return desk;
}

export function personOf(record: WrittenRecord, id: string): Person {
  return record.people?.find((person) => person.id === id) ?? { id };
}

export function nameOf(record: WrittenRecord, id: string | undefined): string {
  if (id === undefined) return t("nobody named");
  return personOf(record, id).name ?? id;
}

/** The id of somebody by name, made known to the record where they are not yet. */
export function named(
  record: WrittenRecord,
  name: string,
  role?: string,
): { readonly record: WrittenRecord; readonly id: string } {
  const people = record.people ?? [];
  const known = people.find((person) => (person.name ?? person.id) === name);
  const id = known?.id ?? personId(name, people);
  const person = { id, name, ...(role === undefined || role === "" || known?.role ? {} : { role }) };
  return { record: addPerson(record, person), id };
}
