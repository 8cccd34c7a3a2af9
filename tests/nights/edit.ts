/** Changes to a good night: what stories are made of. Times of day are those of the night's own offset. */
import { outlineOf } from "../../src/model/outline.ts";
import type { DraftRecord, Night } from "./night.ts";
import { evidenceOf, type Proof, proofOf } from "./proof.ts";
import { Dice, minute, timeOf, written } from "./time.ts";

export type DraftResult = DraftRecord["results"][number];

/** A run as it is handed in. */
export interface Story {
  /** The run's id and the name of its folder under `content/examples`. */
  readonly run: string;
  /** One sentence for the README: what happened, and what the report says of it. */
  readonly says: string;
  readonly records: readonly DraftRecord[];
  readonly proofs: readonly Proof[];
}

/** The result of an item; throws where there is none, because a story would silently miss its point. */
export function resultOf({ record }: Night, item: string): DraftResult {
  const found = record.results.find((result) => result.item === item);
  if (!found) throw new RangeError(`${record.run} has no result for ${item}`);
  return found;
}

/** Changes the result of an item; keys that are set to `undefined` go. */
export function amid(
  night: Night,
  item: string,
  change: { readonly [K in keyof DraftResult]?: DraftResult[K] | undefined },
): void {
  const result = resultOf(night, item) as Record<string, unknown>;
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) delete result[key];
    else result[key] = value;
  }
}

/** Sets the value that was observed of a metric. */
export function observed(night: Night, item: string, metric: string, value: string, unit?: string): void {
  const one = resultOf(night, item).observed?.find((entry) => entry.metric === metric);
  if (!one) throw new RangeError(`${item} observes no ${metric}`);
  one.value = value;
  if (unit !== undefined) one.unit = unit;
}

export function note(night: Night, notes: Readonly<Record<string, string>>): void {
  for (const [item, text] of Object.entries(notes)) resultOf(night, item).note = text;
}

/** `22:14` on the day of T-0, or a number of days after it: `22:14+1`. */
export function clock({ setting, offset }: Night, text: string): string {
  const match = /^(\d{2}):(\d{2})(?:([+-]\d+))?$/.exec(text);
  if (!match) throw new RangeError(`no time of day: ${text}`);
  const day = timeOf(`${setting.target.slice(0, 10)}T00:00:00${setting.target.slice(19)}`);
  return written(
    day + Number(match[3] ?? 0) * 1440 * minute + (Number(match[1]) * 60 + Number(match[2])) * minute,
    offset,
  );
}

/** Nothing is recorded after a time: results, signatures, the close and all that hangs on them go. */
export function cutAt(night: Night, time: string): void {
  const { record } = night;
  const until = timeOf(time);
  const kept = <T extends { at?: string | undefined }>(list: readonly T[] | undefined): T[] =>
    (list ?? []).filter(({ at }) => at === undefined || timeOf(at) <= until);
  record.results = kept(record.results);
  record.commands = kept(record.commands);
  record.signatures = kept(record.signatures);
  record.decisions = kept(record.decisions);
  record.evidence = kept(record.evidence);
  record.sections = (record.sections ?? []).flatMap((section) => {
    if (section.start && timeOf(section.start) > until) return [];
    if (section.end && timeOf(section.end) > until) delete section.end;
    return [section];
  });
  const named = new Set(record.evidence.map(({ id }) => id));
  for (let index = night.proofs.length - 1; index >= 0; index -= 1)
    if (!named.has(night.proofs[index]?.entry.id ?? "")) night.proofs.splice(index, 1);
  for (const times of [record.window, record.anchors] as (Record<string, string | undefined> | undefined)[]) {
    for (const [key, value] of Object.entries(times ?? {})) {
      if (
        times &&
        value !== undefined &&
        !key.startsWith("planned") &&
        key !== "target" &&
        timeOf(value) > until
      )
        delete times[key];
    }
  }
  delete record.closed;
  record.asOf = time;
}

/** Attaches a file to an item's result. */
export function attach(
  night: Night,
  item: string,
  id: string,
  name: string,
  bytes: Uint8Array | string,
): void {
  const result = resultOf(night, item);
  const at = timeOf(result.at ?? night.record.asOf);
  const proof = proofOf(id, name, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes, {
    at,
    offset: night.offset,
    by: result.by ?? night.setting.leader,
  });
  drop(night, result.evidence ?? []);
  result.evidence = [id];
  night.proofs.push(proof);
  night.record.evidence = [...(night.record.evidence ?? []), proof.entry];
}

/** Takes evidence out again, with its files. */
export function drop(night: Night, ids: readonly string[]): void {
  night.record.evidence = (night.record.evidence ?? []).filter(({ id }) => !ids.includes(id));
  for (let index = night.proofs.length - 1; index >= 0; index -= 1)
    if (ids.includes(night.proofs[index]?.entry.id ?? "")) night.proofs.splice(index, 1);
}

/** The steps of a way back, one after the other, all of them done. */
export function wayBack(night: Night, section: string, from: string, pace: number, by: string): void {
  const { checklist } = night.setting;
  const { items, sections } = outlineOf(checklist);
  const below = new Set([section]);
  for (const one of sections) if (one.parent !== null && below.has(one.parent)) below.add(one.id);
  const dice = new Dice(`${night.record.run} ${section}`);
  let at = timeOf(from);
  for (const item of items.filter(
    (one) => below.has(one.section) && one.role === "contingency" && one.derived === null,
  )) {
    at += pace * dice.between(0.6, 1);
    const result: DraftResult = { item: item.id, status: "passed", by, at: written(at, night.offset) };
    if (item.evidence) {
      const proof = evidenceOf(item, [], { at, offset: night.offset, by }, dice);
      night.proofs.push(proof);
      night.record.evidence = [...(night.record.evidence ?? []), proof.entry];
      result.evidence = [proof.entry.id];
    }
    night.record.results.push(result);
  }
  night.record.sections = [
    ...(night.record.sections ?? []),
    { section, start: from, end: written(at, night.offset) },
  ];
}

/** Ends the night: closed at a time by somebody, as of five minutes later. */
export function close(
  night: Night,
  time: string,
  open: NonNullable<NonNullable<DraftRecord["closed"]>["open"]> = [],
): void {
  night.record.closed = { at: time, by: night.setting.leader, ...(open.length === 0 ? {} : { open }) };
  night.record.asOf = written(timeOf(time) + 5 * minute, night.offset);
}
