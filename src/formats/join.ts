/** What other tools say, put into a record: an item that is not recorded is filled, one that is recorded is never changed. */
import type { Checklist, Item } from "../model/checklist.ts";
import { compareInstants, earliest, latest, parseInstant } from "../model/instant.ts";
import { outlineOf } from "../model/outline.ts";
import type { WrittenObservation, WrittenResult } from "../model/result.schema.ts";
import type { ResultStatus } from "../model/result.ts";
import type { WrittenRecord } from "../model/run.schema.ts";
import { type Baselines, judgeSeries, type Observed } from "../model/verdict.ts";
import type { Bindings, Claimed, ForeignFile, PlacedProblem } from "./binding.ts";
import {
  error,
  type ForeignProblem,
  type ForeignStatus,
  type ForeignTry,
  type OwnResult,
  said,
  warning,
  worstOf,
} from "./foreign.ts";

export interface Joined {
  readonly record: WrittenRecord;
  readonly problems: readonly PlacedProblem[];
}

export interface Joining {
  readonly bindings: Bindings;
  readonly checklist: Checklist;
  /** What earlier records of the run say: a limit may be a part of what was seen then. */
  readonly earlier: readonly WrittenResult[];
}

/** Adds what is bound, and what this software wrote into a file itself. The problems of the bindings are not repeated. */
export function joinForeign(
  record: WrittenRecord,
  files: readonly ForeignFile[],
  { bindings, checklist, earlier }: Joining,
): Joined {
  const problems: PlacedProblem[] = [];
  const results = new Map<string, WrittenResult[]>();
  const add = (file: string, item: Item, made: readonly WrittenResult[]): void => {
    if (made.length > 0) results.set(item.id, [...(results.get(item.id) ?? []), ...made]);
    const wrong = [...conflicts(record, item, made), ...tooLate(record, made)];
    problems.push(...wrong.map((one) => ({ ...one, file })));
  };
  const baselines = baselinesOf([...earlier, ...record.results], bindings);
  for (const claimed of bindings.items.values()) {
    const file = claimed.claims[0]?.file ?? [...claimed.observed.values()][0]?.file ?? "";
    const why = untellable(claimed.item, checklist);
    if (why === null) add(file, claimed.item, resultsOf(claimed, baselines));
    else
      problems.push({
        ...warning(
          "untellable",
          claimed.item.id,
          `the item '${claimed.item.id}' ${why}: no tool can record it`,
        ),
        file,
      });
  }
  for (const { name, reading } of files) {
    for (const [id, own] of Map.groupBy(reading.own, ({ item }) => item)) {
      const item = outlineOf(checklist).item.get(id);
      if (item) add(name, item, ownOf(item, own));
      else
        problems.push({
          ...error(
            "unknown-item",
            id,
            `'${id}' is no item of the checklist ${checklist.id} ${checklist.version}`,
          ),
          file: name,
        });
    }
  }
  return { record: { ...record, results: merged(record.results, results) }, problems };
}

/** Why a test's verdict says nothing about an item; null where it does. */
function untellable({ role, derived, signs, section }: Item, checklist: Checklist): string | null {
  if (derived !== null) return "follows from others";
  if (signs !== null) return "is done by a signature";
  const against = outlineOf(checklist).section.get(section)?.whenMet ?? "go";
  switch (role) {
    case "checks":
    case "contingency":
    case "follow-up":
    case "criteria":
      return null;
    case "decision":
      return against === "go" ? null : `calls for ${against} when it is met`;
    case "triggers":
    case "bands":
    case "contacts":
    case "templates":
    case "review":
    case "reference":
      return `stands under '${role}'`;
    default:
      return role satisfies never;
  }
}

/** The word for it in the role of the item; null where the role has none. */
function statusFor({ role }: Item, status: ForeignStatus): ResultStatus | null {
  if (role !== "criteria" && role !== "decision") return status;
  if (status === "passed") return "met";
  if (status === "failed") return "not-met";
  return role === "criteria" ? "inconclusive" : null;
}

function resultsOf(claimed: Claimed, baselines: Baselines): WrittenResult[] {
  const { item, claims } = claimed;
  const series = [...claimed.observed.values()].flatMap((one) => one.series);
  if (item.repeat !== null)
    return [
      ...claims.map((claim) => resultOf({ ...claimed, claims: [claim] }, [], baselines)),
      ...series.map((one) => resultOf({ ...claimed, claims: [] }, [one], baselines)),
    ];
  return claims.length === 0 && series.length === 0 ? [] : [resultOf(claimed, series, baselines)];
}

