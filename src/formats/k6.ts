/**
 * k6, in: what `handleSummary` gets and what `--summary-export` writes. The two look alike, and the truth values of
 * their thresholds mean the opposite: `{"ok": true}` of the one is kept, `true` of the other is broken.
 */
import {
  error,
  type ForeignReading,
  type ForeignResult,
  type ForeignStatus,
  type ForeignValues,
  refusedReading,
  warning,
} from "./foreign.ts";
import { type Given, givenJson, Problems } from "./given.ts";

/**
 * Reads a summary. A threshold is a result named `metric: threshold`, a check one named by its name and by its path
 * (`::group::check`); a figure is a value named `metric.figure` (`http_req_duration.p(95)`). Times are in ms, data
 * in B, rates in %. Neither form says when it was.
 */
export function parseK6(bytes: Uint8Array, file: string): ForeignReading {
  const problems = new Problems();
  const root = givenJson(bytes, file, problems);
  if (root === null) return refusedReading(problems.all);
  const metrics = root.get("metrics");
  if (metrics.absent || Array.isArray(metrics.value))
    return refusedReading([
      error(
        "not-k6",
        "",
        "is no summary of k6: it has no 'metrics' by name",
        "write it by handleSummary or --summary-export",
      ),
    ]);
  const read = metrics.entries().map(([name, metric]) => metricOf(name, metric, problems));
  if (read.length === 0) problems.add(warning("no-data", "/metrics", "the summary holds no metric"));
  return {
    results: [...read.flatMap(({ thresholds }) => thresholds), ...checksOf(root.get("root_group"), problems)],
    values: read.flatMap(({ values }) => values),
    own: [],
    problems: problems.all,
  };
}

interface Metric {
  readonly thresholds: readonly ForeignResult[];
  readonly values: readonly ForeignValues[];
}

function metricOf(name: string, metric: Given, problems: Problems): Metric {
  const nested = metric.get("values");
  const figures = (nested.absent ? metric : nested).entries().filter(([key]) => key !== "thresholds");
  const numbers = new Map(figures.map(([key, figure]) => [key, figure.number()]));
  const kind = kindOf(metric, numbers);
  const count = samplesOf(kind, numbers);
  const thresholds = metric
    .get("thresholds")
    .entries()
    .map(([threshold, kept]) => {
      const holds = nested.absent ? brokenOf(kept, problems) : keptOf(kept, problems);
      const status: ForeignStatus = count === 0 ? "inconclusive" : holds ? "passed" : "failed";
      const reason =
        count === 0 ? "no samples" : holds ? null : `the threshold ${threshold} of ${name} is broken`;
      return plain([`${name}: ${threshold}`], status, reason);
    });
  return {
    thresholds,
    values: valuesOf(name, { kind, contains: metric.get("contains").text(), numbers, count }),
  };
}

/** `--summary-export`: `true` is a threshold that was crossed. */
function brokenOf(kept: Given, problems: Problems): boolean {
  if (typeof kept.value === "boolean") return !kept.value;
  problems.add(error("wrong-type", kept.place, "expected true or false, as --summary-export writes it"));
  return false;
}

/** `handleSummary`: `{"ok": true}` is a threshold that held. */
function keptOf(kept: Given, problems: Problems): boolean {
  const ok = kept.get("ok").flag();
  if (ok === null)
    problems.add(error("wrong-type", kept.place, `expected {"ok": true or false}, as handleSummary gets it`));
  return ok === true;
}

type Kind = "rate" | "counter" | "gauge" | "trend";
type Numbers = ReadonlyMap<string, string | null>;

/** `--summary-export` does not say what a metric is: its figures do. */
function kindOf(metric: Given, numbers: Numbers): Kind {
  const type = metric.get("type").value;
  if (type === "rate" || type === "counter" || type === "gauge" || type === "trend") return type;
  if (numbers.has("passes") || numbers.has("fails")) return "rate";
  if (numbers.has("count") && numbers.has("rate")) return "counter";
  return numbers.has("avg") || numbers.has("med") ? "trend" : "gauge";
}

