/** Everything that the rules look at: a run against its checklist, as of its last record. */
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
  addDerived(frame, paths, states);
  return {
    ...frame,
    paths,
    states: frame.outline.items.flatMap(({ id }) => states.get(id) ?? []),
    state: states,
    signing,
    unasked: unaskedSignatures(frame, signing),
  };
}
