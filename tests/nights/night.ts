/** A run on which all goes well, recorded to its end: from a checklist and a few wishes to one record. */
import type { Checklist, Item, Signoff } from "../../src/model/checklist.ts";
import { outlineOf } from "../../src/model/outline.ts";
import type { WrittenResult } from "../../src/model/result.schema.ts";
import type { WrittenRecord } from "../../src/model/run.schema.ts";
import { type Somebody, teamOf } from "./people.ts";
import { isAsked, type Timetable, timetable } from "./plan.ts";
import { evidenceOf, type Proof } from "./proof.ts";
import { after, Dice, lengthOf, minute, offsetOf, timeOf, written } from "./time.ts";
import { captured, observedOf } from "./values.ts";

/** Makes everything inside writable: stories change a good night into another one. */
export type Draft<T> = T extends readonly (infer E)[]
  ? Draft<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Draft<T[K]> }
    : T;
export type DraftRecord = Draft<WrittenRecord>;

export interface Setting {
  readonly checklist: Checklist;
  readonly run: string;
  /** T-0, RFC 3339; its offset is everybody's. */
  readonly target: string;
  readonly liveItem: string;
  /** How long before T-0 preparations begin that have no time of their own. Milliseconds. */
  readonly lead: number;
  /** When triggers are looked at, after the release went live. Milliseconds. */
  readonly look: number;
  /** Planned length of the change window. Milliseconds. */
  readonly window: number;
  readonly answers: Readonly<Record<string, string>>;
  readonly deployment: WrittenRecord["deployment"];
  readonly change: NonNullable<WrittenRecord["change"]>;
  /** Id of the person who leads, closes and fills what nobody else fills. */
  readonly leader: string;
  /** Who does the work, by the first part of a section's number; `*` for the rest. */
  readonly workers: Readonly<Record<string, string>>;
  readonly decider: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly captures?: Readonly<Record<string, string>>;
  readonly notes?: Readonly<Record<string, string>>;
  /** Longest time from one thing to the next. Milliseconds. */
  readonly step?: number;
}

export interface Night {
  readonly setting: Setting;
  readonly record: DraftRecord;
  readonly proofs: Proof[];
  readonly times: Timetable;
  readonly offset: number;
}

/** The whole night in one record, closed, with nothing left to wish for. */
export function goodNight(setting: Setting): Night {
  const { checklist, answers } = setting;
  const [target, offset] = [timeOf(setting.target), offsetOf(setting.target)];
  const known = new Map([...Object.entries(answers), ["decision", "go"]] as [string, string][]);
  const dice = new Dice(setting.run);
  const times = timetable({
    ...setting,
    answers: known,
    target,
    offset,
    step: setting.step ?? 3 * minute,
    dice,
  });
  const proofs: Proof[] = [];
  const asked = outlineOf(checklist).items.filter(
    (item) => isAsked(checklist, item, known) && times.done.has(item.id),
  );
  const results = asked.flatMap((item) =>
    resultsOf(setting, item, times.done.get(item.id) ?? [], offset, dice, proofs),
  );
  const end = times.end + 12 * minute;
  const people = teamOf(checklist.id).people;
  const team = people.map(({ id, name, roles, phone }) => ({
    id,
    name,
    role: roles[0] ?? "",
    identity: "verified" as const,
    by: "sso",
    ...(phone === undefined ? {} : { phone }),
  }));
  const at = (time: number): string => written(time, offset);
  return {
    setting,
    proofs,
    times,
    offset,
    record: {
      schema: "countersign/run@1",
      run: setting.run,
      asOf: at(end),
      checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
      deployment: setting.deployment as DraftRecord["deployment"],
      change: setting.change as NonNullable<DraftRecord["change"]>,
      window: {
        plannedStart: at(windowStart(setting, times, target)),
        plannedEnd: at(target + setting.window),
        start: at(times.changeBegan - minute),
        end: at(endOfChange(checklist, times) + minute),
      },
      anchors: { target: at(target), start: at(times.changeBegan), live: at(times.live) },
      answers: { ...answers },
      people: team,
      fields: fieldsOf(setting),
      sections: spans(checklist, times).map(({ id, start, end: last }) => ({
        section: id,
        start: at(start),
        end: at(last),
      })),
      results,
      commands: commandsOf(checklist, results),
      evidence: proofs.map(({ entry }) => entry),
      decisions: decisionsOf(setting, times, offset),
      signatures: signaturesOf(setting, times, people, offset, end),
      source: { kind: "terminal" },
      closed: { at: at(end - minute), by: setting.leader, ...followUps(setting, known, times.live, offset) },
    },
  };
}

