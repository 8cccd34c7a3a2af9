/** OHDF (Heimdall, InSpec exec JSON), in: one result a control. */
import {
  error,
  type ForeignReading,
  type ForeignResult,
  type ForeignStatus,
  refusedReading,
  said,
  warning,
  worstOf,
  type Zone,
} from "./foreign.ts";
import { type Given, givenJson, Problems } from "./given.ts";

const STATUSES: Readonly<Record<string, ForeignStatus>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  error: "inconclusive",
};

/**
 * Reads an evaluation. A control is named by its id, and by `profile/id`. Its tests count by the worst; one without
 * tests was not looked at. Of a profile that wraps another one the control that holds the tests counts.
 */
export function parseOhdf(bytes: Uint8Array, file: string, zone: Zone): ForeignReading {
  const problems = new Problems();
  const root = givenJson(bytes, file, problems);
  if (root === null) return refusedReading(problems.all);
  const profiles = root.get("profiles");
  if (profiles.absent) return refusedReading([error("not-ohdf", "", "is no OHDF: it has no 'profiles'")]);
  const controls = profiles.list().flatMap((profile) => {
    const name = profile.get("name").text() ?? "";
    return profile
      .get("controls")
      .list()
      .map((control) => ({ name, control, id: control.get("id").text() ?? "" }));
  });
  const tested = new Set(
    controls.filter(({ control }) => control.get("results").list().length > 0).map(({ id }) => id),
  );
  const results = controls
    .filter(({ control, id }) => control.get("results").list().length > 0 || !tested.has(id))
    .map(({ control, id, name }) => resultOf(control, id, name, zone, problems));
  if (results.length === 0) problems.add(warning("no-data", "/profiles", "the evaluation holds no control"));
  return { results, values: [], own: [], problems: problems.all };
}

function resultOf(
  control: Given,
  id: string,
  profile: string,
  zone: Zone,
  problems: Problems,
): ForeignResult {
  if (id === "") problems.add(error("no-name", control.place, "a control has an id, got none"));
  const tests = control
    .get("results")
    .list()
    .map((test) => testOf(test, zone, problems));
  const status = worstOf(tests.map((test) => test.status));
  const telling = tests.find((test) => test.status === status);
  const none = tests.length === 0 ? "the control was not looked at" : null;
  const unmeant =
    Number(control.get("impact").number() ?? 1) === 0
      ? "impact 0: Heimdall reads it as not applicable"
      : null;
  const why = [none, unmeant, status === "passed" ? null : (telling?.reason ?? null)].filter(
    (part) => part !== null,
  );
  return {
    name: id,
    names: [id, ...(profile === "" ? [] : [`${profile}/${id}`])],
    status: unmeant !== null && status === "passed" ? "skipped" : status,
    started: tests[0]?.time ?? null,
    at: tests.at(-1)?.time ?? null,
    reason: why.length === 0 ? null : why.join("; "),
    attempts: [],
    item: null,
    commit: null,
  };
}

function testOf(test: Given, zone: Zone, problems: Problems) {
  const status = test.get("status").text() ?? "";
  const known = Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined;
  if (!known)
    problems.add(
      error(
        "wrong-status",
        test.get("status").place,
        `expected ${Object.keys(STATUSES).join(", ")}, got '${status.slice(0, 60)}'`,
      ),
    );
  return {
    status: known ?? ("inconclusive" as const),
    time: test.get("start_time").time(zone),
    reason:
      said(test.get("message").text()) ??
      said(test.get("skip_message").text()) ??
      said(test.get("code_desc").text()),
  };
}
