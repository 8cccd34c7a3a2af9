/**
 * Which item a result of another tool is about: by the `check` names and metric ids of the checklist, and by a map.
 * Exactly, or not at all: what binds to nothing, and what cannot be bound with certainty, is listed.
 */
import type { Checklist, Item } from "../model/checklist.ts";
import type { Limit } from "../model/limit.ts";
import type { Mapping } from "../model/mapping.schema.ts";
import { outlineOf } from "../model/outline.ts";
import type { WrittenObservation } from "../model/result.schema.ts";
import {
  error,
  type ForeignProblem,
  type ForeignReading,
  type ForeignResult,
  type ForeignValues,
  warning,
} from "./foreign.ts";

/** A file of another tool that was read. */
export interface ForeignFile {
  /** As typed. */
  readonly name: string;
  readonly reading: ForeignReading;
}

/** A problem, and the file that it is of. */
export interface PlacedProblem extends ForeignProblem {
  readonly file: string;
}

export interface Claim {
  readonly file: string;
  readonly result: ForeignResult;
  /** The name that bound it. */
  readonly by: string;
}

/** What tools say about one item. */
export interface Claimed {
  readonly item: Item;
  readonly claims: Claim[];
  /** By the metric of the limit. */
  readonly observed: Map<string, { readonly file: string; readonly series: readonly WrittenObservation[] }>;
}

export interface Bindings {
  readonly items: ReadonlyMap<string, Claimed>;
  readonly problems: readonly PlacedProblem[];
}

/** Binds everything that was read. `commit` is what was deployed: what a tool says of another one is not bound. */
export function bindForeign(
  files: readonly ForeignFile[],
  checklist: Checklist,
  { mapping, commit }: { readonly mapping: Mapping; readonly commit: string | null },
): Bindings {
  const problems: PlacedProblem[] = unknownTargets(mapping, checklist);
  const items = new Map<string, Claimed>();
  const claimed = (item: Item): Claimed => {
    const known = items.get(item.id) ?? { item, claims: [], observed: new Map() };
    items.set(item.id, known);
    return known;
  };
  const names = namesOf(checklist, mapping);
  for (const { name: file, reading } of files) {
    const place = (problem: ForeignProblem): number => problems.push({ ...problem, file });
    const free: string[] = [];
    for (const result of reading.results) {
      const found = targetsOf(result, names, checklist);
      if (found.length === 0) free.push(result.name);
      else if (isOther(result.commit, commit))
        place(
          warning(
            "other-commit",
            result.name,
            `speaks of the commit ${result.commit}, and ${commit} was deployed: it is not used`,
          ),
        );
      else for (const { item, by } of found) claimed(item).claims.push({ file, result, by });
    }
    for (const values of reading.values) {
      const target = figureOf(values, checklist, mapping);
      if (target === null) free.push(values.name);
      else if ("rule" in target) place(target);
      else addValues(claimed(target.item), target, { file, values }, place);
    }
    if (free.length > 0) place(unbound(free));
  }
  for (const { item, claims } of items.values()) listClaims(item, claims, problems);
  return { items, problems };
}

/** Exact name -> items. */
function namesOf(checklist: Checklist, { names = {} }: Mapping): ReadonlyMap<string, readonly Item[]> {
  const { items, item: byId } = outlineOf(checklist);
  const index = new Map<string, Item[]>();
  const add = (name: string, item: Item): void => {
    const known = index.get(name) ?? [];
    if (!known.includes(item)) index.set(name, [...known, item]);
  };
  for (const item of items) for (const name of item.checks) add(name, item);
  for (const [name, id] of Object.entries(names)) {
    const item = byId.get(id);
    if (item) add(name, item);
  }
  return index;
}

function targetsOf(
  { names, item: id }: ForeignResult,
  index: ReadonlyMap<string, readonly Item[]>,
  checklist: Checklist,
): readonly { readonly item: Item; readonly by: string }[] {
  const named = id === null ? undefined : outlineOf(checklist).item.get(id);
  const found = new Map<Item, string>(named ? [[named, named.id]] : []);
  for (const by of names) for (const item of index.get(by) ?? []) if (!found.has(item)) found.set(item, by);
  return [...found].map(([item, by]) => ({ item, by }));
}

function unknownTargets({ names = {}, metrics = {} }: Mapping, checklist: Checklist): PlacedProblem[] {
  const { item: byId } = outlineOf(checklist);
  const targets = [
    ...Object.entries(names),
    ...Object.entries(metrics).map(([name, { item }]) => [name, item] as const),
  ];
  return targets
    .filter(([, id]) => !byId.has(id))
    .map(([name, id]) => ({
      ...error(
        "unknown-item",
        name,
        `'${id}' is no item of the checklist ${checklist.id} ${checklist.version}`,
      ),
      file: "the map",
    }));
}

