/** What GitHub wrote: check runs, deployment statuses, task lists. */
import { describe, expect, test } from "vitest";
import { zoneOf } from "../scripts/zone.ts";
import type { ForeignReading } from "../src/formats/foreign.ts";
import { parseGithub } from "../src/formats/github.ts";
import { tasksOf } from "../src/formats/tasklist.ts";

const bytes = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content));
const nowhere = zoneOf(undefined);
const said = ({ results }: ForeignReading): string[] =>
  results.map(({ name, status }) => `${name} ${status}`);
const rules = ({ problems }: ForeignReading): string[] =>
  problems.map(({ severity, rule }) => `${severity} ${rule}`);

describe("GitHub", () => {
  const check = (name: string, conclusion: string | null, status = "completed") => ({
    name,
    status,
    conclusion,
    head_sha: "abc",
    completed_at: "2026-03-04T21:00:00Z",
  });
  test("of check runs only success is passed", () => {
    const check_runs = [
      check("a", "success"),
      check("b", "failure"),
      check("c", "neutral"),
      check("d", "skipped"),
      check("e", null, "in_progress"),
      check("f", "cancelled"),
    ];
    const reading = parseGithub(bytes({ total_count: 9, check_runs }), "f", nowhere);
    expect(said(reading)).toEqual([
      "a passed",
      "b failed",
      "c inconclusive",
      "d skipped",
      "e inconclusive",
      "f inconclusive",
    ]);
    expect(reading.results[0]).toMatchObject({ commit: "abc", at: "2026-03-04T21:00:00Z" });
    expect(rules(reading)).toEqual(["warning pages-missing"]);
  });
  test("a check that was run again: the last run counts, the others are tries; another app's or commit's is another check", () => {
    const run = (conclusion: string | null, minute: number, more: object = {}) => ({
      ...check("ci", conclusion, conclusion === null ? "in_progress" : "completed"),
      started_at: `2026-03-04T21:0${minute}:00Z`,
      app: { slug: "actions" },
      ...more,
    });
    const of = (...check_runs: object[]) => parseGithub(bytes({ check_runs }), "f", nowhere).results;
    expect(of(run("success", 5), run("failure", 1), run("cancelled", 3))).toMatchObject([
      {
        name: "ci",
        status: "passed",
        attempts: [
          { status: "failed", started: "2026-03-04T21:01:00Z", reason: "failure" },
          { status: "inconclusive", started: "2026-03-04T21:03:00Z" },
        ],
      },
    ]);
    expect(of(run("success", 1), run(null, 2)).map(({ status }) => status)).toEqual(["inconclusive"]);
    const others = of(
      run("success", 2),
      run("failure", 1, { app: { slug: "x" } }),
      run("failure", 1, { head_sha: "b" }),
    );
    expect(others.map(({ status, attempts }) => [status, attempts.length])).toEqual([
      ["passed", 0],
      ["failed", 0],
      ["failed", 0],
    ]);
    const untimed = { started_at: null, completed_at: null };
    expect(
      of(run("success", 1, { ...untimed, id: 9 }), run("failure", 1, { ...untimed, id: 8 })),
    ).toMatchObject([{ status: "passed", attempts: [{ status: "failed" }] }]);
    expect(of(run("success", 1, untimed), run("failure", 1, untimed))).toHaveLength(2);
  });
  test("of deployment statuses the last counts, and one that failed before it is a try", () => {
    const at = (state: string, minute: number) => ({
      state,
      environment: "eu",
      created_at: `2026-03-04T21:0${minute}:00Z`,
    });
    const all = [at("success", 4), at("in_progress", 3), at("failure", 2), at("queued", 1)];
    expect(parseGithub(bytes(all), "f", nowhere).results).toMatchObject([
      {
        name: "deployment eu",
        status: "passed",
        attempts: [{ status: "failed", at: "2026-03-04T21:02:00Z" }],
      },
    ]);
  });
  test("of deployment statuses the last counts", () => {
    const statuses = [
      { state: "failure", environment: "production", created_at: "2026-03-04T21:05:00Z" },
      { state: "success", environment: "production", created_at: "2026-03-04T21:00:00Z" },
      { state: "inactive", environment: "staging", created_at: "2026-03-04T21:00:00Z" },
    ];
    expect(said(parseGithub(bytes(statuses), "f", nowhere))).toEqual([
      "deployment production failed",
      "deployment staging inconclusive",
    ]);
  });
  test("ticked tasks of an issue; what is not ticked says nothing", () => {
    const body =
      "- [x] Tests pass <!-- item: tests -->\n- [ ] Open\n```\n- [x] in code\n```\n<!--\n- [x] in a comment\n-->\n1. [X] `Numbered`";
    const reading = parseGithub(
      bytes({ issue: { title: "t", body, updated_at: "2026-03-04T21:00:00Z" } }),
      "f",
      nowhere,
    );
    expect(reading.results).toMatchObject([
      { name: "Tests pass", item: "tests", status: "passed", at: "2026-03-04T21:00:00Z" },
      { name: "`Numbered`", item: null, status: "passed" },
    ]);
    expect(rules(reading)).toEqual(["warning unticked"]);
  });
  test("tasks with ids in braces, in quotes, under others", () => {
    expect(tasksOf('> - [x] A <!-- item: {id: "a.b", check: x} -->\n  * [ ] B')).toEqual([
      { ticked: true, text: "A", item: "a.b" },
      { ticked: false, text: "B", item: null },
    ]);
  });
  test("another JSON, another conclusion", () => {
    expect(rules(parseGithub(bytes({ a: 1 }), "f", nowhere))).toEqual(["error not-github"]);
    expect(rules(parseGithub(bytes({ check_run: check("a", "fine") }), "f", nowhere))).toEqual([
      "error wrong-status",
    ]);
  });
});
