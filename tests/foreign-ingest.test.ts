/** Results of other tools merged into a results file: bound exactly, listed where not, kept as they came. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { digestOf } from "../src/archive/canonical.ts";
import { readRun } from "../src/archive/read.ts";
import type { WrittenResult } from "../src/model/result.schema.ts";
import { makeProject, type Typed, type } from "./terminal.ts";

const checklist = `---
title: A tested change
metrics: [{id: error_rate, label: Error rate, unit: "%"}, {id: latency, label: Latency, unit: ms}]
---

## Before <!-- section: {id: before, stage: before} -->

- [ ] Home answers. <!-- item: {id: home, check: smoke.home} -->
- [ ] Login works. <!-- item: {id: login, check: [login.form, login.sso]} -->
- [ ] Named by the map. <!-- item: mapped -->

## Change <!-- section: {id: change, stage: change} -->

- [ ] Errors stay low. <!-- item: {id: errors, limit: "error_rate < 1 %"} -->
- [ ] Errors before. <!-- item: {id: before-errors, limit: "errors_before < 5 %"} -->
- [ ] No more errors than before. <!-- item: {id: after-errors, limit: "errors_after <= 150 % of before-errors"} -->
- [ ] It is fast. <!-- item: {id: fast, limit: "latency < 500 ms", check: "http_req_duration: p(95)<500"} -->
- [ ] It is fast at night. <!-- item: {id: night, limit: "latency < 900 ms"} -->

## Triggers <!-- section: {id: triggers, role: triggers, stage: after, when-met: rollback, decider: Lead} -->

- [ ] It burns. <!-- item: {id: fire, check: smoke.fire} -->

## Success <!-- section: {id: success, role: criteria, stage: after, rule: all} -->

- [ ] Everybody is happy. <!-- item: {id: happy, check: happy} -->
`;

const record = {
  schema: "countersign/run@1",
  run: "night",
  asOf: "2026-03-04T23:00:00Z",
  checklist: { id: "tested", version: "1.0" },
  deployment: { environment: "staging", commit: "abcdef0123456789abcdef0123456789abcdef01" },
  people: [{ id: "ada" }],
  results: [] as readonly object[],
};

let root = "";
let files: Record<string, string>;

beforeEach(() => {
  files = {};
});

/** Ingests `results` with files of other tools: `{"junit": "<testsuite…"}`; keys may end in `.2`. */
async function ingest(
  others: Readonly<Record<string, string>>,
  results: readonly object[] = [],
  more: readonly string[] = [],
): Promise<Typed> {
  files = { "r.json": JSON.stringify({ ...record, results }), ...others };
  root = makeProject({
    "content/checklists/tested/1.0.md": checklist,
    "content/site.yaml": "organisation: Test\nurl: https://runbooks.example.com/test\n",
    ...files,
  });
  const options = Object.keys(others).flatMap((name) => [`--${name.replace(/\.\d$/, "")}`, name]);
  return type(root, ["ingest", "r.json", ...options, ...more], { now: "2026-03-04T23:30:00Z" });
}

const stored = () => readRun(root, "night").run?.envelopes[0];
const resultsBy = (): Readonly<Record<string, WrittenResult>> =>
  Object.fromEntries((stored()?.record.results ?? []).map((one) => [one.item, one]));
const statuses = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(resultsBy()).map(([item, { status }]) => [item, status]));

const junit = (...cases: readonly string[]): string =>
  `<testsuite name="s" timestamp="2026-03-04T21:00:00Z">${cases.map((one) => (one.startsWith("<") ? one : `<testcase name="${one}"/>`)).join("")}</testsuite>`;
const failing = (name: string): string =>
  `<testcase name="${name}"><failure message="no answer"/></testcase>`;
const prometheus = (value: string): string =>
  JSON.stringify({
    status: "success",
    data: { resultType: "vector", result: [{ metric: {}, value: [1772658000, value] }] },
  });