interface Figure {
  readonly item: Item;
  readonly limit: Limit;
  /** Unit that the map gives. */
  readonly unit: string | null;
}

/** The limit that a figure is a value for; null where nothing names it. */
function figureOf(
  { names, name }: ForeignValues,
  checklist: Checklist,
  { metrics = {} }: Mapping,
): Figure | ForeignProblem | null {
  const { items, item: byId } = outlineOf(checklist);
  for (const one of names) {
    const mapped = Object.hasOwn(metrics, one) ? metrics[one] : undefined;
    const item = mapped && byId.get(mapped.item);
    if (!mapped || !item) continue;
    const limits = limitsOf(item).filter(({ metric }) => metric === (mapped.metric ?? metric));
    const [limit] = limits;
    if (limit && new Set(limits.map(({ metric }) => metric)).size === 1)
      return { item, limit, unit: mapped.unit ?? null };
    const reason = `the item '${item.id}' has ${limit ? "several limits" : `no limit on '${mapped.metric ?? "anything"}'`}`;
    return error("unknown-metric", name, reason, "say under 'metrics' of the map which metric it is");
  }
  const bound = items.filter((item) => limitsOf(item).some(({ metric }) => names.includes(metric)));
  const [only] = bound;
  if (!only) return null;
  const limit = limitsOf(only).find(({ metric }) => names.includes(metric));
  if (limit && bound.length === 1) return { item: only, limit, unit: null };
  const reason = `${bound.length} items have a limit on it: ${bound.map(({ id }) => id).join(", ")}; it is not used`;
  return warning("two-items", name, reason, "say under 'metrics' of the map which item it is for");
}

function limitsOf({ limits, targets, expected }: Item): readonly Limit[] {
  return [...limits, ...targets, ...expected];
}

function addValues(
  { item, observed }: Claimed,
  { limit, unit }: Figure,
  { file, values }: { readonly file: string; readonly values: ForeignValues },
  place: (problem: ForeignProblem) => number,
): void {
  const before = observed.get(limit.metric);
  if (before) {
    place(
      warning(
        "two-claims",
        values.name,
        `a second series for '${limit.metric}' of the item '${item.id}', after one in ${before.file}: neither is used`,
        "ask for one series, such as a sum or a maximum",
      ),
    );
    observed.set(limit.metric, { file, series: [] });
    return;
  }
  // A figure without a unit would be read in the limit's: 0.004 of requests is no 0.004 %.
  const needs = limit.unit !== null && limit.unit !== "";
  if (needs && unit === null && values.observed.some((one) => one.value !== null && !one.unit)) {
    place(
      warning(
        "no-unit",
        values.name,
        `the figure has no unit, and the limit of '${item.id}' is in ${limit.unit}: it is not used`,
        "say its unit under 'metrics' of the map",
      ),
    );
    return;
  }
  const series = values.observed.map((one) => ({
    ...one,
    metric: limit.metric,
    ...(unit === null || one.unit ? {} : { unit }),
  }));
  observed.set(limit.metric, { file, series });
}

/** What was looked at was something else than what was deployed. Short commits count as far as they go. */
function isOther(of: string | null, deployed: string | null): boolean {
  if (of === null || deployed === null || of === "" || deployed === "") return false;
  const [a, b] = [of.toLowerCase(), deployed.toLowerCase()];
  return !(a.startsWith(b) || b.startsWith(a));
}

const shown = 50;

function unbound(names: readonly string[]): ForeignProblem {
  const all = [...new Set(names)];
  const more = all.length > shown ? `, and ${all.length - shown} more` : "";
  return warning(
    "unbound-name",
    "",
    `${all.length} ${all.length === 1 ? "name binds" : "names bind"} to no item: ${all
      .slice(0, shown)
      .map((name) => `'${name.slice(0, 200)}'`)
      .join(", ")}${more}`,
    "name the check in the source (check: …), or list it under 'names' or 'metrics' of --map",
  );
}

/** Several results for one item: the worst counts, and which they were is said. */
function listClaims(item: Item, claims: readonly Claim[], problems: PlacedProblem[]): void {
  const [first] = claims;
  if (!first || claims.length < 2 || item.repeat !== null) return;
  const list = claims
    .map(({ file, result }) => `'${result.name.slice(0, 200)}' in ${file} (${result.status})`)
    .slice(0, shown);
  const problem = warning(
    "two-claims",
    item.id,
    `${claims.length} results claim the item '${item.id}': ${list.join(", ")}; the worst counts`,
  );
  problems.push({ ...problem, file: first.file });
}