function resultOf(
  { item, claims }: Claimed,
  series: readonly WrittenObservation[],
  baselines: Baselines,
): WrittenResult {
  const missing =
    claims.length === 0
      ? []
      : item.checks.filter(
          (name) => !claims.some(({ by, result }) => by === name || result.names.includes(name)),
        );
  const status = worstOf([
    ...claims.map(({ result }) => result.status),
    ...(missing.length > 0 && item.repeat === null ? (["inconclusive"] as const) : []),
    ...verdicts(item, series, baselines),
  ]);
  const reasons = [
    ...claims.flatMap(({ result }) =>
      result.status === "passed" ? [] : [`${result.name}: ${result.reason ?? result.status}`],
    ),
    ...(missing.length > 0 && item.repeat === null ? [`no result for ${missing.join(", ")}`] : []),
  ];
  const at = latest([...claims.map(({ result }) => result.at), ...series.map(({ to }) => to)]);
  const started = earliest([
    ...claims.map(({ result }) => result.started),
    ...series.map(({ from }) => from),
  ]);
  const sources = [...new Set(claims.map(({ file, result }) => `${result.name} in ${plainName(file)}`))];
  const [only] = claims.length === 1 ? claims : [];
  return {
    item: item.id,
    status: statusFor(item, status),
    ...(at === null ? {} : { at }),
    ...(started === null || (at !== null && started === at) ? {} : { started }),
    ...(said(reasons.join("; ")) === null ? {} : { reason: said(reasons.join("; ")) ?? "" }),
    method: "test",
    ...(series.length === 0 ? {} : { observed: [...series] }),
    ...(sources.length === 0 ? {} : { note: said(`From ${sources.join(", ")}`) ?? "" }),
    ...(only && only.result.attempts.length > 0
      ? { attempts: only.result.attempts.map((one) => tryOf(item, one)) }
      : {}),
  };
}

/** Where somebody's folders are is no part of a record. */
function plainName(file: string): string {
  return file.replace(/^.*[\\/]/s, "");
}

function tryOf(item: Item, { status, at, started, reason }: ForeignTry) {
  return {
    status: statusFor(item, status),
    ...(at === null ? {} : { at }),
    ...(started === null ? {} : { started }),
    ...(reason === null ? {} : { reason }),
  };
}

/** The last value of each item, also of those that tools tell now. */
function baselinesOf(recorded: readonly WrittenResult[], { items }: Bindings): Baselines {
  const told = [...items.values()].map(({ item, observed }) => ({
    item: item.id,
    observed: [...observed.values()].flatMap(({ series }) => series),
  }));
  const baselines: Record<string, Baselines[string]> = {};
  for (const { item, observed = [] } of [...recorded, ...told]) {
    const last = observed.at(-1);
    if (last) baselines[item] = observedOf(last);
  }
  return baselines;
}

/** What the values say about the limits of the item; a limit that nothing was seen of is inconclusive. */
function verdicts(item: Item, series: readonly WrittenObservation[], baselines: Baselines): ForeignStatus[] {
  if (series.length === 0) return [];
  return item.limits.map((limit) => {
    const seen = series.filter(({ metric }) => metric === limit.metric).map(observedOf);
    const { verdict } = judgeSeries(limit, seen, baselines);
    return verdict === "holds" ? "passed" : verdict === "breached" ? "failed" : "inconclusive";
  });
}

function observedOf({ value, unit, from, to, samples }: WrittenObservation): Observed {
  return {
    value: value === null ? null : String(value),
    unit: unit ?? null,
    from: from ?? null,
    to: to ?? null,
    samples: samples ?? null,
  };
}

/** Results that were recorded once: of an item that is looked at once, what came before the last was a try. */
function ownOf(item: Item, own: readonly OwnResult[]): WrittenResult[] {
  const last = own.at(-1);
  if (item.repeat !== null || !last || own.length === 1) return [...own];
  const tries = own
    .slice(0, -1)
    .flatMap(({ item: _item, waiver: _waiver, attempts = [], ...one }) => [...attempts, one]);
  return [{ ...last, attempts: [...tries, ...(last.attempts ?? [])] }];
}

/** What the record says otherwise. A tool that tells nothing contradicts nobody. */
function conflicts({ results }: WrittenRecord, item: Item, made: readonly WrittenResult[]) {
  const recorded = results.findIndex(({ item: id, status }) => id === item.id && status !== null);
  const before = results[recorded]?.status ?? null;
  if (recorded === -1 || item.repeat !== null) return [];
  return made.flatMap(({ status }) => {
    if (status === before || status === null) return [];
    const place = `/results/${recorded}`;
    if (status === "inconclusive" || status === "skipped")
      return [
        warning(
          "told-nothing",
          place,
          `the record says '${before}' of '${item.id}', and the tool '${status}': the record stands`,
        ),
      ];
    return [
      error(
        "disagreement",
        place,
        `the record says '${before}' of '${item.id}', and the tool '${status}'`,
        "leave one of the two out, or list the earlier try under 'attempts'",
      ),
    ];
  });
}

/** A record is true as of a time: what a tool did later is no part of it. */
function tooLate({ asOf }: WrittenRecord, made: readonly WrittenResult[]): ForeignProblem[] {
  return made.flatMap(({ item, at }) => {
    if (at === undefined || parseInstant(at) === null || compareInstants(at, asOf) <= 0) return [];
    const reason = `'${item}' was done at ${at}, later than 'asOf' of the results file, ${asOf}`;
    return [error("after-as-of", item, reason, "set 'asOf' to when the record was true")];
  });
}

/** In the place of an entry that says nothing yet; beside one that says the same, its values are added. */
function merged(
  before: readonly WrittenResult[],
  made: ReadonlyMap<string, readonly WrittenResult[]>,
): WrittenResult[] {
  const left = new Map(made);
  const kept = before.flatMap((one): WrittenResult[] => {
    const [first, ...others] = left.get(one.item) ?? [];
    if (!first) return [one];
    left.delete(one.item);
    if (one.status === null) return [{ ...one, ...first }, ...others];
    const observed = [...(one.observed ?? []), ...(first.observed ?? [])];
    return [observed.length === 0 ? one : { ...one, observed }];
  });
  return [...kept, ...[...left.values()].flat()];
}
