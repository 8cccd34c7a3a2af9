/**
 * Deployments as another system lists them, against the runs that are recorded. A deployment and a run belong together
 * where the list names the run, else the change, else the commit, else the version, each with the same environment:
 * exactly, and never by likeness. Where several runs would do, the one that is nearest in time and still free is taken.
 */
import { addDuration, nanosBetween } from "./duration.ts";
import { compareInstants } from "./instant.ts";

export interface Deployed {
  /** Line of the list. */
  readonly line: number;
  /** RFC 3339. */
  readonly at: string;
  readonly environment: string;
  readonly version: string | null;
  readonly commit: string | null;
  readonly change: string | null;
  readonly run: string | null;
  readonly product: string | null;
}

export interface RecordedRun {
  readonly run: string;
  readonly checklist: string;
  readonly product: string | null;
  readonly environment: string;
  readonly version: string | null;
  readonly commit: string | null;
  readonly change: string | null;
  /** When the change began, as far as it is recorded, else as of when the run is. */
  readonly at: string;
  readonly asOf: string;
  readonly outcome: string;
  readonly finding: string;
}

export interface Pairing {
  readonly deployment: Deployed;
  readonly run: RecordedRun;
  /** What they agree in. */
  readonly by: "run" | "change" | "commit" | "version";
  /** What they should agree in as well, and do not. */
  readonly differences: readonly string[];
}

export interface Reconciliation {
  readonly from: string | null;
  readonly to: string | null;
  readonly pairs: readonly Pairing[];
  /** Deployments that nobody recorded. */
  readonly unrecorded: readonly Deployed[];
  /** Runs of the period that say they deployed something, and no deployment is listed for them. */
  readonly undeployed: readonly RecordedRun[];
  /** Runs of the period that no record closes. */
  readonly open: readonly RecordedRun[];
}

/** How far apart in time a version and a run of it may be: further apart they are two deployments of one version. */
const reach = "P2D";

const keys = ["run", "change", "commit", "version"] as const;

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** @param period what runs are looked at; null is from the first to the last deployment of the list, two days around it */
export function reconcile(
  deployments: readonly Deployed[],
  runs: readonly RecordedRun[],
  period: Period | null,
): Reconciliation {
  const pairs: Pairing[] = [];
  const free = new Set(runs);
  const left = new Set(deployments);
  // What is named outright is taken first, so that a guess by version takes no run from it.
  for (const key of keys) {
    for (const deployment of deployments) {
      if (!left.has(deployment)) continue;
      const run = nearestRun(
        deployment,
        [...free].filter((one) => agree(deployment, one, key)),
      );
      if (!run) continue;
      pairs.push({ deployment, run, by: key, differences: differencesOf(deployment, run) });
      left.delete(deployment);
      free.delete(run);
    }
  }
  const span = period ?? spanOf(deployments);
  const within = ({ at }: RecordedRun): boolean =>
    span !== null && compareInstants(at, span.from) >= 0 && compareInstants(at, span.to) <= 0;
  return {
    from: span?.from ?? null,
    to: span?.to ?? null,
    pairs: pairs.sort((a, b) => a.deployment.line - b.deployment.line),
    unrecorded: [...left],
    undeployed: [...free].filter((run) => within(run) && changedSomething(run)).sort(byTime),
    open: runs.filter((run) => within(run) && run.outcome === "in progress").sort(byTime),
  };
}

/** What was stopped before the change deployed nothing; what is in progress is listed as open. */
function changedSomething({ outcome }: RecordedRun): boolean {
  return outcome !== "stopped" && outcome !== "in progress";
}

function agree(deployment: Deployed, run: RecordedRun, key: (typeof keys)[number]): boolean {
  const value = deployment[key];
  if (value === null || run[key] === null) return false;
  if (key === "run") return value === run.run;
  if (run.environment !== deployment.environment) return false;
  if (
    deployment.product !== null &&
    deployment.product !== run.product &&
    deployment.product !== run.checklist
  )
    return false;
  // A deployment whose own run or change is named belongs to no other.
  if (key !== "change" && (deployment.run !== null || (deployment.change !== null && run.change !== null)))
    return false;
  if (key === "commit") return sameCommit(value, run.commit ?? "");
  if (key === "change") return value === run.change && deployment.run === null;
  return value === run.version && isNear(deployment.at, run.at);
}

/** A commit may be shortened to seven digits or more. */
function sameCommit(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 7 && long.toLowerCase().startsWith(short.toLowerCase());
}

function isNear(a: string, b: string): boolean {
  return compareInstants(b, addDuration(a, reach)) <= 0 && compareInstants(a, addDuration(b, reach)) <= 0;
}

function nearestRun({ at }: Deployed, runs: readonly RecordedRun[]): RecordedRun | null {
  const distance = (run: RecordedRun): bigint => {
    const nanos = nanosBetween(at, run.at);
    return nanos < 0n ? -nanos : nanos;
  };
  return runs.reduce<RecordedRun | null>(
    (best, run) => (best === null || distance(run) < distance(best) ? run : best),
    null,
  );
}

function differencesOf(deployment: Deployed, run: RecordedRun): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, listed: string | null, recorded: string | null, same: boolean): void => {
    if (listed !== null && recorded !== null && !same)
      found.push(`the list says ${what} ${listed}, the record says ${recorded}`);
  };
  const { environment, version, change, commit } = deployment;
  compare("environment", environment, run.environment, environment === run.environment);
  compare("version", version, run.version, version === run.version);
  compare("change", change, run.change, change === run.change);
  compare("commit", commit, run.commit, sameCommit(commit ?? "", run.commit ?? ""));
  if (run.outcome === "stopped") found.push("the record says that it was stopped before the change");
  return found;
}

function spanOf(deployments: readonly Deployed[]): Period | null {
  const times = deployments.map(({ at }) => at).sort(compareInstants);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { from: addDuration(first, `-${reach}`), to: addDuration(last, reach) };
}

function byTime(a: RecordedRun, b: RecordedRun): number {
  return compareInstants(a.at, b.at);
}
