/** SARIF 2.1.0, in: an analysis is passed where it ran to its end and found nothing that is an error or a warning. */
import {
  error,
  type ForeignReading,
  type ForeignResult,
  type ForeignStatus,
  type ForeignValues,
  refusedReading,
  warning,
  type Zone,
} from "./foreign.ts";
import { type Given, givenJson, Problems } from "./given.ts";

const LEVELS = ["error", "warning", "note", "none"] as const;
type Level = (typeof LEVELS)[number];

/**
 * Reads a log. A run is named by its tool (`ESLint`), and by the id of its automation; a rule that the tool lists or
 * found something by is named `tool/rule` and `rule`. Counts are values: `ESLint.error`, `ESLint.warning`, `ESLint.note`.
 */
export function parseSarif(bytes: Uint8Array, file: string): ForeignReading {
  const problems = new Problems();
  const root = givenJson(bytes, file, problems);
  if (root === null) return refusedReading(problems.all);
  const runs = root.get("runs");
  if (runs.absent || root.get("version").value !== "2.1.0")
    return refusedReading([
      error("not-sarif", "/version", "expected SARIF of the version 2.1.0 with 'runs'"),
    ]);
  const read = runs.list().map((run) => runOf(run, problems));
  if (read.length === 0) problems.add(warning("no-data", "/runs", "the log holds no run"));
  return {
    results: read.flatMap(({ results }) => results),
    values: read.flatMap(({ values }) => values),
    own: [],
    problems: problems.all,
  };
}

interface Found {
  readonly rule: string;
  readonly level: Level;
}

function runOf(run: Given, problems: Problems): { results: ForeignResult[]; values: ForeignValues[] } {
  const driver = run.get("tool").get("driver");
  const tool = driver.get("name").text() ?? "";
  if (tool === "") problems.add(error("no-name", driver.place, "a run names its tool, got none"));
  const rules = driver.get("rules").list();
  const found = run
    .get("results")
    .list()
    .filter(counts)
    .map((result) => foundOf(result, rules, problems));
  const calls = run.get("invocations").list();
  const broken = calls.some((call) => call.get("executionSuccessful").flag() === false);
  // A list that is not there says that nothing was looked at; an empty one that nothing was found.
  const unseen = run.get("results").absent;
  const times = {
    started: calls[0]?.get("startTimeUtc").time(utc) ?? null,
    at: calls.at(-1)?.get("endTimeUtc").time(utc) ?? null,
  };
  const commits = run
    .get("versionControlProvenance")
    .list()
    .map((one) => one.get("revisionId").text());
  const judged = (names: readonly string[], of: readonly Found[]): ForeignResult => {
    const bad = of.filter(({ level }) => level === "error" || level === "warning").length;
    const status: ForeignStatus = bad > 0 ? "failed" : unseen || broken ? "inconclusive" : "passed";
    const why = [
      bad > 0 ? `${bad} errors and warnings` : null,
      broken ? "the tool did not run to its end" : null,
      unseen ? "the log holds no list of results" : null,
    ].filter((part) => part !== null);
    return {
      name: names[0] ?? "",
      names,
      status,
      ...times,
      reason: why.length === 0 ? null : why.join("; "),
      attempts: [],
      item: null,
      commit: commits[0] ?? null,
    };
  };
  const category = run.get("automationDetails").get("id").text();
  const ids = new Set([
    ...rules.map((rule) => rule.get("id").text() ?? ""),
    ...found.map(({ rule }) => rule),
  ]);
  ids.delete("");
  return {
    results: [
      judged([tool, ...(category === null ? [] : [category, `${tool} ${category}`])], found),
      ...[...ids].map((id) =>
        judged(
          [`${tool}/${id}`, id],
          found.filter(({ rule }) => rule === id),
        ),
      ),
    ],
    values: unseen
      ? []
      : LEVELS.slice(0, 3).map((level) => ({
          name: `${tool}.${level}`,
          names: [`${tool}.${level}`],
          observed: [
            {
              value: broken ? null : String(found.filter((one) => one.level === level).length),
              unit: "",
              ...(times.at === null ? {} : { from: times.at, to: times.at }),
              source: `SARIF of ${tool}`.slice(0, 300),
            },
          ],
        })),
  };
}

/** These times are UTC by their names, also where a tool leaves the Z out. */
const utc: Zone = (local) => `${local}Z`;

/** Not what is gone since the baseline, nor what somebody suppressed. */
function counts(result: Given): boolean {
  if (result.get("baselineState").value === "absent") return false;
  const suppressed = result
    .get("suppressions")
    .list()
    .some((one) => ["accepted", undefined].includes(one.get("status").value as string | undefined));
  return !suppressed;
}

function foundOf(result: Given, rules: readonly Given[], problems: Problems): Found {
  const index = Number(result.get("ruleIndex").number() ?? result.get("rule").get("index").number() ?? -1);
  const named = result.get("ruleId").text() ?? result.get("rule").get("id").text();
  const rule = rules[index] ?? rules.find((one) => one.get("id").value === named);
  const kind = result.get("kind").text() ?? "fail";
  const usual = rule?.get("defaultConfiguration").get("level").text() ?? "warning";
  const written = kind === "fail" ? (result.get("level").text() ?? usual) : "none";
  const level = LEVELS.find((one) => one === written);
  if (!level)
    problems.add(
      error(
        "wrong-level",
        result.get("level").place,
        `expected ${LEVELS.join(", ")}, got '${written.slice(0, 60)}'`,
      ),
    );
  return { rule: named ?? rule?.get("id").text() ?? "", level: level ?? "error" };
}
