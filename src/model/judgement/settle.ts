/** From the results of one item to what is found about it: which one counts, who else looked, what was tried before. */
import type { Item } from "../checklist.ts";
import { compareInstants } from "../instant.ts";
import type { Finding, Observation, ResultStatus, RunResult } from "../result.ts";

export interface Settled {
  /** The result that counts. */
  readonly result: RunResult;
  readonly status: ResultStatus | null;
  /** Earlier tries, oldest first. */
  readonly attempts: readonly Finding[];
  /** Readings of a repeated item, oldest first; empty for others. */
  readonly readings: readonly RunResult[];
  /** Others who recorded the same. */
  readonly observers: readonly RunResult[];
  /** Every value that counts, from whoever saw it. */
  readonly observed: readonly Observation[];
  readonly evidence: readonly string[];
}

/** Settles what was recorded of an item; null if nothing was. */
export function settle(item: Item, results: readonly RunResult[]): Settled | null {
  if (results.length === 0) return null;
  return item.repeat ? settleReadings(item, results) : settleOne(results);
}

function settleOne(recorded: readonly RunResult[]): Settled | null {
  // Parts of a night come in as their people come back: what was done first is first, whoever handed it in.
  const results = recorded.every(({ at }) => at !== null) ? byTime(recorded) : recorded;
  const said = results.filter(({ status }) => status !== null);
  const last = said.at(-1) ?? results.at(-1);
  if (!last) return null;
  // Who said it first did it; who said the same later watched. A later try replaces an earlier one.
  const result = said.find(({ status }) => status === last.status) ?? last;
  const observers = results.filter(
    (other) => other !== result && (other.status === last.status || other.status === null),
  );
  const before = results.filter(
    (other) => other !== result && other.status !== null && other.status !== last.status,
  );
  const attempts = [...result.attempts, ...observers.flatMap((other) => other.attempts)];
  const earlier = before.filter(
    (other) => !attempts.some((attempt) => attempt.status === other.status && attempt.at === other.at),
  );
  const tries = distinct([...earlier, ...attempts]).filter((attempt) => !isSame(attempt, result));
  const final = result.status ?? tries.at(-1)?.status ?? null;
  return {
    result,
    status: final,
    attempts: byTime(result.status === null ? tries.slice(0, -1) : tries),
    readings: [],
    observers,
    observed: [result, ...observers].flatMap(({ observed }) => observed),
    evidence: [...new Set([result, ...observers, ...before].flatMap(({ evidence }) => evidence))],
  };
}

/** Some tools list the last try among the attempts too. */
function isSame(attempt: Finding, result: Finding): boolean {
  return attempt.status === result.status && attempt.at === result.at && attempt.by === result.by;
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding, index) => findings.findIndex((other) => isSame(other, finding)) === index);
}

const badness: readonly (ResultStatus | null)[] = ["fired", "inconclusive", "clear"];

function settleReadings(item: Item, results: readonly RunResult[]): Settled | null {
  const readings = byTime(results);
  const said = readings.filter(({ status }) => status !== null);
  // What fired once has fired; elsewhere a later reading cures an earlier one.
  const worst =
    item.role === "triggers"
      ? badness
          .map((status) => said.find((reading) => reading.status === status))
          .find((found) => found !== undefined)
      : undefined;
  const result = worst ?? said.at(-1) ?? readings.at(-1);
  if (!result) return null;
  return {
    result,
    status: result.status,
    attempts: [],
    readings,
    observers: [],
    observed: readings.flatMap(({ observed, at }) =>
      observed.map((one) => (one.to === null && one.from === null ? { ...one, to: at } : one)),
    ),
    evidence: [...new Set(readings.flatMap(({ evidence }) => evidence))],
  };
}

function byTime<T extends Finding>(findings: readonly T[]): readonly T[] {
  return [...findings].sort((a, b) => (a.at === null || b.at === null ? 0 : compareInstants(a.at, b.at)));
}