describe("binding by the names of the source", () => {
  test("a test that an item names fills it, with its time, its reason, and where it is from", async () => {
    const { stdout } = await ingest({ junit: junit("smoke.home", failing("happy"), "stranger") });
    expect(stdout).toMatch(/^STORED sha256:/);
    expect(resultsBy().home).toEqual({
      item: "home",
      status: "passed",
      at: "2026-03-04T21:00:00Z",
      method: "test",
      note: "From smoke.home in junit",
    });
    expect(resultsBy().happy).toMatchObject({ status: "not-met", reason: "happy: no answer" });
    expect(stdout).toContain("1 name binds to no item: 'stranger'");
    expect(Object.keys(statuses())).toEqual(["home", "happy"]);
  });
  test("nothing is matched by likeness", async () => {
    await ingest({ junit: junit("Smoke.home", "smoke.home ", "Home answers.", "home") });
    expect(statuses()).toEqual({});
  });
  test("an item of two checks has passed only where both did", async () => {
    await ingest({ junit: junit("login.form", "login.sso") });
    expect(statuses()).toEqual({ login: "passed" });
    await ingest({ junit: junit("login.form") });
    expect(resultsBy().login).toMatchObject({ status: "inconclusive", reason: "no result for login.sso" });
    const { stdout } = await ingest({ junit: junit("login.form", failing("login.sso")) });
    expect(statuses()).toEqual({ login: "failed" });
    expect(stdout).toContain("2 results claim the item 'login'");
  });
  test("one name twice is listed, and the worst counts", async () => {
    const { stdout } = await ingest({ junit: junit("smoke.home"), "junit.2": junit(failing("smoke.home")) });
    expect(statuses()).toEqual({ home: "failed" });
    expect(stdout).toContain("'smoke.home' in junit (passed), 'smoke.home' in junit.2 (failed)");
  });
  test("a trigger is not recorded by a test: whether it fired, no verdict says", async () => {
    const { stdout } = await ingest({ junit: junit("smoke.fire") });
    expect(statuses()).toEqual({});
    expect(stdout).toContain("stands under 'triggers'");
  });
  test("a check of another commit than the one that was deployed is not used", async () => {
    const check = {
      name: "smoke.home",
      status: "completed",
      conclusion: "success",
      completed_at: "2026-03-04T21:00:00Z",
    };
    const { stdout } = await ingest({
      github: JSON.stringify({ check_run: { ...check, head_sha: "1234567" } }),
    });
    expect([statuses(), stdout]).toEqual([{}, expect.stringContaining("speaks of the commit 1234567")]);
    await ingest({ github: JSON.stringify({ check_run: { ...check, head_sha: "abcdef0" } }) });
    expect(statuses()).toEqual({ home: "passed" });
  });
});

