/** Files of other tools, one format after the other: what they say, and what they do not. */
import { describe, expect, test } from "vitest";
import { zoneOf } from "../scripts/zone.ts";
import { parseArgo } from "../src/formats/argo.ts";
import { parseCtrf } from "../src/formats/ctrfresults.ts";
import type { ForeignReading } from "../src/formats/foreign.ts";
import { parseGithub } from "../src/formats/github.ts";
import { parseJunit } from "../src/formats/junitresults.ts";
import { parseK6 } from "../src/formats/k6.ts";
import { parseOhdf } from "../src/formats/ohdf.ts";
import { parsePrometheus } from "../src/formats/prometheus.ts";
import { parseSarif } from "../src/formats/sarif.ts";
import { parseInstant } from "../src/model/instant.ts";
import { parseYaml } from "../src/source/yaml.ts";
import { noSamples, sampleOf } from "./foreign.ts";

const bytes = (content: unknown): Uint8Array =>
  new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
const nowhere = zoneOf(undefined);
const lisbon = zoneOf("Europe/Lisbon");

/** `name status`, in order. */
const said = ({ results }: ForeignReading): string[] =>
  results.map(({ name, status }) => `${name} ${status}`);
const rules = ({ problems }: ForeignReading): string[] =>
  problems.map(({ severity, rule }) => `${severity} ${rule}`);
/** `name value unit` of the last value of each series. */
const values = (reading: ForeignReading): string[] =>
  reading.values.map(({ name, observed }) =>
    [name, observed.at(-1)?.value, observed.at(-1)?.unit].join(" ").trim(),
  );

