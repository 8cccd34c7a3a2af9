import { describe, expect, test } from "vitest";
import { parseResults } from "../src/formats/results.ts";

const least = {
  schema: "countersign/run@1",
  run: "r",
  asOf: "2026-03-05T00:10:00+01:00",
  checklist: { id: "a", version: "1.0" },
  deployment: { environment: "production" },
  results: [{ item: "one", status: "passed" }],
};
type Change = Readonly<Record<string, unknown>>;
const textOf = (change: Change = {}): string => JSON.stringify({ ...least, ...change }, null, 1);
const read = (text: string): ReturnType<typeof parseResults> =>
  parseResults(new TextEncoder().encode(text), "r.json");

function recordOf(text: string): unknown {
  const reading = read(text);
  if ("faults" in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.results.record;
}

function faultsOf(text: string): string[] {
  const reading = read(text);
  return "faults" in reading
    ? reading.faults.map(({ rule, pointer, line }) => `${rule} ${pointer} ${line}`)
    : [];
}

test("a record needs schema, run, asOf, checklist, environment and results", () => {
  expect(recordOf(textOf())).toEqual(least);
  for (const key of Object.keys(least))
    expect(faultsOf(textOf({ [key]: undefined }))).toEqual([`schema /${key} 1`]);
  expect(faultsOf(textOf({ checklist: { id: "a" } }))).toEqual(["schema /checklist/version 5"]);
  expect(faultsOf(textOf({ deployment: {} }))).toEqual(["schema /deployment/environment 9"]);
});

describe("a measured value is taken as it was written", () => {
  const written = (part: string): string => textOf().replace(/\}\s*$/, `,${part}}`);

  test("observed, captured, in fields, answers and messages", () => {
    const text = written(
      '"fields": {"next": 1.10}, "answers": {"n": 2.0}, "messages": [{"template": "t", "values": {"v": 6.10}}]',
    ).replace(
      '"status": "passed"',
      '"status": "passed", "observed": [{"value": 0.40, "samples": 3}], "capture": {"v": 1.20}, "attempts": [{"status": "failed", "observed": [{"value": 12345678901234567890.10}]}]',
    );
    expect(recordOf(text)).toMatchObject({
      fields: { next: "1.10" },
      answers: { n: "2.0" },
      messages: [{ values: { v: "6.10" } }],
      results: [
        {
          observed: [{ value: "0.40", samples: 3 }],
          capture: { v: "1.20" },
          attempts: [{ observed: [{ value: "12345678901234567890.10" }] }],
        },
      ],
    });
  });

  test("in an amendment of one, and only there", () => {
    const amend = (pointer: string, value: string): string =>
      written(
        `"amends": [{"pointer": "${pointer}", "old": ${value}, "new": ${value}, "by": "a", "at": "2026-03-05T00:00:00Z", "reason": "r"}]`,
      );
    expect(recordOf(amend("/results/one/observed/0/value", "0.40"))).toMatchObject({
      amends: [{ old: "0.40", new: "0.40" }],
    });
    expect(recordOf(amend("/fields/next", "1.10"))).toMatchObject({ amends: [{ new: "1.10" }] });
    expect(recordOf(amend("/results/one/observed", '[{"value": 0.40}]'))).toMatchObject({
      amends: [{ new: [{ value: "0.40" }] }],
    });
    expect(recordOf(amend("/commands/c/exit", "1"))).toMatchObject({ amends: [{ new: 1 }] });
  });

  test("elsewhere a number that loses digits is refused", () => {
    expect(faultsOf(written('"extra": {"build": 12345678901234567890}'))).toEqual([
      "unsafe-integer /extra/build 18",
    ]);
  });
});

describe("what is refused, each fault with its pointer and line", () => {
  test.each<[string, Change, string[]]>([
    ["an unknown key", { reslts: [] }, ["schema /reslts 18"]],
    ["two unknown keys", { a: 1, b: 2 }, ["schema /a 18", "schema /b 19"]],
    [
      "an unknown key of a result",
      { results: [{ item: "one", status: "passed", who: "ada" }] },
      ["schema /results/0/who 16"],
    ],
    ["another schema", { schema: "countersign/run@2" }, ["schema /schema 2"]],
    ["a time without an offset", { asOf: "2026-03-05T00:10:00" }, ["schema /asOf 4"]],
    ["a year that nothing can be reckoned from", { asOf: "9999-12-31T23:59:59Z" }, ["schema /asOf 4"]],
    ["a year before there were computers", { asOf: "0001-01-01T00:00:00Z" }, ["schema /asOf 4"]],
    [
      "a reason that nobody sees",
      { results: [{ item: "one", status: "skipped", reason: " \u200b\u00a0" }] },
      ["schema /results/0/reason 16"],
    ],
    ["a day that is none", { asOf: "2026-02-30T00:10:00Z" }, ["schema /asOf 4"]],
    ["a status that is none", { results: [{ item: "one", status: "ok" }] }, ["schema /results/0/status 15"]],
    ["no status", { results: [{ item: "one" }] }, ["schema /results/0/status 13"]],
    ["an object for a list", { results: {} }, ["schema /results 12"]],
    ["a digest that is none", { previous: "sha256:abc" }, ["schema /previous 18"]],
    ["a run with a path", { run: "../etc" }, ["schema /run 3", "schema /run 3"]],
    [
      "a disposition that says nothing",
      { dispositions: [{ rule: "skipped", by: "ada", at: "2026-03-05T00:00:00Z" }] },
      ["schema /dispositions/0 19"],
    ],
    ["a run that is a device", { run: "nul" }, ["schema /run 3"]],
    [
      "a value that is no value",
      { results: [{ item: "one", status: "passed", observed: [{ value: true }] }] },
      ["schema /results/0/observed/0/value 18"],
    ],
    [
      "a boolean for samples",
      { results: [{ item: "one", status: "passed", observed: [{ value: "1", samples: 1.5 }] }] },
      ["schema /results/0/observed/0/samples 19"],
    ],
  ])("%s", (_, change, expected) => {
    expect(faultsOf(textOf(change))).toEqual(expected);
  });

  test("the message says what came, what was expected and what to write", () => {
    const reading = read(textOf({ asOf: "yesterday", deploymnt: {} }));
    expect("faults" in reading && reading.faults.map(({ reason, hint }) => [reason, hint])).toEqual([
      [expect.stringMatching(/RFC 3339.*got 'yesterday'/), null],
      ["unknown key 'deploymnt'", "did you mean 'deployment'?"],
    ]);
  });

  test("what is no object at all", () => {
    for (const text of ["[]", "null", '"x"', "1"]) expect(faultsOf(text)).toEqual(["schema  1"]);
  });

  test("other tools' keys stand under extra", () => {
    expect(recordOf(textOf({ extra: { ci: { build: 12 } } }))).toMatchObject({
      extra: { ci: { build: 12 } },
    });
  });
});

test("characters that hide or turn text are pointed out", () => {
  const reading = read(textOf({ change: { reason: "fix \u202eevil", description: "a\u0007b\ttab\n" } }));
  if ("faults" in reading) throw new Error("faults");
  expect(
    reading.results.warnings.map(({ pointer, severity, reason }) => [pointer, severity, reason.slice(0, 28)]),
  ).toEqual([
    ["/change/reason", "warning", "holds the character U+202E, "],
    ["/change/description", "warning", "holds the character U+0007, "],
  ]);
});
