/** The samples: stored as they were made, of the checklists as they are, and of every kind that there is. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkRecords } from "../scripts/records.ts";
import { digestOf } from "../src/archive/canonical.ts";
import { readRuns } from "../src/archive/read.ts";
import { parseResults } from "../src/formats/results.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { rolesYaml } from "./nights/people.ts";
import { stories } from "./nights/stories.ts";
import { versionsIn } from "./nights/versions.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const examples = join(root, "content/examples");
const folders = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const { runs } = readRuns(root);
const again = "the checklists have changed: run `node tests/nights/write.ts`";

test("nothing about the stored runs is otherwise than when they were stored", () => {
  expect(checkRecords(root)).toEqual([]);
});

test("each example is stored, and each stored run has its example", () => {
  expect(runs.map(({ run }) => run)).toEqual(folders);
  for (const { run, envelopes } of runs) {
    const files = readdirSync(join(examples, run)).filter((name) => name.endsWith(".json"));
    const digests = files.map((name) => digestOf(readFileSync(join(examples, run, name))));
    expect(envelopes.flatMap(({ inputs }) => inputs.map(({ sha256 }) => sha256)).sort(), run).toEqual(
      digests.sort(),
    );
  }
});

test("the examples are of the checklists as they are", () => {
  const { checklists } = readChecklists(root);
  for (const { run, envelopes } of runs) {
    const named = envelopes[0]?.checklist;
    const checklist = checklists.find(({ id, version }) => id === named?.id && version === named.version);
    expect(named?.digest, `${run}: ${again}`).toBe(checklist?.digest);
  }
});

test("the stories still make the files that are there", () => {
  const version = versionsIn(root);
  for (const tell of stories) {
    const { run, records } = tell(version);
    records.forEach((record, index) => {
      const file = join(examples, run, records.length === 1 ? "results.json" : `${index + 1}.json`);
      expect(readFileSync(file, "utf8"), `${file}: ${again}`).toBe(`${JSON.stringify(record, null, 2)}\n`);
    });
  }
  expect(readFileSync(join(root, "content/roles.yaml"), "utf8"), again).toBe(rolesYaml());
});

describe("what they show", () => {
  const newest = runs.flatMap(({ envelopes }) => envelopes.at(-1) ?? []);
  const all = runs.flatMap(({ envelopes }) => envelopes);
  const rules = new Set(all.flatMap(({ judged }) => judged.facts.map(({ rule }) => rule)));

  test("every outcome and every finding, over all five checklists", () => {
    expect(new Set(newest.map(({ judged }) => judged.outcome))).toEqual(
      new Set(["in progress", "deployed", "stopped", "rolled back", "rollback not verified"]),
    );
    expect(new Set(newest.map(({ judged }) => judged.finding))).toEqual(
      new Set(["clean", "with exceptions", "incomplete", "failed"]),
    );
    expect(new Set(newest.map(({ checklist }) => checklist.id)).size).toBe(5);
    expect(runs.length).toBeGreaterThanOrEqual(10);
  });

  test("four records from seven days before to seven days after, interim reports and all", () => {
    const chain = runs.find(({ envelopes }) => envelopes.length === 4)?.envelopes ?? [];
    expect(chain.map(({ judged }) => judged.outcome)).toEqual([
      "in progress",
      "in progress",
      "in progress",
      "deployed",
    ]);
    const [first, last] = [chain[0]?.record.asOf, chain[3]?.record.asOf];
    expect((Date.parse(last ?? "") - Date.parse(first ?? "")) / 86_400_000).toBeGreaterThan(13);
  });

  test.each([
    "contradiction",
    "skipped",
    "skipped-or-na-without-reason",
    "same-person",
    "late-entry",
    "corrected",
    "rollback-not-verified",
    "trigger-fired",
    "waived",
    "retried",
    "carried",
    "signature-missing",
    "evidence-missing",
    "limit-not-observed",
    "open-at-close",
    "approved-late",
  ])("%s", (rule) => {
    expect(rules).toContain(rule);
  });

  test("evidence of several types, and two pictures side by side", () => {
    const types = new Set(all.flatMap(({ evidence }) => evidence.map(({ type }) => type)));
    expect(types).toEqual(new Set(["image/png", "text/plain", "application/pdf"]));
    const pairs = all.flatMap(({ record }) => record.evidence?.flatMap(({ pair }) => pair ?? []) ?? []);
    expect(pairs.sort()).toEqual(["after", "before"]);
  });
});

test("no example holds a character that hides or turns text", () => {
  for (const run of folders) {
    for (const name of readdirSync(join(examples, run)).filter((file) => file.endsWith(".json"))) {
      const reading = parseResults(readFileSync(join(examples, run, name)), name);
      expect("results" in reading && reading.results.warnings).toEqual([]);
    }
  }
});
