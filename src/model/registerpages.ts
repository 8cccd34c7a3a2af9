/**
 * The register cut into parts of a fixed size by order of ingest, so that a run more changes the last part only:
 * pages to read, shards to search, and what other pages say about runs.
 */
import { compareText } from "./diagnostic.ts";
import { type RegisterRow, type Totals, totalsOf } from "./register.ts";

/** Runs on a page, and in a shard: page `k` and shard `k` hold the same runs. */
export const PAGE_SIZE = 100;

/** From the oldest: what is full never gets other runs. Page 1 is the oldest. */
export function registerPages(oldestFirst: readonly RegisterRow[]): readonly (readonly RegisterRow[])[] {
  const pages: RegisterRow[][] = [];
  for (let at = 0; at < oldestFirst.length; at += PAGE_SIZE)
    pages.push(oldestFirst.slice(at, at + PAGE_SIZE));
  return pages;
}

export interface RegisterFilter {
  readonly name: "checklist" | "product" | "environment" | "outcome" | "finding" | "person";
  readonly label: string;
  /** The values under which a run is found. */
  readonly of: (row: RegisterRow) => readonly string[];
}

export const registerFilters: readonly RegisterFilter[] = [
  { name: "checklist", label: "Checklist", of: ({ checklist }) => [checklist] },
  { name: "product", label: "Product", of: ({ product }) => (product === null ? [] : [product]) },
  { name: "environment", label: "Environment", of: ({ environment }) => [environment] },
  { name: "outcome", label: "Outcome", of: ({ outcome }) => [outcome] },
  { name: "finding", label: "Finding", of: ({ finding }) => [finding] },
  { name: "person", label: "Person", of: ({ people }) => people },
];

/** What can be chosen: every value that occurs, by code unit, under the name of its filter. */
export type Facets = Readonly<Record<string, readonly string[]>>;

export function facetsOf(rows: readonly RegisterRow[]): Facets {
  return Object.fromEntries(
    registerFilters.map(({ name, of }) => [name, [...new Set(rows.flatMap(of))].sort(compareText)]),
  );
}

/** What is chosen: a value by the name of a filter, and `from` and `to` as days, YYYY-MM-DD, both included. */
export type Choice = ReadonlyMap<string, string>;

export function isChosen(row: RegisterRow, choice: Choice): boolean {
  const [from, to] = [choice.get("from") ?? "", choice.get("to") ?? ""];
  if ((from !== "" && row.day < from) || (to !== "" && row.day > to)) return false;
  return registerFilters.every(({ name, of }) => {
    const value = choice.get(name) ?? "";
    return value === "" || of(row).includes(value);
  });
}

/** Rows without their keys: what a shard holds. */
export interface PackedRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export function packRows(rows: readonly RegisterRow[]): PackedRows {
  const columns = Object.keys(rows[0] ?? {}) as (keyof RegisterRow)[];
  return { columns, rows: rows.map((row) => columns.map((column) => row[column])) };
}

/** @param packed what {@link packRows} has made */
export function unpackRows({ columns, rows }: PackedRows): readonly RegisterRow[] {
  return rows.map(
    (cells) => Object.fromEntries(columns.map((column, at) => [column, cells[at]])) as unknown as RegisterRow,
  );
}

/** What the pages of the site say about runs. It does not grow with the register. */
export interface RegisterView {
  readonly totals: Totals;
  /** Oldest first; at most a page. */
  readonly newest: readonly RegisterRow[];
  /** Days of the first and the last run of each page, from page 1. */
  readonly pages: readonly PageSpan[];
  /** Runs that are not closed or have exceptions nobody dispositioned: how many, and the newest of them. */
  readonly open: Some;
  readonly byChecklist: Readonly<Record<string, Some>>;
  /** Is there a page of the runs by control? */
  readonly hasControls: boolean;
}

export interface PageSpan {
  readonly number: number;
  /** YYYY-MM-DD, the earliest and the latest day on the page. */
  readonly from: string;
  readonly to: string;
}

/** The newest of many, newest first. */
export interface Some {
  readonly count: number;
  readonly rows: readonly RegisterRow[];
}

const SOME = 20;
const SPANS = 100;

function someOf(oldestFirst: readonly RegisterRow[]): Some {
  return { count: oldestFirst.length, rows: oldestFirst.slice(-SOME).reverse() };
}

export function registerView(oldestFirst: readonly RegisterRow[], hasControls = false): RegisterView {
  const pages = registerPages(oldestFirst);
  const step = Math.ceil(pages.length / SPANS);
  return {
    totals: totalsOf(oldestFirst),
    hasControls,
    newest: oldestFirst.slice(-PAGE_SIZE),
    pages: pages.flatMap((rows, at) => (at % step === 0 ? [spanOf(rows, at + 1)] : [])),
    open: someOf(
      oldestFirst.filter(({ outcome, undispositioned }) => outcome === "in progress" || undispositioned > 0),
    ),
    byChecklist: Object.fromEntries(
      [...Map.groupBy(oldestFirst, ({ checklist }) => checklist)].map(([id, rows]) => [id, someOf(rows)]),
    ),
  };
}

function spanOf(rows: readonly RegisterRow[], number: number): PageSpan {
  const days = rows.map(({ day }) => day).sort(compareText);
  return { number, from: days[0] ?? "", to: days.at(-1) ?? "" };
}
