/**
 * GitHub, in: check runs and deployment statuses (payloads of webhooks, answers of the API), and the task list in the
 * text of an issue or a pull request.
 */
import {
  error,
  type ForeignReading,
  type ForeignResult,
  type ForeignStatus,
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
    ...[...checks, ...all].filter(isCheck).map((check) => checkOf(check, zone, problems)),
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

/** GitHub lists the newest first, and says of each when it was made. */
function lastOf(statuses: readonly ForeignResult[]): readonly ForeignResult[] {
  const last = new Map<string, ForeignResult>();
  for (const status of statuses) {
    const known = last.get(status.name);
    if (!known || Date.parse(known.at ?? "") < Date.parse(status.at ?? "")) last.set(status.name, status);
  }
  return [...last.values()];
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
