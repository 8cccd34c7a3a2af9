/** Which parts of a checklist apply in a run: conditions, alternatives, and ways back that were taken. */
import type { Item, Section } from "../checklist.ts";
import { type Condition, holds } from "../condition.ts";
import type { Frame } from "./frame.ts";

/** `true` applies, `false` does not, `null` cannot be told yet: an answer is missing. */
export type Applies = boolean | null;

export interface Paths {
  /** By the conditions and the alternatives of an item and everything around it. */
  selected(item: Item): Applies;
  /** Sections under role `contingency` that were invoked. */
  readonly invoked: ReadonlySet<string>;
}

export function pathsOf(frame: Frame): Paths {
  const { outline } = frame;
  const withResults = sectionsWithResults(frame);
  const excluded = unchosen(frame, withResults);
  const selected = (item: Item): Applies => {
    for (let at: string | null = item.section; at !== null; at = outline.section.get(at)?.parent ?? null) {
      if (excluded.has(at)) return false;
    }
    return all(frame, item.conditions);
  };
  return { selected, invoked: invokedSections(frame, withResults) };
}

function all(frame: Frame, conditions: readonly Condition[]): Applies {
  const values = conditions.map((condition) => holds(condition, frame.answers));
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

/** Saying that a step was not taken takes no way. */
const excuse: ReadonlySet<string> = new Set(["skipped", "not-applicable"]);

/** Sections in which, or below which, somebody recorded that something was done. */
function sectionsWithResults(frame: Frame): ReadonlySet<string> {
  const found = new Set<string>();
  for (const item of frame.outline.items) {
    const worked = (frame.results.get(item.id) ?? []).some(
      ({ status }) => status !== null && !excuse.has(status),
    );
    // What is only watched near a way back is no step of it.
    if (!worked || (item.role !== "checks" && item.role !== "contingency")) continue;
    for (
      let at: string | null = item.section;
      at !== null;
      at = frame.outline.section.get(at)?.parent ?? null
    )
      found.add(at);
  }
  return found;
}

/** Children of `choose: 1` sections that are not the one: by answers, or by which one was worked through or listed. */
function unchosen(frame: Frame, withResults: ReadonlySet<string>): ReadonlySet<string> {
  const excluded = new Set<string>();
  const listed = new Set(frame.run.rollback?.paths ?? []);
  for (const section of frame.outline.sections.filter(({ choose }) => choose)) {
    const children = frame.outline.sections.filter(({ parent }) => parent === section.id);
    const open = children.filter((child) => all(frame, child.conditions) !== false);
    const named = open.filter(({ id }) => listed.has(id));
    const sure =
      named.length > 0
        ? named
        : open.filter((child) => child.conditions.length > 0 && all(frame, child.conditions) === true);
    const worked = open.filter(({ id }) => withResults.has(id));
    const chosen = sure.length > 0 ? sure : worked;
    if (chosen.length === 0) continue;
    for (const child of children)
      if (!chosen.includes(child) && !withResults.has(child.id)) excluded.add(child.id);
  }
  return excluded;
}

function invokedSections(frame: Frame, withResults: ReadonlySet<string>): ReadonlySet<string> {
  const { sections, section: byId } = frame.outline;
  const ways = sections.filter(({ role }) => role === "contingency");
  const listed = new Set(frame.run.rollback?.paths ?? []);
  const chain = (section: Section): readonly Section[] => {
    const parent = section.parent === null ? undefined : byId.get(section.parent);
    return parent ? [section, ...chain(parent)] : [section];
  };
  const byRecord = ways.filter(
    (way) =>
      withResults.has(way.id) ||
      chain(way).some(({ id }) => listed.has(id)) ||
      ways.some((other) => listed.has(other.id) && chain(other).some(({ id }) => id === way.id)) ||
      frame.run.sections.some(({ section, start }) => section === way.id && start !== null) ||
      calledByCondition(frame, way),
  );
  // An abort in the middle of a change calls for a way back, but takes none by itself.
  const turnedBack = frame.turn?.kind === "rollback" && frame.turn.decision?.decision !== "abort";
  const chosen =
    byRecord.length === 0 && turnedBack
      ? ways.filter((way) => all(frame, way.conditions) !== false)
      : byRecord;
  return new Set(withOwnParts(chosen, ways, listed, chain).map(({ id }) => id));
}

/** A way whose condition speaks of the decision is invoked by the decision. */
function calledByCondition(frame: Frame, way: Section): boolean {
  const says = JSON.stringify(way.conditions);
  return /"name":"decision[".]/.test(says) && all(frame, way.conditions) === true;
}

/** A way that was taken is taken with its parts, unless the record lists which parts. */
function withOwnParts(
  chosen: readonly Section[],
  ways: readonly Section[],
  listed: ReadonlySet<string>,
  chain: (section: Section) => readonly Section[],
): readonly Section[] {
  if (listed.size > 0) return chosen;
  const ids = new Set(chosen.map(({ id }) => id));
  const tops = new Set(chosen.map((way) => chain(way).findLast(({ role }) => role === "contingency")?.id));
  return ways.filter((way) => ids.has(way.id) || chain(way).some(({ id }) => tops.has(id)));
}