/** Work that outlives the run: each piece has an owner and a date. */
function followUps(
  setting: Setting,
  known: ReadonlyMap<string, string>,
  live: number,
  offset: number,
): Pick<NonNullable<DraftRecord["closed"]>, "open"> {
  const open = outlineOf(setting.checklist)
    .items.filter((item) => item.role === "follow-up" && isAsked(setting.checklist, item, known))
    .map((item) => ({
      item: item.id,
      reason: "outlives the run",
      owner: setting.workers[item.number.split(".")[0] ?? ""] ?? setting.leader,
      due: written(after(live, offset, item.timing.due ?? item.timing.at ?? "P7D"), offset).slice(0, 10),
    }));
  return open.length === 0 ? {} : { open };
}

function windowStart({ checklist }: Setting, times: Timetable, target: number): number {
  // Some checklists begin the change an hour before T-0.
  const early = outlineOf(checklist).items.some(
    ({ stage, timing }) => stage === "change" && timing.at?.startsWith("-"),
  );
  return early ? Math.min(target, times.changeBegan) - 5 * minute : target - minute;
}

function endOfChange(checklist: Checklist, times: Timetable): number {
  const change = outlineOf(checklist).items.filter(
    ({ stage, role }) => stage === "change" && role !== "contingency",
  );
  return Math.max(...change.flatMap(({ id }) => times.done.get(id) ?? []));
}

function resultsOf(
  setting: Setting,
  item: Item,
  done: readonly number[],
  offset: number,
  dice: Dice,
  proofs: Proof[],
): WrittenResult[] {
  const { checklist } = setting;
  const by = workerFor(setting, item);
  return done.map((at, index): WrittenResult => {
    const observed = observedOf(item, checklist, at, offset, dice);
    const captures = captured(item, setting.captures ?? {}, at, offset);
    const proof = item.evidence && index === 0 ? evidenceOf(item, observed, { at, offset, by }, dice) : null;
    if (proof) proofs.push(proof);
    const note = setting.notes?.[item.id];
    return {
      item: item.id,
      status: statusOf(checklist, item),
      by,
      at: written(at, offset),
      ...(item.dwell === null ? {} : { started: written(at - dwellOf(item), offset) }),
      ...(item.witness ? { witness: setting.leader === by ? setting.decider : setting.leader } : {}),
      ...(observed.length === 0 ? {} : { observed: [...observed] }),
      ...(Object.keys(captures).length === 0 ? {} : { capture: captures }),
      ...(proof ? { evidence: [proof.entry.id] } : {}),
      ...(note === undefined || index > 0 ? {} : { note }),
    };
  });
}

function dwellOf({ dwell }: Item): number {
  return timeOf(`1970-01-01T00:00:00Z`) + (dwell === null ? 0 : Math.ceil(secondsIn(dwell) * 1000) + minute);
}

function secondsIn(duration: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration);
  return Number(match?.[1] ?? 0) * 86_400 + Number(match?.[2] ?? 0) * 3600 + Number(match?.[3] ?? 0) * 60;
}

function statusOf(checklist: Checklist, item: Item): NonNullable<WrittenResult["status"]> {
  switch (item.role) {
    case "triggers":
      return "clear";
    case "criteria":
      return "met";
    case "bands":
      return item.band === "green" ? "seen" : "not-seen";
    case "decision":
      return speaksAgainst(checklist, item) ? "not-met" : "met";
    default:
      return "passed";
  }
}

/** Does the item stand among what calls for a no-go or a delay? */
function speaksAgainst(checklist: Checklist, item: Item): boolean {
  const { section: sections } = outlineOf(checklist);
  for (let id: string | null = item.section; id !== null; id = sections.get(id)?.parent ?? null) {
    const met = sections.get(id)?.whenMet ?? null;
    if (met !== null) return met !== "go";
  }
  return false;
}

/** The holder of the item's role; else whoever works on that part of the checklist. */
export function workerFor(setting: Setting, item: Item): string {
  const { people } = teamOf(setting.checklist.id);
  const owner =
    item.owner === null ? undefined : people.find(({ roles }) => roles.includes(item.owner ?? ""));
  const [part = ""] = item.number.split(".");
  return owner?.id ?? setting.workers[part] ?? setting.workers["*"] ?? setting.leader;
}

