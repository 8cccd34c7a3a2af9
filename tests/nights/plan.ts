/**
 * When everything on a checklist is done on a night on which all goes well: after what it needs, at its time,
 * within what its section may take.
 */
import type { Checklist, Item } from "../../src/model/checklist.ts";
import { type Answers, holds } from "../../src/model/condition.ts";
import { itemsWithin, outlineOf } from "../../src/model/outline.ts";
import { after, type Dice, lengthOf, minute } from "./time.ts";

export interface Timetable {
  /** Item id -> when it was done; readings of a repeated item have several times. */
  readonly done: ReadonlyMap<string, readonly number[]>;
  readonly changeBegan: number;
  readonly live: number;
  /** When the last thing that a close waits for is done. */
  readonly end: number;
}

export interface Wish {
  readonly checklist: Checklist;
  readonly answers: Answers;
  /** T-0. */
  readonly target: number;
  readonly offset: number;
  /** The item with which the release is live. */
  readonly liveItem: string;
  /** How long before the target preparations without a time of their own begin. */
  readonly lead: number;
  /** How long after the release went live triggers, and criteria without a time, are looked at. */
  readonly look: number;
  /** Longest time from one thing to the next. */
  readonly step: number;
  readonly dice: Dice;
}

/** Is the item asked for on a good night? No way back, nothing that follows from others, nothing that a signature does. */
export function isAsked(checklist: Checklist, item: Item, answers: Answers): boolean {
  const textual = ["contacts", "templates", "review", "reference", "contingency"].includes(item.role);
  if (textual || item.derived !== null || item.signs !== null) return false;
  return (
    item.conditions.every((condition) => holds(condition, answers) === true) &&
    outlineOf(checklist).item.has(item.id)
  );
}

/** Follow-ups that are due after the close are left for later. */
export function timetable(wish: Wish): Timetable {
  const { checklist, answers } = wish;
  const asked = outlineOf(checklist).items.filter(
    (item) => isAsked(checklist, item, answers) && item.role !== "follow-up",
  );
  const done = new Map<string, readonly number[]>();
  const early = asked.filter(
    (item) =>
      (item.stage === "before" || item.stage === "change" || item.stage === null) && !waitsForLive(item),
  );
  arrange(wish, early, done, null);
  const live = done.get(wish.liveItem)?.at(-1);
  if (live === undefined) throw new RangeError(`${wish.liveItem} is not done, so nothing is live`);
  arrange(
    wish,
    asked.filter((item) => !early.includes(item)),
    done,
    live,
  );
  const change = early.filter(({ stage, role }) => stage === "change" && role === "checks");
  return {
    done,
    live,
    changeBegan: Math.min(...change.flatMap(({ id }) => done.get(id) ?? [])),
    end: Math.max(...[...done.values()].flat()),
  };
}

function waitsForLive({ timing, role }: Item): boolean {
  return (
    (timing.anchor === "live" && (timing.at !== null || timing.due !== null)) ||
    role === "triggers" ||
    role === "criteria"
  );
}

function slotOf(wish: Wish, item: Item, live: number | null): number {
  const { target, offset, lead, look } = wish;
  const { anchor, at, due, notBefore } = item.timing;
  const base = anchor === "live" && live !== null ? live : target;
  const times = [at, notBefore].filter((time) => time !== null).map((time) => after(base, offset, time));
  // Days ahead the work is done in the afternoon, not at the hour of the night.
  if (item.stage === "before" && at?.endsWith("D") && !/P0D$/.test(at))
    return Math.max(...times) - 7 * 60 * minute;
  if (item.role === "triggers") return (live ?? target) + look;
  if (times.length > 0) return Math.max(...times);
  if (item.role === "bands" || item.role === "decision")
    return item.stage === "before" ? target - 40 * minute : (live ?? target) + look;
  if (item.role === "criteria") return (live ?? target) + look;
  if (item.stage === "before" && due !== null) return after(base, offset, due) - lead;
  if (item.stage === "before") return target - 6 * minute;
  return item.stage === "after" && live !== null ? live : target;
}

function arrange(
  wish: Wish,
  items: readonly Item[],
  done: Map<string, readonly number[]>,
  live: number | null,
): void {
  const order = items
    .map((item, place) => ({ item, place, slot: slotOf(wish, item, live) }))
    .sort((a, b) => a.slot - b.slot || a.place - b.place);
  let clock = Number.NEGATIVE_INFINITY;
  const place = ({ item, slot }: { readonly item: Item; readonly slot: number }): void => {
    if (done.has(item.id)) return;
    // What it needs comes first, also where the page has it later.
    for (const id of item.needs) {
      const needed = order.find((other) => other.item.id === id);
      if (needed) place(needed);
    }
    const needs = item.needs.flatMap((id) => done.get(id) ?? []).map((time) => time + 30_000);
    if (item.repeat) {
      done.set(item.id, readings(wish, item, Math.max(slot, ...needs), done));
      return;
    }
    if (item.dwell !== null) {
      const long = lengthOf(item.dwell);
      const room =
        item.timing.due !== null && item.timing.at !== null
          ? lengthOf(item.timing.due) - lengthOf(item.timing.at)
          : 0;
      done.set(item.id, [Math.max(room >= long ? slot + long : slot, ...needs)]);
      return;
    }
    const at = Math.max(clock, slot, ...needs) + stepFor(wish, item) * wish.dice.between(0.55, 1);
    done.set(item.id, [at]);
    clock = at;
  };
  for (const entry of order) place(entry);
}

/** Half a minute before the next item at least, and within what the sections around may take. */
function stepFor({ checklist, step }: Wish, item: Item): number {
  let least = step;
  const { section: sections } = outlineOf(checklist);
  for (let id: string | null = item.section; id !== null; id = sections.get(id)?.parent ?? null) {
    const section = sections.get(id);
    if (!section?.duration || section.role === "contingency") continue;
    const count = itemsWithin(checklist, id).filter(
      ({ derived, dwell }) => derived === null && dwell === null,
    ).length;
    least = Math.min(least, (lengthOf(section.duration) * 0.85) / Math.max(1, count));
  }
  return least;
}

function readings(
  { checklist, dice }: Wish,
  item: Item,
  from: number,
  done: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  const every = lengthOf(item.repeat?.every ?? "PT15M");
  const until = item.repeat?.until;
  const ends = until ? itemsWithin(checklist, until).flatMap(({ id }) => done.get(id) ?? []) : [];
  const count = item.repeat?.expected ?? Math.max(1, Math.floor((Math.max(from, ...ends) - from) / every));
  return Array.from(
    { length: count },
    (_, index) => from + (index + 1) * every - dice.between(10, 50) * 1000,
  );
}
