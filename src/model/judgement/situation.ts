/** Everything that the rules look at: a run against its checklist, as of its last record. */
import type { Item, Section } from "../checklist.ts";
import type { ItemName, Moment, PersonName } from "../fact.ts";
import { showLocal, showUtc } from "../instant.ts";
import type { Signature } from "../run.ts";
import { addDerived } from "./derived.ts";
import { type Case, type Frame, frameOf } from "./frame.ts";
import { type Paths, pathsOf } from "./paths.ts";
import { type SignoffState, signingOf, unaskedSignatures } from "./signing.ts";
import { excuseOf, type ItemState, plainStates, signedState } from "./states.ts";
import { dueOf } from "./times.ts";

export interface Situation extends Frame {
  readonly paths: Paths;
  /** Every item's state, in document order. */
  readonly states: readonly ItemState[];
  readonly state: ReadonlyMap<string, ItemState>;
  readonly signing: readonly SignoffState[];
  readonly unasked: readonly Signature[];
}

export function situationOf(given: Case): Situation {
  const frame = frameOf(given);
  const paths = pathsOf(frame);
  const states = plainStates(frame, paths);
  const excused = (id: string): boolean => {
    const item = frame.outline.item.get(id);
    const status = states.get(id)?.status;
    if (status === undefined)
      return item !== undefined && excuseOf(frame, paths, item, dueOf(frame, item)) !== null;
    return status === "not-selected" || status === "not-needed" || status === "not-reached";
  };
  const signing = signingOf(frame, excused);
  for (const item of frame.outline.items) {
    if (item.signs !== null && item.derived === null)
      states.set(item.id, signedState(frame, paths, item, signing));
  }
  addDerived(frame, states);
  return {
    ...frame,
    paths,
    states: frame.outline.items.flatMap(({ id }) => states.get(id) ?? []),
    state: states,
    signing,
    unasked: unaskedSignatures(frame, signing),
  };
}

/** How an item is named in messages and lists. */
export function itemName({ id, number, text }: Item): ItemName {
  return { id, number, text };
}

/** `3.2.1 Error rate below 1 %`. */
export function sayItem({ number, text }: Pick<Item, "number" | "text">): string {
  const short = text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text;
  return number === "" ? short : `${number} ${short}`;
}

export function saySection({ number, text, id }: Pick<Section, "number" | "text" | "id">): string {
  return [number, text === "" ? id : text].filter((part) => part !== "").join(" ");
}

/** A person of the run; somebody who is not listed is named by the id, identity claimed. */
export function personName(frame: Frame, id: string): PersonName {
  const person = frame.run.people.find((entry) => entry.id === id);
  if (!person) return { id, name: id, role: null, identity: "claimed" };
  return { id, name: person.name, role: person.role, identity: person.identity };
}

export function maybePerson(frame: Frame, id: string | null): PersonName | null {
  return id === null ? null : personName(frame, id);
}

export function moment(at: string): Moment {
  return { at, local: showLocal(at), utc: showUtc(at) };
}

export function maybeMoment(at: string | null): Moment | null {
  return at === null ? null : moment(at);
}
