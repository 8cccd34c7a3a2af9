/** Does a waiver count? It must come before what waits for the item, from a waiving role, and not from whoever did the work. */
import { compareInstants, earliest } from "../instant.ts";
import type { Waiver } from "../result.ts";
import type { Frame } from "./frame.ts";
import { folded, isSamePerson } from "./identity.ts";
import { sayPerson, sayTime } from "./names.ts";
import { endOfChange } from "./signing.ts";
import type { ItemState } from "./states.ts";

export interface JudgedWaiver {
  readonly waiver: Waiver;
  readonly valid: boolean;
  /** Why it does not count; empty where it does. */
  readonly why: string;
}

/** Judges the waiver of an item; null if there is none. */
export function judgeWaiver(frame: Frame, { item, settled }: ItemState): JudgedWaiver | null {
  const waiver = [settled?.result, ...(settled?.observers ?? [])]
    .map((result) => result?.waiver ?? null)
    .find((one) => one !== null);
  if (!waiver) return null;
  const why = faultOf(frame, item.mandatory, waiver, settled?.result.by ?? null, gateOf(frame, item.stage));
  return { waiver, valid: why === null, why: why ?? "" };
}

function faultOf(
  frame: Frame,
  mandatory: boolean,
  waiver: Waiver,
  worker: string | null,
  gate: string | null,
): string | null {
  if (mandatory) return "the item is mandatory";
  if (isSamePerson(frame, waiver.by, worker)) return `${sayPerson(frame, waiver.by)} did the work`;
  if (gate !== null && compareInstants(waiver.at, gate) > 0)
    return `it was given at ${sayTime(waiver.at)}, after the next stage began at ${sayTime(gate)}`;
  const roles = frame.policy.waivers;
  if (roles.length === 0) return "no role may waive here (site.yaml: waivers)";
  if (!roles.some((role) => holdsRole(frame, waiver.by, role, waiver.at)))
    return `${sayPerson(frame, waiver.by)} holds none of the waiving roles (${roles.join(", ")})`;
  return null;
}

/** The stage after the item's own is its gate: whoever goes on without a waiver has gone on too early. */
function gateOf(frame: Frame, stage: "before" | "change" | "after" | null): string | null {
  if (stage === "before") return frame.changeBegan?.at ?? null;
  if (stage !== "change") return frame.run.closed?.at ?? null;
  const after = frame.outline.items
    .filter((item) => item.stage === "after" && item.role === "checks")
    .flatMap((item) => frame.results.get(item.id) ?? []);
  return (
    earliest(after.map(({ started, at }) => started ?? at)) ?? frame.run.closed?.at ?? endOfChange(frame)
  );
}

/** By the roster where there is one; else by what the run says, handovers included. */
export function holdsRole(frame: Frame, person: string, role: string, at: string): boolean {
  if (frame.facts.roster) return inRoster(frame, person, role, at);
  return claimsRole(frame, person, role, at);
}

/** Did the roster give this person the role on that day? False without a roster. */
export function inRoster(frame: Frame, person: string, role: string, at: string): boolean {
  const day = at.slice(0, 10);
  return (frame.facts.roster?.roles ?? []).some(
    (entry) =>
      entry.person === person &&
      folded(entry.role) === folded(role) &&
      entry.from <= day &&
      (entry.to === undefined || entry.to >= day),
  );
}

/** Does the run say that this person had the role at that time? */
export function claimsRole(frame: Frame, person: string, role: string, at: string | null): boolean {
  const mine = frame.run.handovers.filter(
    (entry) => folded(entry.role) === folded(role) && (at === null || compareInstants(entry.at, at) <= 0),
  );
  const last = mine.at(-1);
  if (last) return last.to === person;
  const claimed = frame.run.people.find(({ id }) => id === person)?.role ?? null;
  return claimed !== null && folded(claimed) === folded(role);
}
