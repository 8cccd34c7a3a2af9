/** `countersign ingest`: what it stores, and what it says. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import { readRun, readRuns } from "../src/archive/read.ts";
import { checklist, ending, freshProject, ingest, opening, put, root, signed, tree } from "./small.ts";

freshProject();

describe("what is stored", () => {
  test("a record that opens a run", async () => {
    const { code, first, out } = await ingest([put("r.json", opening)]);
    const stored = readRun(root(), "2026-03-04-small").run;
    const [envelope] = stored?.envelopes ?? [];
    expect([code, first]).toEqual([0, `STORED ${envelope?.digest}`]);
    expect(out).toMatch(/^outcome {2}in progress$/m);
    expect(out).toMatch(/^finding {2}clean$/m);
    expect(out).toContain("https://runbooks.example.com/test/reports/2026-03-04-small/1/");
    expect(envelope).toMatchObject({
      n: 1,
      receivedAt: "2026-03-04T21:33:00Z",
      checklist: { id: "small", version: "1.0", digest: digestOf(checklist) },
      inputs: [{ name: "r.json", sha256: digestOf(JSON.stringify(opening, null, 1)) }],
      previous: null,
      judged: { outcome: "in progress", finding: "clean" },
    });
    expect(envelope?.digest).toBe(
      digestOf(
        canonicalJson({ ...opening, checklist: { ...opening.checklist, digest: digestOf(checklist) } }),
      ),
    );
    expect(readdirSync(join(root(), "content/runs/2026-03-04-small")).sort()).toEqual([
      "1.json",
      "checklist.md",
      "inputs",
    ]);
    expect(readFileSync(join(root(), "content/runs/2026-03-04-small/checklist.md"), "utf8")).toBe(checklist);
    expect(readRuns(root()).diagnostics).toEqual([]);
  });

  test("one that continues and closes it; the chain is kept also where the record does not name it", async () => {
    await ingest([put("1.json", opening)]);
    const { code, out } = await ingest([put("2.json", ending)]);
    const [first, second] = readRun(root(), "2026-03-04-small").run?.envelopes ?? [];
    expect([code, second?.previous, second?.record.previous]).toEqual([0, first?.digest, first?.digest]);
    expect(out).toMatch(/^outcome {2}deployed$/m);
    expect(second?.record.results.find(({ item }) => item === "errors")?.observed).toEqual([
      { value: "0.4" },
    ]);
  });

  test("the same bytes again change nothing, whatever the file is called, also after the run went on", async () => {
    await ingest([put("1.json", opening)]);
    await ingest([put("2.json", ending)]);
    const before = tree();
    for (const name of ["1.json", "copy.json"]) {
      const { code, first, out } = await ingest([put(name, opening)]);
      expect([code, first]).toEqual([
        0,
        expect.stringMatching(/^STORED sha256:[0-9a-f]{64} \(it was already; nothing changed\)$/),
      ]);
      expect(out).toContain("record 1 of 2026-03-04-small");
    }
    expect(tree()).toEqual(before);
  });

  test("several parts at once, in the order of what they are as of", async () => {
    const { code, out } = await ingest([put("late.json", ending), put("early.json", opening)]);
    const { run: stored } = readRun(root(), "2026-03-04-small");
    expect([code, stored?.envelopes.map(({ inputs }) => inputs[0]?.name)]).toEqual([
      0,
      ["early.json", "late.json"],
    ]);
    expect(stored?.envelopes.map(({ judged }) => judged.outcome)).toEqual(["in progress", "deployed"]);
    expect(out).toContain("2 records, 1 to 2");
  });

  test("two people who saw the same are two observers", async () => {
    const other = {
      ...opening,
      asOf: "2026-03-04T20:01:00+01:00",
      results: [{ item: "one", status: "passed", by: "bob", at: "2026-03-04T19:02:00+01:00" }],
    };
    expect((await ingest([put("a.json", opening), put("b.json", other)])).code).toBe(0);
  });

  test("standard input", async () => {
    const { first } = await ingest(["-"], JSON.stringify(opening));
    expect(first).toMatch(/^STORED /);
    expect(readRun(root(), "2026-03-04-small").run?.envelopes[0]?.inputs[0]?.name).toBe("standard input");
  });

  test("exit 3 where something failed, is missing, or nobody has accepted an exception", async () => {
    const failed = {
      ...opening,
      results: [{ item: "one", status: "failed", by: "ada", at: "2026-03-04T19:00:00+01:00", reason: "no" }],
    };
    expect((await ingest([put("failed.json", failed)])).code).toBe(3);
    const skipped = {
      ...opening,
      run: "skipped",
      results: [
        { item: "one", status: "skipped", by: "ada", at: "2026-03-04T19:00:00+01:00", reason: "no time" },
      ],
    };
    expect((await ingest([put("skipped.json", skipped)])).code).toBe(3);
    const accepted = {
      ...skipped,
      run: "accepted",
      dispositions: [
        { rule: "skipped", item: "one", by: "bob", at: "2026-03-04T19:30:00+01:00", accepted: "fine" },
      ],
    };
    expect((await ingest([put("accepted.json", accepted)])).code).toBe(0);
    // Stored before, judged the same: the exit code says so again.
    expect((await ingest([put("failed.json", failed)])).code).toBe(3);
  });

  test("a draft is run as it was when the run opened, whatever becomes of its file", async () => {
    await ingest([put("1.json", opening)]);
    writeFileSync(
      join(root(), "content/checklists/small/1.0.md"),
      checklist.replace("item: two", "item: other"),
    );
    expect((await ingest([put("2.json", ending)])).code).toBe(0);
    rmSync(join(root(), "content/checklists/small/1.0.md"));
    const note = {
      ...opening,
      asOf: "2026-03-05T08:00:00+01:00",
      people: undefined,
      results: [],
      signatures: [{ ...signed, meaning: "review", at: "2026-03-05T07:00:00+01:00" }],
    };
    expect((await ingest([put("3.json", note)])).first).toMatch(/^STORED/);
  });

  test("a dry run judges and writes nothing", async () => {
    const before = tree();
    const { code, first, out } = await ingest(["--dry-run", put("r.json", opening)]);
    expect([code, first]).toEqual([
      0,
      expect.stringMatching(/^NOT STORED \(dry run; it would be sha256:[0-9a-f]{64}\)$/),
    ]);
    expect(out).toContain("finding  clean");
    expect(tree()).toEqual(before);
    const stored = await ingest([put("r.json", opening)]);
    expect(first).toContain(stored.first.replace("STORED ", ""));
  });

  test("--received-at is for records that move", async () => {
    await ingest(["--received-at", "2026-03-04T20:03:00+01:00", put("r.json", opening)]);
    expect(readRun(root(), "2026-03-04-small").run?.envelopes[0]?.receivedAt).toBe(
      "2026-03-04T20:03:00+01:00",
    );
  });

  test("as JSON: one value on standard output, the line about storing beside it", async () => {
    const { out, err } = await ingest(["--format", "json", put("r.json", opening)]);
    expect(err).toMatch(/^STORED sha256:/);
    expect(JSON.parse(out)).toMatchObject({
      stored: true,
      run: "2026-03-04-small",
      records: [{ n: 1, outcome: "in progress", finding: "clean" }],
    });
    const refused = await ingest([
      "--format",
      "json",
      put("bad.json", { ...opening, run: "bad", reslts: [] }),
    ]);
    expect([refused.code, refused.err, JSON.parse(refused.out)]).toMatchObject([
      1,
      "NOT STORED\n",
      { stored: false, faults: [{ pointer: "/reslts", rule: "schema" }] },
    ]);
  });
});

describe("wrong usage", () => {
  test.each([
    [["nowhere.json"], 'there is no file "nowhere.json"'],
    [["in"], '"in" is a folder'],
    [["-", "-"], "standard input (-) can be read once"],
    [["--evidence", "nowhere", "-"], 'there is no folder "nowhere"'],
    [["--received-at", "yesterday", "-"], "--received-at is a time such as"],
  ])("%j", async (args, expected) => {
    const { code, first, err } = await ingest(args, JSON.stringify(opening));
    expect([code, first, err]).toEqual([2, "NOT STORED", expect.stringContaining(expected)]);
  });

  test("no file at all", async () => {
    const { code, err } = await ingest([]);
    expect([code, err]).toEqual([2, expect.stringContaining("<file> is missing")]);
  });
});

test("several processes at once: each record is stored once, none is lost", async () => {
  await ingest([put("0.json", opening)]);
  const files = Array.from({ length: 3 }, (_, index) => {
    const at = `2026-03-04T20:0${index + 1}:00+01:00`;
    return put(`${index + 1}.json`, {
      ...opening,
      people: undefined,
      asOf: "2026-03-04T20:30:00+01:00",
      results: [],
      incidents: [{ at, text: `incident ${index + 1}` }],
    });
  });
  const cli = fileURLToPath(new URL("../scripts/cli.ts", import.meta.url));
  const outcomes = await Promise.all(
    files.map((file) => promisify(execFile)(process.execPath, [cli, "ingest", file], { cwd: root() })),
  );
  for (const { stdout } of outcomes) expect(stdout).toMatch(/^STORED sha256:/);
  const { run: stored, diagnostics } = readRun(root(), "2026-03-04-small");
  expect(diagnostics).toEqual([]);
  expect(stored?.envelopes.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  expect(
    stored?.envelopes.flatMap(({ record }) => record.incidents?.map(({ text }) => text) ?? []).sort(),
  ).toEqual(["incident 1", "incident 2", "incident 3"]);
  expect(readdirSync(join(root(), "content/runs"))).toEqual(["2026-03-04-small"]);
});