/** How many samples, null where the summary does not say. A rate of no samples is 0, and a threshold on it holds. */
function samplesOf(kind: Kind, numbers: Numbers): number | null {
  if (kind === "rate") {
    const [passes, fails] = [numbers.get("passes") ?? null, numbers.get("fails") ?? null];
    return passes === null || fails === null ? null : Number(passes) + Number(fails);
  }
  const count = numbers.get("count") ?? null;
  return count === null || kind === "gauge" ? null : Number(count);
}

interface Figures {
  readonly kind: Kind;
  readonly contains: string | null;
  readonly numbers: Numbers;
  readonly count: number | null;
}

function valuesOf(metric: string, { kind, contains, numbers, count }: Figures): ForeignValues[] {
  return [...numbers].flatMap(([figure, number]) => {
    if (figure === "type" || figure === "contains") return [];
    const isPart = kind === "rate" && (figure === "rate" || figure === "value");
    const unit = isPart ? "%" : unitOf(metric, figure, { kind, contains });
    const empty = count === 0;
    const value = number === null || empty ? null : isPart ? timesHundred(number) : number;
    const samples = count !== null && Number.isSafeInteger(count) ? { samples: count } : {};
    const observed = {
      value,
      ...(unit === null ? {} : { unit }),
      statistic: figure,
      ...samples,
      source: `k6 ${metric}`,
    };
    const names =
      isPart && figure === "value" ? [`${metric}.value`, `${metric}.rate`] : [`${metric}.${figure}`];
    return [{ name: names[0] ?? metric, names, observed: [observed] }];
  });
}

/** `--summary-export` does not say what is in a metric: there only k6's own times are known to be milliseconds. */
function unitOf(
  metric: string,
  figure: string,
  { kind, contains }: Pick<Figures, "kind" | "contains">,
): string | null {
  if (figure === "count" || figure === "passes" || figure === "fails") return "";
  const name = metric.replace(/\{.*$/, "");
  const time =
    contains === "time" ||
    /^(?:http_req_\w+|iteration_duration|group_duration|ws_connecting|ws_session_duration|ws_ping|grpc_req_duration)$/.test(
      name,
    );
  if (kind === "trend" && time) return "ms";
  if (contains === "data" && kind !== "counter") return "B";
  return null;
}

/** Exact: the point moves by two places. */
function timesHundred(decimal: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal);
  if (!match) return decimal;
  const [, sign = "", whole = "", fraction = "", exponent] = match;
  if (exponent !== undefined)
    return `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}e${Number(exponent) + 2}`;
  const digits = fraction.padEnd(2, "0");
  const front = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const back = digits.slice(2);
  return `${sign}${front}${back === "" ? "" : `.${back}`}`;
}

/** Checks of a group and of all below: lists for `handleSummary`, objects by name for `--summary-export`. */
function checksOf(group: Given, problems: Problems): ForeignResult[] {
  const inside = (part: Given): readonly Given[] =>
    Array.isArray(part.value) ? part.list() : part.entries().map(([, one]) => one);
  const own = inside(group.get("checks")).map((check) => {
    const [passes, fails] = [check.get("passes").number(), check.get("fails").number()];
    const name = check.get("name").text() ?? "";
    const path = check.get("path").text();
    if (name === "") problems.add(error("no-name", check.place, "a check has a name, got none"));
    const none = Number(passes ?? 0) + Number(fails ?? 0) === 0;
    const status: ForeignStatus = none ? "inconclusive" : Number(fails ?? 0) > 0 ? "failed" : "passed";
    const reason = none
      ? "no samples"
      : status === "failed"
        ? `${fails} of ${Number(fails) + Number(passes ?? 0)} failed`
        : null;
    return plain([name, ...(path === null ? [] : [path])], status, reason);
  });
  return [...own, ...inside(group.get("groups")).flatMap((one) => checksOf(one, problems))];
}

function plain(names: readonly string[], status: ForeignStatus, reason: string | null): ForeignResult {
  return {
    name: names[0] ?? "",
    names,
    status,
    reason,
    started: null,
    at: null,
    attempts: [],
    item: null,
    commit: null,
  };
}
