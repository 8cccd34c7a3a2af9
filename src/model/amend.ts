/** Amendments: the only way in which what is recorded changes. Old and new value stay on record. */
import type { Report } from "./merge.ts";
import {
  isList,
  isTree,
  type Json,
  listParts,
  objectParts,
  sameJson,
  showJson,
  step,
  type Tree,
} from "./parts.ts";
import type { WrittenRecord } from "./run.schema.ts";
import type { Correction } from "./run.ts";

type Amendment = NonNullable<WrittenRecord["amends"]>[number];

/** Places that an amendment's pointer names: where the value lies, and its key there. */
interface Place {
  readonly holder: Tree | Json[];
  readonly key: string | number;
}

/** Keys that say how records hang together: they are never corrected. */
const fixed = new Set(["schema", "run", "asOf", "previous", "checklist", "source", "extra", "amends"]);

/** Where an amendment stands. */
export interface Amending {
  /** Number of the record that amends. */
  readonly record: number;
  /** Pointer of the amendment in that record. */
  readonly pointer: string;
  readonly report: Report;
  /** May it add an entry that is not there? Only once it is certain that the record itself does not bring it. */
  readonly adding: boolean;
  /** What later amendments of the same record make of the same place: a record may carry what they come to. */
  readonly later: readonly Json[];
}

/**
 * Applies one amendment to the state in place. Returns the correction, or null where the pointer names nothing
 * that is recorded (yet), or where something is wrong, which is reported.
 */
export function amend(
  state: Tree,
  amendment: Amendment,
  { record, pointer, report, adding, later }: Amending,
): Correction | null {
  const steps = amendment.pointer.slice(1).split("/").map(unescaped);
  const [part = ""] = steps;
  if (fixed.has(part) || !(listParts.has(part) || objectParts.has(part))) {
    const known = [...objectParts.keys(), ...listParts.keys()].join(", ");
    report(
      `${pointer}/pointer`,
      "amend-place",
      `'${amendment.pointer}' names nothing that can be corrected`,
      `it begins with one of ${known}`,
    );
    return null;
  }
  if (adding) prepare(state, part);
  const places = locate(state, steps) ?? (adding ? placeToAdd(state, steps, amendment.new as Json) : null);
  if (places === null) return null;
  const [old, now] = [amendment.old ?? null, amendment.new as Json];
  const current = valueAt(places[0]);
  // The record that corrects may carry the corrected value itself; what others recorded must be what is said to be wrong.
  const isCarried = adding && [now, ...later].some((value) => sameJson(current ?? null, value));
  if (!agrees(current, old as Json) && !isCarried) {
    const reason = `'${amendment.pointer}' is recorded as ${showJson(current)}, the amendment says it was ${showJson(old as Json)}`;
    report(`${pointer}/old`, "amend-old", reason, "state what is recorded now as 'old'");
    return null;
  }
  // From the end, so that taking one out moves no other.
  for (const place of [...places].reverse()) put(place, now, part, steps, record);
  return {
    record,
    pointer: amendment.pointer,
    part,
    item: part === "results" ? (steps[1] ?? null) : null,
    old: valueText(old as Json),
    new: valueText(now),
    by: amendment.by,
    at: amendment.at,
    reason: amendment.reason,
  };
}

/** A part that no record has yet: an amendment may be the first to say something about it. */
function prepare(state: Tree, part: string): void {
  if (state[part] === undefined) state[part] = listParts.has(part) ? [] : {};
}

/** The end of a list, where an amendment adds an entry that it names by its id. */
function placeToAdd(state: Tree, steps: readonly string[], value: Json): readonly Place[] | null {
  const [part = "", name = "", ...inside] = steps;
  const [list, entries] = [listParts.get(part), state[part]];
  if (!list || !Array.isArray(entries) || inside.length > 0 || !isTree(value)) return null;
  return value[list.address] === name ? [{ holder: entries as Json[], key: entries.length }] : null;
}

/** What an amendment names does not exist: reported once it is certain that the record does not bring it. */
export function reportNowhere(amendment: Amendment, pointer: string, report: Report): void {
  const hint =
    "name entries of lists by their id, as in /results/error-rate/status, or by their place from 0; a new entry states its id";
  report(`${pointer}/pointer`, "amend-place", `'${amendment.pointer}' names nothing that is recorded`, hint);
}