describe("values", () => {
  test("bind by the metric that is typed, to the one item that limits it; a series without a name binds to nothing", async () => {
    const unbound = await ingest({ prometheus: prometheus("0.4") });
    expect(unbound.stdout).toContain("1 name binds to no item: '{}'");
    const typed = ["--prometheus", "error_rate=p.json", "--map", "m.yaml"];
    await ingest({}, [], ["--dry-run"]);
    writeFileSync(join(root, "p.json"), prometheus("0.4"));
    writeFileSync(join(root, "m.yaml"), "metrics: {error_rate: {item: errors, unit: '%'}}");
    const { stdout } = await type(root, ["ingest", "r.json", ...typed]);
    expect([stdout.slice(0, 7), statuses()]).toEqual(["STORED ", { errors: "passed" }]);
  });
  test("of a metric that two items limit are not used, and a map says which", async () => {
    const k6 = JSON.stringify({
      metrics: { latency: { type: "trend", contains: "time", values: { "p(95)": 412 } } },
    });
    await ingest({}, [], ["--dry-run"]);
    writeFileSync(join(root, "p.json"), prometheus("412"));
    const typed = await type(root, ["ingest", "r.json", "--prometheus", "latency=p.json"]);
    expect([typed.stdout, statuses()]).toEqual([
      expect.stringContaining("2 items have a limit on it: fast, night; it is not used"),
      {},
    ]);
    await ingest({ k6, map: "metrics:\n  latency.p(95): {item: fast}\n" });
    expect(resultsBy().fast).toMatchObject({
      status: "passed",
      observed: [{ metric: "latency", value: "412", unit: "ms", statistic: "p(95)" }],
    });
  });
  test("a map gives the unit; a breach is failed, no data is inconclusive", async () => {
    const map = "metrics:\n  '{}': {item: errors, unit: '%'}\n";
    await ingest({ prometheus: prometheus("0.4"), map });
    expect(resultsBy().errors).toMatchObject({
      status: "passed",
      at: "2026-03-04T21:00:00Z",
      observed: [{ value: "0.4", unit: "%" }],
    });
    await ingest({ prometheus: prometheus("1.4"), map });
    expect(statuses()).toEqual({ errors: "failed" });
    await ingest({ prometheus: prometheus("NaN"), map });
    expect(statuses()).toEqual({ errors: "inconclusive" });
    const { stdout } = await ingest({
      prometheus: prometheus("0.4"),
      map: "metrics:\n  '{}': {item: errors}\n",
    });
    expect([statuses(), stdout]).toEqual([{}, expect.stringContaining("the figure has no unit")]);
  });
  test("a limit that is a part of what was seen before is judged by it", async () => {
    const before = { item: "before-errors", status: "passed", observed: [{ value: "0.4", unit: "%" }] };
    const map = "metrics: {'{}': {item: after-errors, unit: '%'}}";
    await ingest({ prometheus: prometheus("0.5"), map }, [before]);
    expect(statuses()).toEqual({ "before-errors": "passed", "after-errors": "passed" });
    await ingest({ prometheus: prometheus("0.7"), map }, [before]);
    expect(statuses()).toEqual({ "before-errors": "passed", "after-errors": "failed" });
    await ingest({ prometheus: prometheus("0.7"), map });
    expect(statuses()).toEqual({ "after-errors": "inconclusive" });
  });
  test("a test that passed beside a value that breaches is failed", async () => {
    const trend = {
      type: "trend",
      contains: "time",
      values: { "p(95)": 612 },
      thresholds: { "p(95)<500": { ok: true } },
    };
    await ingest({
      k6: JSON.stringify({ metrics: { http_req_duration: trend } }),
      map: "metrics:\n  http_req_duration.p(95): {item: fast}\n",
    });
    expect(statuses()).toEqual({ fast: "failed" });
  });
});

describe("--map", () => {
  test("names what the source does not", async () => {
    await ingest({ junit: junit("s.a"), map: "names:\n  s.a: mapped\n" });
    expect(statuses()).toEqual({ mapped: "passed" });
  });
  test.each([
    ["an item that is not there", "names: {a: nobody}", "'nobody' is no item"],
    ["a key that is not known", "checks: {a: home}", "checks"],
    ["a metric that has no limit", "metrics: {'{}': {item: home}}", "no limit"],
    ["YAML with aliases", "names: &a {x: home}\nmetrics: *a\n", "map"],
  ])("%s is refused, and nothing is stored", async (_, map, reason) => {
    const { code, stdout } = await ingest({ junit: junit("smoke.home"), prometheus: prometheus("1"), map });
    expect([code, stdout]).toEqual([1, expect.stringContaining(reason)]);
    expect(stored()).toBeUndefined();
  });
});

describe("beside what the record says", () => {
  const home = { item: "home", status: "passed", by: "ada", at: "2026-03-04T20:00:00Z" };
  test("what is not recorded is filled; what is recorded is not changed", async () => {
    await ingest({ junit: junit("smoke.home", "s.a"), map: "names: {s.a: mapped}" }, [
      home,
      { item: "mapped", status: null, note: "soon" },
    ]);
    expect(resultsBy().home).toEqual(home);
    expect(resultsBy().mapped).toMatchObject({ status: "passed", note: "From s.a in junit" });
  });
  test("a disagreement is refused, with both", async () => {
    const { code, stdout } = await ingest({ junit: junit(failing("smoke.home")) }, [home]);
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining("the record says 'passed' of 'home', and the tool 'failed'"),
    ]);
    expect(stored()).toBeUndefined();
  });
  test("what was done after the record was true is refused, and said of the file that it came with", async () => {
    const late = junit("smoke.home").replace("T21:00:00Z", "T23:30:00Z");
    const { code, stdout } = await ingest({ junit: late });
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/junit:.*'home' was done at 2026-03-04T23:30:00Z/),
    ]);
  });
  test("a tool that tells nothing contradicts nobody", async () => {
    const { stdout } = await ingest({ junit: junit('<testcase name="smoke.home"><skipped/></testcase>') }, [
      home,
    ]);
    expect(resultsBy().home).toEqual(home);
    expect(stdout).toContain("the record stands");
  });
});