describe("CTRF", () => {
  const report = (tests: unknown, more = {}) =>
    bytes({
      reportFormat: "CTRF",
      specVersion: "1.0.0",
      results: { tool: { name: "x" }, summary: { stop: 1767225600000 }, tests, ...more },
    });
  test("only passed is passed; a test has its own time, or was over when the run was", () => {
    const reading = parseCtrf(
      report([
        {
          name: "a",
          status: "passed",
          duration: 1,
          start: 1767225500000,
          stop: 1767225500001,
          suite: ["s", "t"],
        },
        { name: "b", status: "failed", duration: 1, message: "no\n answer" },
        { name: "c", status: "skipped", duration: 0 },
        { name: "d", status: "pending", duration: 0 },
        { name: "e", status: "other", duration: 0 },
      ]),
      "f",
    );
    expect(said(reading)).toEqual(["a passed", "b failed", "c skipped", "d inconclusive", "e inconclusive"]);
    expect(reading.results[0]).toMatchObject({ names: ["a", "s > t > a"], at: "2025-12-31T23:58:20.001Z" });
    expect(reading.results[1]).toMatchObject({ at: "2026-01-01T00:00:00Z", reason: "no answer" });
    expect(reading.problems).toEqual([]);
  });
  test("retries are tries; the last of them is the test itself", () => {
    const attempts = [
      { attempt: 1, status: "failed", message: "late" },
      { attempt: 2, status: "passed" },
    ];
    const [flaky] = parseCtrf(
      report([{ name: "a", status: "passed", duration: 1, retryAttempts: attempts }]),
      "f",
    ).results;
    expect(flaky?.attempts).toMatchObject([{ status: "failed", reason: "late" }]);
  });
  test("tries that are only counted are tries of which nothing more is known", () => {
    const { results } = parseCtrf(
      report([
        { name: "a", status: "passed", duration: 1, retries: 2, flaky: true },
        { name: "b", status: "failed", duration: 1, retries: 1 },
        { name: "c", status: "passed", duration: 1, flaky: true },
        { name: "d", status: "passed", duration: 1, retries: 0, flaky: false },
      ]),
      "f",
    );
    expect(results.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual([
      ["failed", "failed"],
      ["inconclusive"],
      ["failed"],
      [],
    ]);
  });
  test.each([
    ["no test", report([]), "warning no-data"],
    ["another format", bytes({ reportFormat: "X", results: {} }), "error not-ctrf"],
    ["a list", bytes([]), "error not-ctrf"],
    ["a status of its own", report([{ name: "a", status: "PASSED" }]), "error wrong-status"],
    ["tests that are an object", report({ a: 1 }), "error wrong-type"],
    [
      "a time beyond all calendars",
      report([{ name: "a", status: "passed", stop: 253402300799999 }]),
      "error wrong-type",
    ],
    ["a time that is text", report([{ name: "a", status: "passed", stop: "yesterday" }]), "error wrong-type"],
    ["no name", report([{ status: "passed" }]), "error no-name"],
    ["a key twice", bytes('{"results": {}, "results": {}}'), "error duplicate-key"],
    ["depth", bytes("[".repeat(100_000)), "error too-deep"],
    ["size", new Uint8Array(8 * 1024 * 1024 + 1).fill(32), "error too-large"],
  ])("%s is named", (_, content, rule) => {
    expect(rules(parseCtrf(content, "f"))).toContain(rule);
  });
});

describe("JUnit", () => {
  const suite = (inside: string, attributes = "") =>
    bytes(`<?xml version="1.0"?><testsuite name="s" ${attributes}>${inside}</testsuite>`);
  test("plain, nested, with errors, failures and skips", () => {
    const reading = parseJunit(
      bytes(`<testsuites name="all"><testsuite name="a" timestamp="2026-03-04T21:00:00Z" time="1.5">
        <testcase name="one" classname="A.B" time="0.1"/>
        <testsuite name="b"><testcase name="two"><failure message="no &lt;answer&gt;"/></testcase></testsuite>
        <testcase name="three"><error type="IOError"><![CDATA[the disk]]></error></testcase>
        <testcase name="four"><skipped/></testcase></testsuite></testsuites>`),
      nowhere,
    );
    expect(said(reading)).toEqual(["one passed", "two failed", "three failed", "four skipped"]);
    expect(reading.results[0]).toMatchObject({
      names: ["one", "A.B.one", "a > one"],
      at: "2026-03-04T21:00:01.5Z",
    });
    expect(reading.results[1]).toMatchObject({ names: ["two", "a > b > two"], reason: "no <answer>" });
    expect(reading.results[2]?.reason).toBe("the disk");
  });
  test("Surefire: flaky tests passed after tries, reruns failed after tries", () => {
    const reading = parseJunit(
      suite(`<testcase name="flaky"><flakyFailure message="late"/><flakyError message="later"/></testcase>
        <testcase name="rerun"><failure message="last"/><rerunFailure message="first"/></testcase>`),
      nowhere,
    );
    expect(said(reading)).toEqual(["flaky passed", "rerun failed"]);
    expect(reading.results.map(({ attempts }) => attempts.map(({ reason }) => reason))).toEqual([
      ["late", "later"],
      ["first"],
    ]);
  });
  test("GoogleTest: what was not run did not pass", () => {
    const reading = parseJunit(
      suite(
        `<testcase name="a" status="run" result="completed"/><testcase name="b" status="notrun" result="suppressed"/>`,
      ),
      nowhere,
    );
    expect(said(reading)).toEqual(["a passed", "b skipped"]);
  });
  test("a test that took longer than there are years to come ended when it began", () => {
    const content = suite('<testcase name="a"/>', 'timestamp="9800-07-04T21:00:00Z" time="99999999999"');
    expect(
      parseInstant(parseJunit(content, nowhere).results[0]?.at ?? "2026-07-04T21:00:00Z"),
    ).not.toBeNull();
  });
  test("a time without a zone needs one", () => {
    const content = suite('<testcase name="a"/>', 'timestamp="2026-07-04T21:00:00" time="2"');
    expect(rules(parseJunit(content, nowhere))).toContain("error no-time-zone");
    expect(parseJunit(content, lisbon).results[0]?.at).toBe("2026-07-04T21:00:02+01:00");
  });
  const lol = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n} "${`&lol${n - 1};`.repeat(10)}">`).join("")}]>`;
  test.each([
    ["a billion laughs", bytes(`${lol}<testsuite><testcase name="&lol8;"/></testsuite>`), "error doctype"],
    ["an external entity", bytes('<!DOCTYPE a SYSTEM "file:///etc/passwd"><testsuite/>'), "error doctype"],
    ["an entity that nobody declared", suite('<testcase name="&x;"/>'), "error syntax"],
    ["half a file", bytes('<testsuite><testcase name="a">'), "error syntax"],
    ["another root", bytes("<html/>"), "error not-junit"],
    ["depth", bytes(`${"<testsuite>".repeat(5000)}`), "error too-deep"],
    ["other bytes", Uint8Array.of(60, 255, 254), "error not-utf8"],
    ["nothing", bytes(""), "error syntax"],
    ["no test", suite(""), "warning no-data"],
    ["a test without a name", suite("<testcase/>"), "error no-name"],
  ])("%s is named, and nothing of it counts", (_, content, rule) => {
    const reading = parseJunit(content, nowhere);
    expect(rules(reading)).toContain(rule);
    expect(reading.results.filter(({ name }) => name !== "")).toEqual([]);
  });
});

