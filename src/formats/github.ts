/**
 * GitHub, in: check runs and deployment statuses (payloads of webhooks, answers of the API), and the task list in the
 * text of an issue or a pull request.
 */
import {
  error,
  type ForeignReading,
  type ForeignResult,
  type ForeignStatus,
  type ForeignTry,
  refusedReading,
  said,
  warning,
  type Zone,
} from "./foreign.ts";
import { type Given, givenJson, Problems } from "./given.ts";
import { tasksOf } from "./tasklist.ts";

/** A check that was skipped or says nothing did not pass, also where GitHub lets it through. */
const CONCLUSIONS: Readonly<Record<string, ForeignStatus>> = {
  success: "passed",
  failure: "failed",
  timed_out: "failed",
  startup_failure: "failed",
  action_required: "inconclusive",
  cancelled: "inconclusive",
  neutral: "inconclusive",
  stale: "inconclusive",
  skipped: "skipped",
};

const STATES: Readonly<Record<string, ForeignStatus>> = {
  success: "passed",
  failure: "failed",
  error: "failed",
  inactive: "inconclusive",
  in_progress: "inconclusive",
  queued: "inconclusive",
  pending: "inconclusive",
  waiting: "inconclusive",
};

/**
 * Reads what GitHub wrote. A check run is named by its name; a deployment status `deployment <environment>`, and of
 * several the last counts; a task by its text, or by the item that a comment beside it names. An unticked task says nothing.
 */
export function parseGithub(bytes: Uint8Array, file: string, zone: Zone): ForeignReading {
  const problems = new Problems();
  const root = givenJson(bytes, file, problems);
  if (root === null) return refusedReading(problems.all);
  const all = Array.isArray(root.value) ? root.list() : [root];
  const checks = all.flatMap((one) =>
    one.get("check_runs").absent ? [one.get("check_run")] : one.get("check_runs").list(),
  );
  const results = [
    ...lastRuns([...checks, ...all].filter(isCheck).map((check) => runOf(check, zone, problems))),
    ...lastOf(all.flatMap((one) => deploymentOf(one, zone, problems))),
    ...all.flatMap((one) => tasksIn(one, zone, problems)),
  ];
  for (const one of all) warnOfPages(one, problems);
  if (results.length === 0 && !problems.refused) {
    const texts = all.some((one) => bodyOf(one) !== null);
    if (!texts && !Array.isArray(root.value) && root.get("check_runs").absent) {
      const expected = "expected check runs, deployment statuses, an issue or a pull request";
      return refusedReading([error("not-github", "", `${expected}, got another JSON`)]);
    }
    problems.add(warning("no-data", "", "it holds no check, no deployment status and no ticked task"));
  }
  return { results, values: [], own: [], problems: problems.all };
}

function isCheck(given: Given): boolean {
  return !given.get("head_sha").absent && !given.get("name").absent && !given.get("status").absent;
}

function checkOf(check: Given, zone: Zone, problems: Problems): ForeignResult {
  const name = check.get("name").text() ?? "";
  if (name === "") problems.add(error("no-name", check.place, "a check run has a name, got none"));
  const state = check.get("status").text() ?? "";
  const conclusion = check.get("conclusion").text() ?? "";
  const done = state === "completed";
  const known = Object.hasOwn(CONCLUSIONS, conclusion) ? CONCLUSIONS[conclusion] : undefined;
  if (done && !known)
    problems.add(
      error(
        "wrong-status",
        check.get("conclusion").place,
        `expected ${Object.keys(CONCLUSIONS).join(", ")}, got '${conclusion.slice(0, 60)}'`,
      ),
    );
  const status = done ? (known ?? "inconclusive") : "inconclusive";
  const says = [done ? conclusion : `not completed: ${state}`, said(check.get("output").get("title").text())];
  return result([name], status, {
    started: check.get("started_at").time(zone),
    at: check.get("completed_at").time(zone),
    reason: status === "passed" ? null : says.filter((part) => part !== null).join("; "),
    commit: check.get("head_sha").text(),
  });
}

interface CheckRun {
  /** Runs with the same key are runs of one check: of one name, by one app, on one commit. */
  readonly key: string;
  /** What tells which was later: when it began, and its number, which only grows. */
  readonly order: readonly [moment: number, number: number];
  readonly result: ForeignResult;
}

function runOf(check: Given, zone: Zone, problems: Problems): CheckRun {
  const result = checkOf(check, zone, problems);
  const app = check.get("app").get("slug").text() ?? check.get("app").get("id").number() ?? "";
  return {
    key: JSON.stringify([result.name, app, result.commit]),
    order: [momentOf(result.started ?? result.at), Number(check.get("id").number() ?? Number.NaN)],
    result,
  };
}

