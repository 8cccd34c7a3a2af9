/** A list of deployments in CSV, as other systems write it. */
import type { Zone } from "../src/formats/foreign.ts";
import { parseCsv } from "../src/model/csv.ts";
import { formatInstant, instantOf, parseInstant } from "../src/model/instant.ts";
import { nearest } from "../src/model/nearest.ts";
import type { Deployed } from "../src/model/reconciling.ts";

/** Columns, and the other names under which other systems write them. */
const columns = {
  at: ["deployed_at", "at", "time", "date", "timestamp", "created_at", "finished_at"],
  environment: ["environment", "env", "target"],
  version: ["version", "tag", "release", "ref"],
  commit: ["commit", "sha", "revision"],
  change: ["change", "change_id", "ticket"],
  run: ["run", "run_id", "record"],
  product: ["product", "service", "application", "checklist"],
} as const;

type Column = keyof typeof columns;

export interface DeploymentList {
  readonly deployments: readonly Deployed[];
  /** What is wrong, each with its line. */
  readonly faults: readonly string[];
  /** Columns that mean nothing here. */
  readonly ignored: readonly string[];
}

/** Reads a list of deployments. A line that cannot be read is a fault: left out in silence it would look as if all were recorded. */
export function parseDeployments(text: string, zone: Zone): DeploymentList {
  const { rows, fault } = parseCsv(text);
  const [head, ...body] = rows;
  if (fault !== null) return refusal(`line ${fault}: a quote is not closed, or not followed by a comma`);
  if (!head) return refusal("the file is empty; expected a line with the names of the columns");
  const names = head.cells.map((name) => name.trim().toLowerCase().replace(/[ -]+/g, "_"));
  const places = new Map<Column, number>();
  const twice: string[] = [];
  for (const [column, known] of Object.entries(columns) as [Column, readonly string[]][]) {
    const found = names.flatMap((name, index) => (known.includes(name) ? [index] : []));
    if (found.length > 1)
      twice.push(`${found.map((index) => head.cells[index]).join(" and ")} both say the ${column}`);
    if (found[0] !== undefined) places.set(column, found[0]);
  }
  if (twice.length > 0) return refusal(...twice.map((one) => `line ${head.line}: ${one}; keep one`));
  const missing = (["at", "environment"] as const).filter((column) => !places.has(column));
  if (missing.length > 0)
    return refusal(
      ...missing.map((column) => `line ${head.line}: there is no column ${missingColumn(column, names)}`),
    );
  const faults: string[] = [];
  const deployments = body.flatMap((row) => {
    const read = deploymentOf(row, places, names.length, zone);
    if (typeof read !== "string") return [read];
    faults.push(read);
    return [];
  });
  const used = new Set(places.values());
  return { deployments, faults, ignored: head.cells.filter((_, index) => !used.has(index)) };
}

function refusal(...faults: readonly string[]): DeploymentList {
  return { deployments: [], faults, ignored: [] };
}

function missingColumn(column: Column, names: readonly string[]): string {
  const [name] = columns[column];
  const near = names.map((one) => nearest(one, columns[column])).find((one) => one !== null);
  return near
    ? `${name} (one is nearly ${near})`
    : `${name}; it may be called ${columns[column].slice(1).join(", ")} too`;
}

function deploymentOf(
  { line, cells }: { readonly line: number; readonly cells: readonly string[] },
  places: ReadonlyMap<Column, number>,
  width: number,
  zone: Zone,
): Deployed | string {
  if (cells.length !== width) return `line ${line}: ${cells.length} cells, the first line has ${width}`;
  const cell = (column: Column): string | null => {
    const text = (cells[places.get(column) ?? -1] ?? "").trim();
    // What this software writes begins with an apostrophe where a spreadsheet would see a formula.
    const value = /^'[=+\-@]/.test(text) ? text.slice(1) : text;
    return value === "" ? null : value;
  };
  const [time, environment] = [cell("at"), cell("environment")];
  if (time === null || environment === null)
    return `line ${line}: the ${time === null ? "time" : "environment"} is empty`;
  const at = instantIn(time, zone);
  if (at === null)
    return `line ${line}: '${time}' is no time with an offset, such as 2026-03-04T22:00:00+01:00; for local times add --timezone`;
  return {
    line,
    at,
    environment,
    version: cell("version"),
    commit: cell("commit"),
    change: cell("change"),
    run: cell("run"),
    product: cell("product"),
  };
}

/** A time as CSV files have it, `T` or a blank between, seconds or none; null where it means no one moment. */
export function instantIn(text: string, zone: Zone): string | null {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)? ?(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(
    text,
  );
  if (!match) return null;
  const [, day, minutes, seconds = ":00", offset] = match;
  const local = `${day}T${minutes}${seconds}`;
  if (!parseInstant(`${local}Z`)) return null;
  if (offset === undefined) return zone(local);
  const named = /^(?:Z|UTC)$/i.test(offset) ? "Z" : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  return parseInstant(local + named) ? formatInstant(instantOf(local + named)) : null;
}