function fieldsOf(setting: Setting): Record<string, string> {
  const said: Record<string, string> = {};
  for (const { id, type, required, authority, section } of setting.checklist.fields) {
    const own = setting.fields?.[id];
    if (own !== undefined) said[id] = own;
    else if (section !== null || !required) continue;
    else if (id === "target") said[id] = setting.target;
    else if (type === "person") said[id] = authority === "rollback" ? setting.decider : setting.leader;
  }
  return said;
}

/** Begin and end of every section that has a planned duration, or in which one has to stay. */
function spans(
  checklist: Checklist,
  times: Timetable,
): readonly { readonly id: string; readonly start: number; readonly end: number }[] {
  const { sections, items } = outlineOf(checklist);
  const inside = (id: string): readonly number[] => [
    ...items
      .filter(({ section, dwell }) => section === id && dwell === null)
      .flatMap((item) => times.done.get(item.id) ?? []),
    ...sections.filter(({ parent }) => parent === id).flatMap((child) => inside(child.id)),
  ];
  return sections
    .filter(({ duration, dwell }) => duration !== null || dwell !== null)
    .flatMap(({ id, dwell }) => {
      const done = inside(id);
      if (done.length === 0) return [];
      const start = Math.min(...done) - 30_000;
      return [{ id, start, end: Math.max(...done, dwell === null ? start : start + lengthOf(dwell)) }];
    });
}

/** Commands that do something, as they were run for the items they serve. */
function commandsOf(
  checklist: Checklist,
  results: readonly WrittenResult[],
): NonNullable<DraftRecord["commands"]> {
  return outlineOf(checklist).codes.flatMap(({ command }) => {
    if (command?.kind !== "do") return [];
    const result = results.find(({ item }) => command.for.includes(item));
    if (!result?.at || !result.by) return [];
    return [{ command: command.id, by: result.by, at: result.at, exit: 0 }];
  });
}

function decisionsOf(
  setting: Setting,
  times: Timetable,
  offset: number,
): NonNullable<DraftRecord["decisions"]> {
  const { sections, items } = outlineOf(setting.checklist);
  return sections
    .filter(
      ({ role, parent }) =>
        role === "decision" && sections.find(({ id }) => id === parent)?.role !== "decision",
    )
    .map(({ id, decider }) => {
      const seen = items
        .filter(({ role, stage }) => (role === "decision" || role === "bands") && stage === "before")
        .flatMap((item) => times.done.get(item.id) ?? []);
      const holder = teamOf(setting.checklist.id).people.find(({ roles }) => roles.includes(decider ?? ""));
      return {
        decision: "go" as const,
        section: id,
        by: holder?.id ?? setting.decider,
        at: written(Math.max(...seen) + minute, offset),
        basis: "every criterion is met",
      };
    });
}

/** Approvals when everything before the change is done, the others when what they cover is. */
function signaturesOf(
  setting: Setting,
  times: Timetable,
  people: readonly Somebody[],
  offset: number,
  end: number,
): NonNullable<DraftRecord["signatures"]> {
  const { items } = outlineOf(setting.checklist);
  const before = items
    .filter(({ stage }) => stage === "before")
    .flatMap(({ id }) => times.done.get(id) ?? [])
    .filter((time) => time < times.changeBegan);
  const ready = Math.max(...before, times.changeBegan - 3 * 60 * minute) + minute / 2;
  const approvals = setting.checklist.signoffs.filter((signoff) => signoff.before !== null);
  const room = times.changeBegan - 2 * minute - ready;
  return setting.checklist.signoffs.map((signoff) => {
    const nth = approvals.indexOf(signoff);
    const at =
      nth >= 0
        ? ready + (room * (nth + 0.5)) / approvals.length
        : signoff.after === null
          ? end - 4 * minute
          : spanEnd(setting.checklist, times, signoff) + 5 * minute;
    const signer = people.find(({ roles }) => roles.includes(signoff.role));
    if (!signer) throw new RangeError(`nobody in the team of ${setting.checklist.id} is ${signoff.role}`);
    const sections = [signoff.before, signoff.after].filter((section) => section !== null);
    return {
      role: signoff.role,
      by: signer.id,
      meaning: signoff.meaning,
      at: written(at, offset),
      method: "sso" as const,
      ...(sections.length > 0 ? { covers: { sections } } : {}),
    };
  });
}

function spanEnd(checklist: Checklist, times: Timetable, { after: section }: Signoff): number {
  const { sections, items } = outlineOf(checklist);
  const below = new Set([section]);
  for (const one of sections) if (one.parent !== null && below.has(one.parent)) below.add(one.id);
  return Math.max(
    ...items.filter((item) => below.has(item.section)).flatMap(({ id }) => times.done.get(id) ?? []),
  );
}