function momentOf(at: string | null): number {
  return at === null ? Number.NaN : Date.parse(at);
}

/** A check that was run again: the last run counts, those before it are tries. Where nothing tells which was last, all stand. */
function lastRuns(runs: readonly CheckRun[]): readonly ForeignResult[] {
  return [...Map.groupBy(runs, ({ key }) => key).values()].flatMap((group) => {
    const by = [0, 1].find((at) => {
      const marks = group.map(({ order }) => order[at] ?? Number.NaN);
      return marks.every((mark) => !Number.isNaN(mark)) && new Set(marks).size === marks.length;
    });
    if (by === undefined) return group.map(({ result }) => result);
    const inOrder = group
      .toSorted((a, b) => (a.order[by] ?? 0) - (b.order[by] ?? 0))
      .map(({ result }) => result);
    const last = inOrder.at(-1);
    return last ? [{ ...last, attempts: inOrder.slice(0, -1).map(tryOf) }] : [];
  });
}

function tryOf({ status, started, at, reason }: ForeignResult): ForeignTry {
  return { status, started, at, reason };
}

/** A payload holds the status beside its deployment; the API's list of statuses holds statuses alone. */
function deploymentOf(given: Given, zone: Zone, problems: Problems): ForeignResult[] {
  const inside = given.get("deployment_status");
  const status = inside.absent ? given : inside;
  const [state, environment] = [status.get("state"), status.get("environment")];
  if (environment.absent || state.absent) return [];
  const word = state.text() ?? "";
  const known = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
  if (!known)
    problems.add(
      error(
        "wrong-status",
        state.place,
        `expected ${Object.keys(STATES).join(", ")}, got '${word.slice(0, 60)}'`,
      ),
    );
  const reason = [word, said(status.get("description").text())].filter((part) => part !== null).join("; ");
  return [
    result([`deployment ${environment.text() ?? ""}`], known ?? "inconclusive", {
      started: given.get("deployment").get("created_at").time(zone),
      at: status.get("created_at").time(zone),
      reason: known === "passed" ? null : reason,
      commit: given.get("deployment").get("sha").text(),
    }),
  ];
}

/** The last status counts; one before it that said how it went is a try, and one that said how far it was is none. */
function lastOf(statuses: readonly ForeignResult[]): readonly ForeignResult[] {
  return [...Map.groupBy(statuses, ({ name, commit }) => JSON.stringify([name, commit])).values()].flatMap(
    (group) => {
      // GitHub lists the newest first: of two in the same second the first is the later.
      const inOrder = group.toReversed().sort((a, b) => momentOf(a.at) - momentOf(b.at));
      const last = inOrder.at(-1);
      const ended = inOrder.slice(0, -1).filter(({ status }) => status === "passed" || status === "failed");
      return last ? [{ ...last, attempts: ended.map(tryOf) }] : [];
    },
  );
}

function bodyOf(given: Given): Given | null {
  for (const holder of [given.get("issue"), given.get("pull_request"), given])
    if (!holder.get("body").absent && !holder.get("title").absent) return holder;
  return null;
}

/** Who ticked a box, and when, is not in the text: it was ticked by the time of the last edit. */
function tasksIn(given: Given, zone: Zone, problems: Problems): ForeignResult[] {
  const holder = bodyOf(given);
  if (holder === null) return [];
  const at = holder.get("updated_at").time(zone);
  const tasks = tasksOf(holder.get("body").text() ?? "");
  const open = tasks.filter(({ ticked }) => !ticked).length;
  if (open > 0)
    problems.add(
      warning(
        "unticked",
        holder.get("body").place,
        `${open} of ${tasks.length} tasks are not ticked: nothing is recorded of them`,
      ),
    );
  return tasks
    .filter(({ ticked }) => ticked)
    .map(({ text, item }) => ({
      ...result([text], "passed", { started: null, at, reason: null, commit: null }),
      item,
    }));
}

function warnOfPages(given: Given, problems: Problems): void {
  const [total, listed] = [Number(given.get("total_count").number() ?? 0), given.get("check_runs")];
  if (!listed.absent && total > listed.list().length)
    problems.add(
      warning(
        "pages-missing",
        given.get("total_count").place,
        `${total} check runs, and only ${listed.list().length} are in the file`,
        "ask for all pages",
      ),
    );
}

function result(
  names: readonly string[],
  status: ForeignStatus,
  rest: Pick<ForeignResult, "started" | "at" | "reason" | "commit">,
): ForeignResult {
  return { name: names[0] ?? "", names, status, attempts: [], item: null, ...rest };
}
