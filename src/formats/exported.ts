/** What an export is made from, and how an item of a report reads to software that knows tests only. */
import type { Checklist } from "../model/checklist.ts";
import { type ItemReport, type ItemStatus, statusWords } from "../model/itemreport.ts";
import type { Report } from "../model/report.ts";
import type { RunResult } from "../model/result.ts";

export interface Exported {
  readonly report: Report;
  readonly checklist: Checklist;
  /** As recorded, in the order of the run: what the judgement was made of. */
  readonly results: readonly RunResult[];
  /** Address of the installation, without a slash at its end. */
  readonly url: string;
  /** The same UUID for the same name: an export of the same record has the same bytes. */
  readonly uuid: (name: string) => string;
}

/** The five statuses of tools for tests. */
export type Tested = "passed" | "failed" | "skipped" | "pending" | "other";

/** Items that count: what follows from others is left out, so that the sum is the report's. */
export function countedItems({ items }: Report): readonly ItemReport[] {
  return items.filter(({ derived }) => !derived);
}

/** `passed` only for what the report counts as passed: never for skipped, carried, not due or not recorded. */
export function testedAs({ status, good }: Pick<ItemReport, "status" | "good">): Tested {
  switch (status) {
    case "passed":
    case "met":
    case "clear":
    case "seen":
    case "not-seen":
    case "not-met":
      return good ? "passed" : "failed";
    case "failed":
    case "fired":
      return "failed";
    case "inconclusive":
    case "blocked":
    case "carried":
      return "other";
    case "skipped":
    case "not-applicable":
    case "not-selected":
    case "not-needed":
    case "not-reached":
    case "not-done":
      return "skipped";
    case "not-recorded":
    case "not-due":
      return "pending";
    default:
      return status satisfies never;
  }
}

/** Why an item is as it is: what the judge found about it, then what the record says. Null where nothing is said. */
export function whyOf(item: ItemReport, { exceptions, notes }: Report): string | null {
  const lists = { exceptions, notes };
  const found = item.facts.flatMap(({ list, index }) => lists[list][index]?.reason ?? []);
  // What the judge found often quotes the reason that was given: it is said once.
  const said: string[] = [];
  for (const part of [...found, item.because, item.reason, item.note])
    if (part !== null && !said.some((one) => one.includes(part))) said.push(part);
  return said.length === 0 ? null : said.join("; ");
}

/** Passed, and yet the judge found something about it. */
export function isWarned(item: ItemReport): boolean {
  return testedAs(item) === "passed" && item.facts.some(({ list }) => list === "exceptions");
}

/** `3.2.1 Error rate below 1 %`. */
export function titleOf({ number, text }: Pick<ItemReport, "number" | "text">): string {
  return [number, text].filter((part) => part !== "").join(" ");
}

/** `passed`, or `failed (recorded as passed)`. */
export function sayStatus({ status, claimed }: Pick<ItemReport, "status" | "claimed">): string {
  const word = statusWords[status];
  return claimed === null || claimed === (status as string)
    ? word
    : `${word} (recorded as ${statusWords[claimed satisfies ItemStatus]})`;
}

/** Where the report is read: `https://…/reports/<run>/<n>/`. */
export function linkOf({ report, url }: Pick<Exported, "report" | "url">): string {
  return `${url}/reports/${report.run}/${report.number}/`;
}

/** `sha256:` and 64 hex digits of the record that the report is as of. */
export function recordDigest({ provenance, number }: Report): string {
  const record = provenance.records.find((one) => one.number === number);
  if (!record) throw new Error(`a report must know its own record ${number}`);
  return record.digest;
}

/** Hex digits of a digest without the name of its algorithm. */
export function hexOf(digest: string): string {
  return digest.replace(/^sha256:/, "");
}
