/** Argo Rollouts AnalysisRun, in: `kubectl get analysisrun -o yaml` or `-o json`, parsed by whoever reads the file. */
import {
  error,
  type ForeignReading,
  type ForeignResult,
  type ForeignStatus,
  type ForeignValues,
  refusedReading,
  said,
  warning,
  type Zone,
} from "./foreign.ts";
import { Given, Problems } from "./given.ts";

/** Only `Successful` is passed: what was still running, could not be measured or said nothing is inconclusive. */
const PHASES: Readonly<Record<string, ForeignStatus>> = {
  Successful: "passed",
  Failed: "failed",
  Error: "inconclusive",
  Inconclusive: "inconclusive",
  Running: "inconclusive",
  Pending: "inconclusive",
};

/** Reads an AnalysisRun, or a List of them. A metric is named by its `name` and by `<analysis run>/<metric>`. */
export function parseArgo(value: unknown, zone: Zone): ForeignReading {
  const problems = new Problems();
  const root = new Given(value, [], problems);
  const runs = root.get("kind").value === "List" ? root.get("items").list() : [root];
  const wrong = runs.find((run) => run.get("kind").value !== "AnalysisRun");
  if (wrong) {
    const kind = (wrong.get("kind").text() ?? "nothing").slice(0, 60);
    return refusedReading([
      error("not-argo", wrong.get("kind").place, `expected the kind AnalysisRun, got '${kind}'`),
    ]);
  }
  const metrics = runs.flatMap((run) => {
    const name = run.get("metadata").get("name").text() ?? "";
    return run
      .get("status")
      .get("metricResults")
      .list()
      .map((metric) => metricOf(metric, name, zone, problems));
  });
  if (metrics.length === 0)
    problems.add(warning("no-data", "/status/metricResults", "no metric was measured"));
  return {
    results: metrics.map(({ result }) => result),
    values: metrics.map(({ values }) => values),
    own: [],
    problems: problems.all,
  };
}

function metricOf(
  metric: Given,
  run: string,
  zone: Zone,
  problems: Problems,
): { readonly result: ForeignResult; readonly values: ForeignValues } {
  const name = metric.get("name").text() ?? "";
  if (name === "") problems.add(error("no-name", metric.place, "a metric has a name, got none"));
  const phase = metric.get("phase").text() ?? "";
  const known = Object.hasOwn(PHASES, phase) ? PHASES[phase] : undefined;
  if (!known)
    problems.add(
      error(
        "wrong-status",
        metric.get("phase").place,
        `expected ${Object.keys(PHASES).join(", ")}, got '${phase.slice(0, 60)}'`,
      ),
    );
  const measurements = metric.get("measurements").list();
  const times = measurements.map((one) => ({
    started: one.get("startedAt").time(zone),
    at: one.get("finishedAt").time(zone),
    value: one.get("value"),
  }));
  const dry = metric.get("dryRun").flag() === true;
  const empty = measurements.length === 0;
  const status: ForeignStatus =
    known === undefined || dry || (empty && known === "passed") ? "inconclusive" : known;
  const why = [
    status === "passed" ? null : `phase ${phase}`,
    dry ? "a dry run, which Argo does not count" : null,
    empty ? "nothing was measured" : null,
    said(metric.get("message").text()),
  ].filter((part) => part !== null);
  const names = [name, ...(run === "" ? [] : [`${run}/${name}`])];
  return {
    result: {
      name,
      names,
      status,
      started: times[0]?.started ?? null,
      at: times.at(-1)?.at ?? null,
      reason: status === "passed" || why.length === 0 ? null : why.join("; "),
      attempts: [],
      item: null,
      commit: null,
    },
    values: {
      name,
      names,
      observed: times.map(({ started, at, value }) => ({
        value: figureOf(value),
        ...(started === null ? {} : { from: started }),
        ...(at === null ? {} : { to: at }),
        source: `Argo Rollouts ${run}/${name}`.slice(0, 300),
      })),
    },
  };
}

/** Providers write `0.97`, or a list of one, `[0.97]`; anything else is no figure. */
function figureOf(value: Given): string | null {
  if (typeof value.value === "number") return value.number();
  const text = value.text() ?? "";
  return /^\[?\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)\s*\]?$/.exec(text)?.[1] ?? null;
}