describe("k6", () => {
  const rate = { passes: 515, fails: 6 };
  test("truth means the opposite in the two forms", () => {
    const summary = {
      metrics: {
        checks: {
          type: "rate",
          values: { ...rate, rate: 0.98848 },
          thresholds: { "rate>=0.95": { ok: true }, "rate>=0.99": { ok: false } },
        },
      },
    };
    const exported = {
      metrics: {
        checks: { ...rate, value: 0.98848, thresholds: { "rate>=0.95": false, "rate>=0.99": true } },
      },
    };
    const expected = ["checks: rate>=0.95 passed", "checks: rate>=0.99 failed"];
    expect(said(parseK6(bytes(summary), "f"))).toEqual(expected);
    expect(said(parseK6(bytes(exported), "f"))).toEqual(expected);
  });
  test("a threshold on no samples says nothing, whatever k6 says", () => {
    const metrics = {
      checks: {
        type: "rate",
        values: { passes: 0, fails: 0, rate: 0 },
        thresholds: { "rate>=0.9": { ok: true } },
      },
    };
    const reading = parseK6(bytes({ metrics }), "f");
    expect(said(reading)).toEqual(["checks: rate>=0.9 inconclusive"]);
    expect(reading.values.map(({ observed }) => observed[0]?.value)).toEqual([null, null, null]);
  });
  test("figures with their units, exactly", () => {
    const metrics = {
      http_req_failed: { type: "rate", values: { rate: 0.004, passes: 4, fails: 996 } },
      http_req_duration: { type: "trend", contains: "time", values: { "p(95)": 412.5 } },
      http_reqs: { type: "counter", values: { count: 1000, rate: 33.3 } },
    };
    expect(values(parseK6(bytes({ metrics }), "f"))).toEqual([
      "http_req_failed.rate 0.4 %",
      "http_req_failed.passes 4",
      "http_req_failed.fails 996",
      "http_req_duration.p(95) 412.5 ms",
      "http_reqs.count 1000",
      "http_reqs.rate 33.3",
    ]);
  });
  test("checks of groups, as lists and as objects", () => {
    const check = { name: "is 200", path: "::home::is 200", passes: 3, fails: 1 };
    const lists = { metrics: {}, root_group: { checks: [], groups: [{ name: "home", checks: [check] }] } };
    const objects = {
      metrics: {},
      root_group: { checks: {}, groups: { home: { checks: { "is 200": { ...check, fails: 0 } } } } },
    };
    expect(parseK6(bytes(lists), "f").results).toMatchObject([
      { names: ["is 200", "::home::is 200"], status: "failed", reason: "1 of 4 failed" },
    ]);
    expect(said(parseK6(bytes(objects), "f"))).toEqual(["is 200 passed"]);
  });
  test.each([
    ["another JSON", { results: [] }, "error not-k6"],
    [
      "forms that are mixed",
      { metrics: { a: { type: "rate", values: { passes: 1, fails: 0 }, thresholds: { x: true } } } },
      "error wrong-type",
    ],
    ["a figure that is text", { metrics: { a: { values: { avg: "fast" } } } }, "error wrong-type"],
    ["no metric", { metrics: {} }, "warning no-data"],
  ])("%s is named", (_, content, rule) => {
    expect(rules(parseK6(bytes(content), "f"))).toContain(rule);
  });
});