function unescaped(text: string): string {
  return text.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** A value as corrections keep it: text as it is, everything else as JSON, null where there is none. */
export function valueText(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Numbers and their text agree: a value is kept as it was written. */
function agrees(current: Json | undefined, old: Json): boolean {
  const scalar = (value: Json | undefined): boolean => typeof value === "number" || typeof value === "string";
  return (
    sameJson(stripped(current), old) || (scalar(current) && scalar(old) && String(current) === String(old))
  );
}

/** Without the tag that says from which record an entry came. */
function stripped(value: Json | undefined): Json {
  if (!isTree(value)) return value ?? null;
  const { record: _, ...rest } = value;
  return rest;
}

function valueAt(place: Place | undefined): Json | undefined {
  if (place === undefined) return undefined;
  return isList(place.holder as Json)
    ? (place.holder as Json[])[Number(place.key)]
    : (place.holder as Tree)[place.key];
}

function put(
  { holder, key }: Place,
  value: Json,
  part: string,
  steps: readonly string[],
  record: number,
): void {
  if (Array.isArray(holder)) {
    if (value === null) holder.splice(Number(key), 1);
    else
      holder[Number(key)] =
        steps.length === 2 && listParts.has(part) && isTree(value) ? { ...value, record } : value;
  } else if (value === null) delete holder[key];
  else holder[key] = value;
}

/** Finds what a pointer names; several where one item has several results. Null where the way ends. */
function locate(state: Tree, steps: readonly string[]): readonly Place[] | null {
  const [part = "", ...rest] = steps;
  const list = listParts.get(part);
  if (!list) return walk(state, steps);
  const entries = (state[part] ?? []) as Json[];
  const [name, ...inside] = rest;
  if (name === undefined) return null;
  const named = entries.flatMap((entry, index) =>
    isTree(entry) && entry[list.address] === name ? [index] : [],
  );
  const [nth, ...further] = inside;
  // Entries have no keys that are numbers: one here counts the results of an item, also where there is only one yet.
  if (named.length > 0 && nth !== undefined && isPlace(nth)) {
    const index = named[Number(nth)];
    return index === undefined ? null : within(entries, index, further);
  }
  const chosen =
    named.length > 0 ? named : isPlace(name) && Number(name) < entries.length ? [Number(name)] : [];
  if (chosen.length === 0) return null;
  const places = chosen.map((index) => within(entries, index, inside));
  return places.every((found) => found !== null) ? places.flat() : null;
}

const isPlace = (text: string): boolean => /^(?:0|[1-9]\d{0,5})$/.test(text);

function within(entries: Json[], index: number, steps: readonly string[]): readonly Place[] | null {
  if (steps.length === 0) return [{ holder: entries, key: index }];
  if (steps[0] === "record") return null;
  const entry = entries[index];
  return isTree(entry) ? walk(entry, steps) : null;
}

/** Follows keys and places; a list's entry may also be named by its metric, name or id. The last key need not exist. */
function walk(from: Tree, steps: readonly string[]): readonly Place[] | null {
  let holder: Tree | Json[] = from;
  for (const [index, key] of steps.entries()) {
    const last = index === steps.length - 1;
    if (Array.isArray(holder)) {
      const place: number = isPlace(key)
        ? Number(key)
        : holder.findIndex(
            (entry) => isTree(entry) && [entry.metric, entry.name, entry.id, entry.item].includes(key),
          );
      const value: Json | undefined = holder[place];
      if (value === undefined) return null;
      if (last) return [{ holder, key: place }];
      if (!isTree(value) && !Array.isArray(value)) return null;
      holder = value as Tree | Json[];
    } else {
      if (last) return [{ holder, key }];
      const value: Json | undefined = Object.hasOwn(holder, key) ? holder[key] : undefined;
      if (!isTree(value) && !isList(value)) return null;
      holder = value as Tree | Json[];
    }
  }
  return null;
}

/** Where an amendment's value stands in the record that is amended, for messages. */
export function amendPointer(index: number): string {
  return step("amends") + step(index);
}
