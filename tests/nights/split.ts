/** One night cut into the records that a team hands in on the way: each holds what happened since the one before. */
import type { DraftRecord } from "./night.ts";
import { timeOf } from "./time.ts";

/**
 * @param cuts `asOf` of each record but the last, RFC 3339, in order; the last record is as of the whole night
 */
export function split(record: DraftRecord, cuts: readonly string[]): DraftRecord[] {
  const ends = [...cuts.map(timeOf), timeOf(record.asOf)];
  return ends.map((end, index) => {
    const begin = ends[index - 1] ?? Number.NEGATIVE_INFINITY;
    const first = index === 0;
    const during = (time: string | undefined): boolean =>
      time === undefined ? first : timeOf(time) > begin && timeOf(time) <= end;
    const part = sliced(record, during, first);
    const asOf = cuts[index] ?? record.asOf;
    return { ...part, asOf };
  });
}

type During = (time: string | undefined) => boolean;

function sliced(record: DraftRecord, during: During, first: boolean): DraftRecord {
  const { schema, run, asOf, checklist, deployment, change, people, fields, answers, source } = record;
  const opening = first ? { change, people, fields, answers } : {};
  const part = {
    schema,
    run,
    asOf,
    checklist,
    deployment,
    ...opening,
    source,
    window: times(record.window, during, first, ["plannedStart", "plannedEnd"]),
    anchors: times(record.anchors, during, first, ["target"]),
    sections: record.sections?.flatMap(({ section, start, end }) => {
      const own = { ...(during(start) && { start }), ...(during(end) && { end }) };
      return Object.keys(own).length === 0 ? [] : [{ section, ...own }];
    }),
    results: record.results.filter(({ at }) => during(at)),
    commands: record.commands?.filter(({ at }) => during(at)),
    evidence: record.evidence?.filter(({ at }) => during(at)),
    decisions: record.decisions?.filter(({ at }) => during(at)),
    signatures: record.signatures?.filter(({ at }) => during(at)),
    messages: record.messages?.filter(({ at }) => during(at)),
    incidents: record.incidents?.filter(({ at }) => during(at)),
    handovers: record.handovers?.filter(({ at }) => during(at)),
    dispositions: record.dispositions?.filter(({ at }) => during(at)),
    amends: record.amends?.filter(({ at }) => during(at)),
    rollback: during(record.rollback?.at) ? record.rollback : undefined,
    review: during(record.review?.at) ? record.review : undefined,
    closed: during(record.closed?.at) ? record.closed : undefined,
  };
  return withoutEmpty(part) as DraftRecord;
}

function times<T extends object>(
  all: T | undefined,
  during: During,
  first: boolean,
  planned: readonly (keyof T)[],
): Partial<T> | undefined {
  if (!all) return undefined;
  const entries = Object.entries(all).filter(([key, time]) =>
    planned.includes(key as keyof T) ? first : during(time as string | undefined),
  );
  return Object.fromEntries(entries) as Partial<T>;
}

/** A record says nothing by an empty list: `results` alone is always there. */
function withoutEmpty(part: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(part).filter(([key, value]) => {
      if (key === "results") return true;
      if (value === undefined) return false;
      return typeof value !== "object" || value === null || Object.keys(value).length > 0;
    }),
  );
}