describe("Prometheus", () => {
  const answer = (resultType: string, result: unknown) =>
    bytes({ status: "success", data: { resultType, result } });
  test("a vector by its labels, a matrix as a series, a scalar by what it was asked for", () => {
    const vector = parsePrometheus(
      answer("vector", [{ metric: { job: "b", __name__: "up", a: 'x"y' }, value: [1435781451.781, "1"] }]),
      "f",
      null,
    );
    expect(vector.values[0]).toMatchObject({
      names: ['up{a="x\\"y",job="b"}', "up"],
      observed: [{ value: "1", to: "2015-07-01T20:10:51.781Z" }],
    });
    const matrix = parsePrometheus(
      answer("matrix", [
        {
          metric: {},
          values: [
            [1, "0.5"],
            [2, "NaN"],
            [3, "+Inf"],
          ],
        },
      ]),
      "f",
      "error_rate",
    );
    expect(matrix.values[0]?.observed.map(({ value }) => value)).toEqual(["0.5", null, null]);
    expect(values(parsePrometheus(answer("scalar", [1, "7"]), "f", "error_rate"))).toEqual(["error_rate 7"]);
  });
  test("no series is no data, and is said of the metric that was asked for", () => {
    const reading = parsePrometheus(answer("vector", []), "f", "error_rate");
    expect(rules(reading)).toEqual(["warning no-data"]);
    expect(reading.values).toMatchObject([{ name: "error_rate", observed: [{ value: null, samples: 0 }] }]);
  });
  test.each([
    ["an answer that failed", bytes({ status: "error", error: "parse error" }), "error query-failed"],
    ["another type", answer("string", [1, "a"]), "error not-prometheus"],
    ["a value that is a number", answer("vector", [{ metric: {}, value: 5 }]), "error wrong-type"],
    ["no value", answer("vector", [{ metric: {} }]), "error no-value"],
  ])("%s is named", (_, content, rule) => {
    expect(rules(parsePrometheus(content, "f", "m"))).toContain(rule);
  });
});

describe("Argo Rollouts", () => {
  const run = (metricResults: unknown) => ({
    kind: "AnalysisRun",
    metadata: { name: "r" },
    status: { metricResults },
  });
  const measured = {
    phase: "Successful",
    startedAt: "2026-03-04T21:00:00Z",
    finishedAt: "2026-03-04T21:00:05Z",
    value: "[0.97]",
  };
  test("only what was measured and was successful is passed", () => {
    const reading = parseArgo(
      run([
        { name: "a", phase: "Successful", measurements: [measured] },
        { name: "b", phase: "Successful" },
        { name: "c", phase: "Successful", dryRun: true, measurements: [measured] },
        { name: "d", phase: "Error", message: "no route", measurements: [] },
        { name: "e", phase: "Running", measurements: [measured] },
        { name: "f", phase: "Failed", measurements: [{ ...measured, value: "false" }] },
      ]),
      nowhere,
    );
    expect(said(reading)).toEqual([
      "a passed",
      "b inconclusive",
      "c inconclusive",
      "d inconclusive",
      "e inconclusive",
      "f failed",
    ]);
    expect(reading.results[0]).toMatchObject({ names: ["a", "r/a"], at: "2026-03-04T21:00:05Z" });
    expect(reading.values[0]?.observed).toMatchObject([{ value: "0.97", from: "2026-03-04T21:00:00Z" }]);
    expect(reading.values[5]?.observed).toMatchObject([{ value: null }]);
  });
  test("Go's zero time is no time", () => {
    const measurement = { ...measured, startedAt: null, finishedAt: "0001-01-01T00:00:00Z" };
    const reading = parseArgo(run([{ name: "a", phase: "Failed", measurements: [measurement] }]), nowhere);
    expect([reading.problems, reading.results[0]?.at]).toEqual([[], null]);
  });
  test("another kind, another phase, no metrics", () => {
    expect(rules(parseArgo({ kind: "Rollout" }, nowhere))).toEqual(["error not-argo"]);
    expect(rules(parseArgo("text", nowhere))).toEqual(["error not-argo"]);
    expect(rules(parseArgo(run([{ name: "a", phase: "Fine" }]), nowhere))).toContain("error wrong-status");
    expect(rules(parseArgo(run(undefined), nowhere))).toEqual(["warning no-data"]);
  });
});

