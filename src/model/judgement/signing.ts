/** Which signatures answer which sign-offs, and which sign-offs are asked for yet. */
import type { Signoff } from "../checklist.ts";
import { holds } from "../condition.ts";
import { addDuration } from "../duration.ts";
import { compareInstants, latest } from "../instant.ts";
import { itemsWithin } from "../outline.ts";
import type { Signature } from "../run.ts";
import { type Frame, isChangeWork } from "./frame.ts";
import { folded } from "./identity.ts";
import { isDue, type Span, spanOf } from "./times.ts";

export interface SignoffState {
  readonly signoff: Signoff;
  readonly state: "signed" | "not signed" | "not due" | "not needed";
  /** The first signature that answers it. */
  readonly signature: Signature | null;
  /** Every signature that answers it, in the order recorded. */
  readonly signatures: readonly Signature[];
  /** When the section it stands before or after really began and ended. */
  readonly span: Span | null;
  /** When it is due, where a time says so. */
  readonly due: string | null;
}

/** Asks whether all items of a section were excused: not selected, not needed, not reached. */
export type Excused = (itemId: string) => boolean;

export function signingOf(frame: Frame, excused: Excused): readonly SignoffState[] {
  const answered = assign(frame);
  return frame.checklist.signoffs.map((signoff): SignoffState => {
    const signatures = answered.get(signoff.id) ?? [];
    const signature = signatures.find(({ by }) => by !== null) ?? null;
    const scope = signoff.before ?? signoff.after;
    const span = scope === null ? null : spanOf(frame, scope);
    const due = ratificationDue(frame, signoff);
    const state = signature ? "signed" : unsigned(frame, signoff, span, due, excused);
    return { signoff, state, signature, signatures, span, due };
  });
}

/** Signatures that answer no sign-off of the checklist. */
export function unaskedSignatures(frame: Frame, states: readonly SignoffState[]): readonly Signature[] {
  const asked = new Set(states.flatMap(({ signatures }) => signatures));
  return frame.run.signatures.filter((signature) => !asked.has(signature));
}

/** Each signature answers one sign-off of its role and meaning: the one whose section it covers, else the next unanswered. */
function assign(frame: Frame): ReadonlyMap<string, readonly Signature[]> {
  const answered = new Map<string, Signature[]>();
  for (const signature of frame.run.signatures) {
    const fitting = frame.checklist.signoffs.filter(
      ({ id, role, meaning }) =>
        (folded(role) === folded(signature.role) || id === signature.role) &&
        (signature.meaning === null || signature.meaning === meaning),
    );
    const covering = fitting.filter(({ before, after }) =>
      signature.covers.sections.some((section) => section === before || section === after),
    );
    const candidates = covering.length > 0 ? covering : fitting;
    const chosen = candidates.find(({ id }) => !answered.has(id)) ?? candidates[0];
    if (chosen) answered.set(chosen.id, [...(answered.get(chosen.id) ?? []), signature]);
  }
  return answered;
}

function unsigned(
  frame: Frame,
  signoff: Signoff,
  span: Span | null,
  due: string | null,
  excused: Excused,
): SignoffState["state"] {
  if (signoff.optional || signoff.conditions.some((condition) => holds(condition, frame.answers) === false))
    return "not needed";
  const scope = signoff.before ?? signoff.after;
  if (scope !== null && !span?.begun) {
    const items = itemsWithin(frame.checklist, scope).filter(({ derived }) => derived === null);
    if (frame.turn || (frame.run.closed && items.length > 0 && items.every(({ id }) => excused(id))))
      return "not needed";
  }
  // What a stop kept from being done is not signed as done.
  if (frame.turn?.kind === "stop" && signoff.after !== null && holdsChange(frame, signoff.after))
    return "not needed";
  // Nobody approves a change that was not made.
  if (scope === null && frame.turn?.kind === "stop" && signoff.meaning === "approval") return "not needed";
  if (isPreapproved(frame, signoff, span)) return "not needed";
  if (due !== null) return isDue(frame, due) ? "not signed" : "not due";
  if (frame.run.closed || (signoff.before !== null && span?.begun)) return "not signed";
  return "not due";
}

/** Does the approval of a standard change rest on one in advance, which was valid when what it is for began? */
export function isPreapproved(
  { run, changeBegan, asOf }: Frame,
  { meaning, before, after }: Signoff,
  span: Span | null,
): boolean {
  const { type, preapproval } = run.change;
  if (meaning !== "approval" || after !== null || type !== "standard" || preapproval === null) return false;
  const begin = (before === null ? changeBegan?.at : span?.start) ?? asOf;
  return preapproval.validUntil === null || compareInstants(begin, preapproval.validUntil) <= 0;
}

/** Is there work of the change in a section, or below it? */
function holdsChange({ checklist }: Frame, section: string): boolean {
  return itemsWithin(checklist, section).some(isChangeWork);
}

/** When the change itself ended, as far as it is recorded. */
export function endOfChange(frame: Frame): string | null {
  const work = frame.outline.items
    .filter(isChangeWork)
    .flatMap((item) => frame.results.get(item.id) ?? [])
    .filter(({ status }) => status !== "skipped" && status !== "not-applicable");
  return frame.run.window.end ?? latest(work.map(({ at }) => at)) ?? frame.changeBegan?.at ?? null;
}

/** Until when an emergency change has to be ratified and reviewed; null for other changes. */
export function reviewDue(frame: Frame): string | null {
  const end = frame.run.change.type === "emergency" ? endOfChange(frame) : null;
  return end === null ? null : addDuration(end, frame.policy.thresholds.emergencyReview);
}

/** An emergency may be approved afterwards, but has a due time; everything else has none of its own. */
function ratificationDue(frame: Frame, signoff: Signoff): string | null {
  return signoff.meaning === "approval" && signoff.after === null ? reviewDue(frame) : null;
}
