/** One row a run: what the register, the lists of records and their CSV show. Made from the newest report of the run. */
import { csvOf } from "./csv.ts";
import type { FindingWord, Outcome, Report } from "./report.ts";

export interface RegisterRow {
  readonly run: string;
  /** Number of its newest record: the report is at `/reports/<run>/<number>/`. */
  readonly number: number;
  /** When the record that opened it came in: the order of the register. RFC 3339. */
  readonly received: string;
  readonly checklist: string;
  readonly version: string;
  readonly title: string;
  readonly product: string | null;
  readonly environment: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly change: string | null;
  readonly changeType: "standard" | "normal" | "emergency";
  /** When the change began: the window's start, else the time the newest record is as of. In words, UTC. */
  readonly when: string;
  /** The same for sorting and filtering, RFC 3339 in UTC. */
  readonly day: string;
  readonly asOf: string;
  readonly lead: string | null;
  readonly people: readonly string[];
  readonly outcome: Outcome;
  readonly finding: FindingWord;
  readonly interim: boolean;
  /** All items; those due as of the newest record; of these, those that are as they should be. */
  readonly total: number;
  readonly due: number;
  readonly passed: number;
  readonly exceptions: number;
  readonly undispositioned: number;
}

/** @param received when the record that opened the run came in, RFC 3339 */
export function registerRow(report: Report, received: string): RegisterRow {
  const begun = report.window.start ?? report.asOf;
  return {
    run: report.run,
    number: report.number,
    received,
    checklist: report.checklist.id,
    version: report.checklist.version,
    title: report.checklist.title,
    product: report.checklist.product,
    environment: report.deployment.environment,
    from: report.deployment.from,
    to: report.deployment.to,
    change: report.change.id,
    changeType: report.change.type,
    when: begun.utc,
    day: begun.utc.slice(0, 10),
    asOf: report.asOf.utc,
    lead: report.lead?.name ?? null,
    people: report.people.map(({ name }) => name),
    outcome: report.outcome,
    finding: report.finding,
    interim: report.interim,
    total: report.counts.total,
    due: report.counts.due,
    passed: report.counts.passed,
    exceptions: report.exceptions.length,
    undispositioned: report.undispositioned,
  };
}

export interface Totals {
  readonly runs: number;
  /** Every outcome and every finding that occurs; each list adds up to `runs`. */
  readonly outcomes: readonly (readonly [Outcome, number])[];
  readonly findings: readonly (readonly [FindingWord, number])[];
}

const OUTCOMES: readonly Outcome[] = [
  "in progress",
  "deployed",
  "stopped",
  "rolled back",
  "rollback not verified",
];
const FINDINGS: readonly FindingWord[] = ["clean", "with exceptions", "incomplete", "failed"];

export function totalsOf(rows: readonly RegisterRow[]): Totals {
  const count = <T extends string>(
    words: readonly T[],
    of: (row: RegisterRow) => T,
  ): (readonly [T, number])[] =>
    words.flatMap((word) => {
      const found = rows.filter((row) => of(row) === word).length;
      return found === 0 ? [] : [[word, found] as const];
    });
  return {
    runs: rows.length,
    outcomes: count(OUTCOMES, ({ outcome }) => outcome),
    findings: count(FINDINGS, ({ finding }) => finding),
  };
}

const COLUMNS = [
  ["run", (row) => row.run],
  ["report", (row) => String(row.number)],
  ["checklist", (row) => row.checklist],
  ["version", (row) => row.version],
  ["environment", (row) => row.environment],
  ["from", (row) => row.from ?? ""],
  ["to", (row) => row.to ?? ""],
  ["change", (row) => row.change ?? ""],
  ["change type", (row) => row.changeType],
  ["when", (row) => row.when],
  ["as of", (row) => row.asOf],
  ["lead", (row) => row.lead ?? ""],
  ["outcome", (row) => row.outcome],
  ["finding", (row) => row.finding],
  ["items", (row) => String(row.total)],
  ["due", (row) => String(row.due)],
  ["passed", (row) => String(row.passed)],
  ["exceptions", (row) => String(row.exceptions)],
  ["without disposition", (row) => String(row.undispositioned)],
] as const satisfies readonly (readonly [string, (row: RegisterRow) => string])[];

/** The rows as CSV, with their heads. */
export function registerCsv(rows: readonly RegisterRow[]): string {
  return csvOf([COLUMNS.map(([name]) => name), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))]);
}