describe("SARIF", () => {
  const log = (run: object) =>
    bytes({
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "T",
              rules: [{ id: "R1" }, { id: "R2", defaultConfiguration: { level: "note" } }],
            },
          },
          ...run,
        },
      ],
    });
  test("errors and warnings fail; notes, what is suppressed, gone or no failure does not", () => {
    const results = [
      { ruleId: "R1", message: {} },
      { ruleId: "R2", message: {} },
      { ruleId: "R2", level: "error", suppressions: [{ kind: "inSource" }] },
      { ruleId: "R2", level: "error", baselineState: "absent" },
      { ruleId: "R2", kind: "pass" },
    ];
    const reading = parseSarif(
      log({ results, invocations: [{ executionSuccessful: true, endTimeUtc: "2026-03-04T21:00:00" }] }),
      "f",
    );
    expect(said(reading)).toEqual(["T failed", "T/R1 failed", "T/R2 passed"]);
    expect(values(reading)).toEqual(["T.error 0", "T.warning 1", "T.note 1"]);
    expect(reading.results[0]?.at).toBe("2026-03-04T21:00:00Z");
  });
  test("an empty list is clean; one that is not there, or a run that broke off, says nothing", () => {
    expect(said(parseSarif(log({ results: [] }), "f"))[0]).toBe("T passed");
    expect(said(parseSarif(log({}), "f"))[0]).toBe("T inconclusive");
    expect(
      said(parseSarif(log({ results: [], invocations: [{ executionSuccessful: false }] }), "f"))[0],
    ).toBe("T inconclusive");
  });
  test("another version is refused", () => {
    expect(rules(parseSarif(bytes({ version: "1.0.0", runs: [] }), "f"))).toEqual(["error not-sarif"]);
  });
});

describe("OHDF", () => {
  const time = "2026-03-04T21:00:00+01:00";
  const control = (id: string, statuses: readonly string[], more = {}) => ({
    id,
    impact: 0.5,
    results: statuses.map((status) => ({ status, start_time: time, code_desc: status })),
    ...more,
  });
  test("a control counts by its worst test; without tests, or with impact 0, it did not pass", () => {
    const controls = [
      control("a", ["passed", "passed"]),
      control("b", ["passed", "failed", "error"]),
      control("c", ["passed", "error"]),
      control("d", ["passed", "skipped"]),
      control("e", []),
      control("f", ["passed"], { impact: 0 }),
    ];
    const reading = parseOhdf(
      bytes({
        profiles: [
          { name: "p", controls },
          { name: "wrapper", controls: [control("a", [])] },
        ],
      }),
      "f",
      nowhere,
    );
    expect(said(reading)).toEqual([
      "a passed",
      "b failed",
      "c inconclusive",
      "d skipped",
      "e inconclusive",
      "f skipped",
    ]);
    expect(reading.results[0]).toMatchObject({ names: ["a", "p/a"], at: time });
  });
  test("another JSON is refused", () => {
    expect(rules(parseOhdf(bytes({}), "f", nowhere))).toEqual(["error not-ohdf"]);
  });
});

describe("public samples", () => {
  const sample = (name: string): Uint8Array => sampleOf(name) ?? new Uint8Array();
  const none = sampleOf("ctrf.schema.json") === null;
  const title = (what: string): string => (none ? `${what} (${noSamples})` : what);
  test.skipIf(none)(title("are read without an error"), () => {
    const readings = [
      parseCtrf(sample("ctrf-comprehensive.example.json"), "f"),
      parseCtrf(sample("ctrf-with-retries.example.json"), "f"),
      parseJunit(sample("junit-complete.example.xml"), zoneOf("UTC")),
      parseSarif(sample("sarif-simple.sarif"), "f"),
      parseGithub(sample("github-check_run.payload.json"), "f", nowhere),
      parseGithub(sample("github-deployment_status.payload.json"), "f", nowhere),
    ];
    for (const reading of readings) {
      expect(rules(reading)).toEqual([]);
      expect(reading.results.length).toBeGreaterThan(0);
    }
    expect(said(readings[2] as ForeignReading)).toEqual([
      "testCase1 passed",
      "testCase2 passed",
      "testCase3 passed",
      "testCase4 skipped",
      "testCase5 failed",
      "testCase6 failed",
      "testCase7 passed",
      "testCase8 passed",
    ]);
  });
  test.skipIf(none)(title("an analysis that was aborted failed, and said false"), () => {
    const parsed = parseYaml(new TextDecoder().decode(sample("argo-analysisrun-aborted.yaml")));
    const reading = parseArgo("value" in parsed ? parsed.value : null, nowhere);
    expect(said(reading)).toEqual(["web failed"]);
  });
});