describe("what is kept", () => {
  test("the files and the map, by their digests; the same again changes nothing", async () => {
    const given = { junit: junit("smoke.home"), map: "names: {s.a: mapped}" };
    await ingest(given);
    expect(stored()?.inputs).toEqual(
      Object.entries(files).map(([name, content]) => ({ name, sha256: digestOf(content) })),
    );
    for (const content of Object.values(files))
      expect(readFileSync(join(root, "content/runs/night/inputs", digestOf(content).slice(7)), "utf8")).toBe(
        content,
      );
    const again = await type(root, ["ingest", "r.json", "--junit", "junit", "--map", "map"]);
    expect(again.stdout).toContain("it was already; nothing changed");
    expect((await type(root, ["check"])).stdout).not.toContain("content/runs");
  });
  test("a secret in one of them is refused by its line, and not repeated", async () => {
    const secret = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");
    const { code, stdout } = await ingest({
      junit: `<testsuite>\n<system-out>${secret}</system-out><testcase name="smoke.home"/></testsuite>`,
    });
    expect([code, stdout]).toEqual([1, expect.stringContaining("line 2")]);
    expect(stdout).not.toContain(secret);
  });
  test("a file that cannot be read refuses everything, and names every file that is wrong", async () => {
    const { code, stdout } = await ingest({ junit: "<!DOCTYPE x><testsuite/>", ctrf: "{", k6: "[]" });
    expect([code, stdout.split("\n")[0]]).toEqual([1, "NOT STORED"]);
    for (const word of ["DOCTYPE", "not JSON", "no summary of k6"]) expect(stdout).toContain(word);
  });
  test("a file by its path, and the same one twice, is kept once under its own name", async () => {
    await ingest({}, [], ["--dry-run"]);
    mkdirSync(join(root, "out"));
    writeFileSync(join(root, "out/smoke.xml"), junit("smoke.home"));
    const { stdout } = await type(root, [
      "ingest",
      "r.json",
      "--junit",
      "out/smoke.xml",
      "--junit",
      "./out/smoke.xml",
    ]);
    expect(stdout).toContain("2 results claim the item 'home'");
    expect(stored()?.inputs.map(({ name }) => name)).toEqual(["r.json", "smoke.xml"]);
    expect(resultsBy().home?.note).toBe("From smoke.home in smoke.xml");
  });
  test("one results file only; a time zone that there is", async () => {
    await ingest({ junit: junit("smoke.home") });
    const two = await type(root, ["ingest", "r.json", "r.json", "--junit", "junit"]);
    expect([two.code, two.stderr]).toEqual([2, expect.stringContaining("one results file")]);
    const zone = await type(root, ["ingest", "r.json", "--junit", "junit", "--timezone", "Nowhere"]);
    expect(zone.code).toBe(2);
  });
});

describe("native, CTRF, native", () => {
  test("keeps statuses, ids, times, values and tries", async () => {
    const results = [
      {
        item: "home",
        status: "passed",
        at: "2026-03-04T20:00:00.25+05:30",
        started: "2026-03-04T19:59:00+05:30",
      },
      { item: "login", status: "failed", at: "2026-03-04T20:01:00Z", reason: "no answer" },
      { item: "mapped", status: "not-applicable", at: "2026-03-04T20:02:00Z", reason: "no map" },
      {
        item: "errors",
        status: "passed",
        at: "2026-03-04T20:03:00Z",
        observed: [
          {
            metric: "error_rate",
            value: "0.40",
            unit: "%",
            from: "2026-03-04T20:00:00Z",
            to: "2026-03-04T20:03:00Z",
            samples: 12,
          },
        ],
        attempts: [{ status: "failed", at: "2026-03-04T20:02:30Z" }],
      },
      { item: "fire", status: "clear", at: "2026-03-04T20:04:00Z" },
      { item: "happy", status: "met", at: "2026-03-04T20:05:00Z" },
    ];
    await ingest({}, results);
    const { stdout } = await type(root, ["export", "night", "--format", "ctrf"]);
    await ingest({ ctrf: stdout });
    expect(stored()?.record.results).toEqual(results);
  });
});
