/** Files of other tools with anything in the place of anything: every reader says what is wrong, and none falls over. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseArgo } from "../src/formats/argo.ts";
import { parseCtrf } from "../src/formats/ctrfresults.ts";
import type { ForeignReading } from "../src/formats/foreign.ts";
import { parseGithub } from "../src/formats/github.ts";
import { parseJunit } from "../src/formats/junitresults.ts";
import { parseK6 } from "../src/formats/k6.ts";
import { parseOhdf } from "../src/formats/ohdf.ts";
import { parsePrometheus } from "../src/formats/prometheus.ts";
import { parseSarif } from "../src/formats/sarif.ts";
import { tasksOf } from "../src/formats/tasklist.ts";
import { parseInstant } from "../src/model/instant.ts";

const zone = (local: string): string => `${local}Z`;
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value) ?? "null");
const time = "2026-03-04T21:00:00Z";

/** A sound file of each format, and its reader. */
const readers: Readonly<Record<string, readonly [unknown, (value: unknown) => ForeignReading]>> = {
  ctrf: [
    {
      reportFormat: "CTRF",
      results: {
        summary: { stop: 1767225600000 },
        tests: [
          {
            name: "a",
            status: "passed",
            suite: ["s"],
            start: 1,
            stop: 2,
            retryAttempts: [{ status: "failed" }],
          },
          { name: "b", extra: { countersign: { item: "b", results: [{ status: "passed", at: time }] } } },
        ],
      },
    },
    (value) => parseCtrf(bytes(value), "f"),
  ],
  k6: [
    {
      metrics: {
        m: {
          type: "rate",
          contains: "time",
          values: { passes: 1, fails: 0, rate: 1 },
          thresholds: { t: { ok: true } },
        },
      },
      root_group: { checks: [{ name: "c", path: "::c", passes: 1, fails: 0 }], groups: [{ checks: {} }] },
    },
    (value) => parseK6(bytes(value), "f"),
  ],
  prometheus: [
    {
      status: "success",
      data: { resultType: "matrix", result: [{ metric: { a: "b" }, values: [[1, "2"]] }] },
    },
    (value) => parsePrometheus(bytes(value), "f", null),
  ],
  argo: [
    {
      kind: "AnalysisRun",
      metadata: { name: "r" },
      status: {
        metricResults: [{ name: "a", phase: "Successful", measurements: [{ value: "1", finishedAt: time }] }],
      },
    },
    (value) => parseArgo(value, zone),
  ],
  sarif: [
    {
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "T", rules: [{ id: "R", defaultConfiguration: { level: "note" } }] } },
          results: [{ ruleId: "R", ruleIndex: 0, level: "error", suppressions: [{ status: "accepted" }] }],
          invocations: [{ executionSuccessful: true, endTimeUtc: time }],
        },
      ],
    },
    (value) => parseSarif(bytes(value), "f"),
  ],
  ohdf: [
    {
      profiles: [
        {
          name: "p",
          controls: [{ id: "c", impact: 0.5, results: [{ status: "passed", start_time: time }] }],
        },
      ],
    },
    (value) => parseOhdf(bytes(value), "f", zone),
  ],
  github: [
    [
      {
        total_count: 1,
        check_runs: [
          { name: "c", head_sha: "a", status: "completed", conclusion: "success", completed_at: time },
        ],
      },
      { state: "success", environment: "e", created_at: time, deployment: { sha: "a" } },
      { issue: { title: "t", body: "- [x] a", updated_at: time } },
    ],
    (value) => parseGithub(bytes(value), "f", zone),
  ],
};

/** Paths to every value. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]))];
}

function withValue(value: unknown, path: readonly string[], put: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = withValue(copy[key], rest, put);
  return copy;
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    "",
    "passed",
    "2026-03-04T21:00:00",
    "9999-12-31T23:59:59Z",
    1e300,
    -1,
    "1e999",
    null,
    [],
    {},
    { toString: "" },
    "\u0000\u202e",
  ),
) as fc.Arbitrary<unknown>;

/** What a reading promises, whatever it was made from. */
function holdsTogether({ results, values, problems }: ForeignReading): void {
  for (const { name, names, status, at, started } of results) {
    expect(names[0]).toBe(name);
    expect(["passed", "failed", "skipped", "inconclusive"]).toContain(status);
    for (const moment of [at, started]) if (moment !== null) expect(parseInstant(moment)).not.toBeNull();
  }
  for (const { name, names } of values) expect(names[0]).toBe(name);
  for (const { reason } of problems) expect(reason).not.toBe("");
}

describe.each(Object.entries(readers))("%s", (_, [sound, read]) => {
  test("the sound file has no fault", () => {
    expect(read(sound).problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(read(sound).results.length + read(sound).values.length).toBeGreaterThan(0);
  });
  test("anything in the place of anything", () => {
    const paths = pathsOf(sound);
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, put) =>
        holdsTogether(read(withValue(sound, path, put))),
      ),
      { numRuns: 1500 },
    );
  });
});

describe("JUnit", () => {
  const sound = `<testsuites><testsuite name="s" timestamp="${time}" time="1"><testcase name="a" classname="b"><failure message="m"/></testcase></testsuite></testsuites>`;
  test("a file that is cut, or has anything in its middle", () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom("<", ">", "&", "<testcase", "]]>", "<!--", "<![CDATA[", "<?x", "&#0;", "\u0000"),
    );
    fc.assert(
      fc.property(fc.nat(sound.length), fc.nat(20), part, (at, cut, put) => {
        const text = sound.slice(0, at) + put + sound.slice(at + cut);
        holdsTogether(parseJunit(new TextEncoder().encode(text), zone));
      }),
      { numRuns: 3000 },
    );
  });
});

// What is not linear here does not end within the time that a test has.
test("task lists of any text are read to their end", () => {
  const counts = ["- [x] <!-- item: ", "> ", "<!--", "```\n", "- [x] {", " "].map(
    (part) => tasksOf(part.repeat(100_000)).length,
  );
  expect(counts.every((count) => count <= 100_000)).toBe(true);
});
