/** CTRF, in. What this software wrote itself comes back as it was recorded. */
import { readWith } from "../model/issue.ts";
import { resultSchema } from "../model/result.schema.ts";
import {
  error,
  type ForeignReading,
  type ForeignStatus,
  type ForeignTry,
  type OwnResult,
  refusedReading,
  said,
  warning,
} from "./foreign.ts";
import { type Given, givenJson, Problems } from "./given.ts";

const STATUSES: Readonly<Record<string, ForeignStatus>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  // It was planned and did not run.
  pending: "inconclusive",
  other: "inconclusive",
};

/**
 * Reads a CTRF report. A test is named by its `testId`, its `id`, its `name`, and `suite > name`; a test without
 * a time of its own ended no later than the run.
 */
export function parseCtrf(bytes: Uint8Array, file: string): ForeignReading {
  const problems = new Problems();
  const root = givenJson(bytes, file, problems);
  if (root === null) return refusedReading(problems.all);
  const results = root.get("results");
  if (results.absent || (root.get("reportFormat").value ?? "CTRF") !== "CTRF")
    return refusedReading([
      error("not-ctrf", "", "is no CTRF report: it has no 'results', or another 'reportFormat'"),
    ]);
  const stop = results.get("summary").get("stop").millis();
  const tests = results.get("tests").list();
  if (tests.length === 0) problems.add(warning("no-data", "/results/tests", "the report holds no test"));
  const own = tests.flatMap((test) => ownResults(test, problems));
  const foreign = tests.filter((test) => recorded(test).absent).map((test) => resultOf(test, stop, problems));
  return { results: foreign, values: [], own, problems: problems.all };
}

function recorded(test: Given): Given {
  return test.get("extra").get("countersign").get("results");
}

/** What `countersign export` wrote: the item by its id, every result as it was recorded. */
function ownResults(test: Given, problems: Problems): OwnResult[] {
  const item = test.get("extra").get("countersign").get("item").text();
  return recorded(test)
    .list()
    .flatMap((result) => {
      const read = readWith(resultSchema, withCounts({ item, ...(result.value as object) }));
      if ("data" in read) return [read.data];
      for (const { reason, hint } of read.faults) problems.add(error("schema", result.place, reason, hint));
      return [];
    });
}

/** Numbers were read as text, so that they lose no digits; what counts samples is a number again. */
function withCounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCounts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === "samples" && typeof entry === "string" && /^\d{1,15}$/.test(entry)
        ? Number(entry)
        : withCounts(entry),
    ]),
  );
}

function resultOf(test: Given, stop: string | null, problems: Problems) {
  const name = test.get("name").text() ?? "";
  if (name === "") problems.add(error("no-name", test.place, "a test has a name, got none"));
  const suites = test.get("suite").value;
  const suite =
    typeof suites === "string"
      ? [suites]
      : test
          .get("suite")
          .list()
          .map((part) => part.text() ?? "");
  const ids = [test.get("testId").text(), test.get("id").text()].filter((id) => id !== null);
  const last = tryOf(test, problems);
  return {
    ...last,
    at: last.at ?? last.started ?? stop,
    name,
    names: [name, ...ids, ...(suite.length === 0 ? [] : [[...suite, name].join(" > ")])],
    attempts: earlierTries(test, last, problems),
    item: null,
    commit: null,
  };
}

/** More tries than anybody makes; a larger count is a slip of the tool. */
const mostTries = 20;

/** The tries before the last one: as listed, else as many as are counted, of which nothing more is known. */
function earlierTries(test: Given, last: ForeignTry, problems: Problems): readonly ForeignTry[] {
  const listed = test
    .get("retryAttempts")
    .list()
    .map((one) => tryOf(one, problems));
  // The last attempt is the test's own outcome; some tools leave it out of the list.
  if (listed.length > 0) return listed.at(-1)?.status === last.status ? listed.slice(0, -1) : listed;
  const flaky = test.get("flaky").flag() === true;
  const counted = Math.max(Number(test.get("retries").number() ?? 0), flaky ? 1 : 0);
  return Array.from({ length: Math.min(Math.max(0, Math.trunc(counted)), mostTries) }, () => ({
    status: flaky ? "failed" : "inconclusive",
    started: null,
    at: null,
    reason: "the report counts this try and says nothing of it",
  }));
}

function tryOf(test: Given, problems: Problems): ForeignTry {
  const status = test.get("status").text() ?? "";
  const known = Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined;
  if (!known) {
    const expected = Object.keys(STATUSES).join(", ");
    problems.add(
      error("wrong-status", test.get("status").place, `expected ${expected}, got '${status.slice(0, 60)}'`),
    );
  }
  return {
    status: known ?? "inconclusive",
    started: test.get("start").millis(),
    at: test.get("stop").millis(),
    reason: said(test.get("message").text()),
  };
}
