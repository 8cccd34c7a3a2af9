/** The times at which a record says that something happened: not what is planned, nor what a person typed into a field. */
import { isList, isTree, type Json, step } from "./parts.ts";
import type { WrittenRecord } from "./run.schema.ts";

export interface RecordedTime {
  readonly pointer: string;
  readonly time: string;
}

const happened = new Set(["at", "enteredAt", "started", "start", "end", "acknowledged"]);
/** Plans, anchors that offsets are counted from, and other people's words. */
const skipped = new Set([
  "anchors",
  "answers",
  "fields",
  "values",
  "capture",
  "extra",
  "amends",
  "preapproval",
  "next",
]);

const found = new WeakMap<WrittenRecord, readonly RecordedTime[]>();

/** Every time of the record at which something is said to have happened, with its pointer, in document order. */
export function recordedTimes(record: WrittenRecord): readonly RecordedTime[] {
  const known = found.get(record);
  if (known) return known;
  const times = timesIn(record);
  found.set(record, times);
  return times;
}

function timesIn(record: WrittenRecord): readonly RecordedTime[] {
  const times: RecordedTime[] = [];
  const visit = (value: Json | undefined, pointer: string, inside: string): void => {
    if (isList(value))
      for (const [index, entry] of value.entries()) visit(entry, pointer + step(index), inside);
    else if (isTree(value)) {
      for (const [key, entry] of Object.entries(value)) {
        const timed = happened.has(key) || (inside === "observed" && (key === "from" || key === "to"));
        if (timed && typeof entry === "string") times.push({ pointer: pointer + step(key), time: entry });
        else if (!skipped.has(key)) visit(entry, pointer + step(key), isList(entry) ? key : inside);
      }
    }
  };
  const { asOf: _, ...rest } = record;
  visit(rest as unknown as Json, "", "");
  (record.amends ?? []).forEach((amendment, index) => {
    times.push({ pointer: `/amends/${index}/at`, time: amendment.at });
  });
  return times;
}

/** Does this last step of a pointer name a time at which something happened? */
export function isHappening(key: string): boolean {
  return happened.has(key);
}
