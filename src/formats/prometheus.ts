/** Responses of the Prometheus HTTP API (`/api/v1/query`, `/api/v1/query_range`), in: values, never verdicts. */
import { formatInstant } from "../model/instant.ts";
import type { WrittenObservation } from "../model/result.schema.ts";
import { error, type ForeignReading, type ForeignValues, refusedReading, said, warning } from "./foreign.ts";
import { type Given, givenJson, Problems } from "./given.ts";

/** More samples than a judgement can make use of. */
const maxSamples = 5000;

/**
 * Reads a response. A response does not hold its query: `metric` says what it is of; without it a series is named as
 * Prometheus writes it, `up{instance="a:1",job="b"}`, and by its bare name. No series is no data.
 */
export function parsePrometheus(bytes: Uint8Array, file: string, metric: string | null): ForeignReading {
  const problems = new Problems();
  const root = givenJson(bytes, file, problems);
  if (root === null) return refusedReading(problems.all);
  const status = root.get("status").text();
  if (status !== "success") {
    const reason =
      said(root.get("error").text()) ?? `expected the status 'success', got '${status ?? "nothing"}'`;
    return refusedReading([
      error("query-failed", "/status", reason, "ask again: an answer that failed holds no data"),
    ]);
  }
  for (const one of root.get("warnings").list())
    problems.add(warning("query-warning", one.place, said(one.text()) ?? "a warning without words"));
  const data = root.get("data");
  const series = seriesOf(data, problems);
  if (series.length === 0)
    problems.add(warning("no-data", "/data/result", "the query found no series: nothing was observed"));
  const none: ForeignValues[] =
    metric !== null && series.length === 0
      ? [{ name: metric, names: [metric], observed: [{ value: null, samples: 0, source: file }] }]
      : [];
  const named = series.flatMap(({ labels, samples }): ForeignValues[] => {
    const name = nameOf(labels);
    const observed = samples.flatMap((sample) => observationOf(sample, `${file}: ${name}`.slice(0, 300)));
    if (metric !== null) return [{ name: metric, names: [metric], observed }];
    return [{ name, names: [...new Set([name, labels.get("__name__") ?? name])], observed }];
  });
  return { results: [], values: [...none, ...named], own: [], problems: problems.all };
}

interface Series {
  readonly labels: ReadonlyMap<string, string>;
  readonly samples: readonly Given[];
}

function seriesOf(data: Given, problems: Problems): readonly Series[] {
  const type = data.get("resultType").text();
  const result = data.get("result");
  switch (type) {
    case "scalar":
      return [{ labels: new Map(), samples: [result] }];
    case "vector":
    case "matrix":
      return result.list().map((one) => {
        const labels = new Map(
          one
            .get("metric")
            .entries()
            .map(([key, value]) => [key, value.text() ?? ""]),
        );
        const samples = type === "vector" ? [one.get("value")] : one.get("values").list();
        if (samples.some(({ absent }) => absent))
          problems.add(
            error("no-value", one.place, "a series has values (histograms are not read), got none"),
          );
        if (samples.length > maxSamples)
          problems.add(
            error(
              "too-many",
              one.place,
              `holds ${samples.length} samples, more than ${maxSamples}`,
              "ask with a longer step",
            ),
          );
        return { labels, samples: samples.slice(0, maxSamples) };
      });
    default:
      problems.add(
        error(
          "not-prometheus",
          "/data/resultType",
          `expected vector, matrix or scalar, got '${(type ?? "nothing").slice(0, 60)}'`,
        ),
      );
      return [];
  }
}

/** As Prometheus writes it, labels in order. */
function nameOf(labels: ReadonlyMap<string, string>): string {
  const others = [...labels].filter(([key]) => key !== "__name__").sort(([a], [b]) => (a < b ? -1 : 1));
  const name = labels.get("__name__") ?? "";
  if (others.length === 0 && name !== "") return name;
  return `${name}{${others.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(",")}}`;
}

/** `[1435781451.781, "1"]`: a time and a value. NaN and infinities are no values. */
function observationOf(sample: Given, source: string): WrittenObservation[] {
  const [time, value] = sample.list();
  const seconds = time?.number() ?? null;
  const text = value?.text() ?? null;
  if (seconds === null || text === null || !/^\d{1,10}(?:\.\d{1,9})?$/.test(seconds)) {
    sample.problems.add(
      error("wrong-type", sample.place, "expected a pair of a time in seconds and a value as text"),
    );
    return [];
  }
  const [whole = "0", fraction = ""] = seconds.split(".");
  const nanos = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
  const at = formatInstant({ nanos, offset: 0 });
  const finite = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text);
  return [{ value: finite ? text : null, from: at, to: at, source }];
}
