/** `countersign ingest`: what it takes, what it refuses, and that a refusal leaves nothing behind. */
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import { readRun, readRuns } from "../src/archive/read.ts";
import { makeProject, type } from "./terminal.ts";

const checklist = `---
title: A small change
metrics: [{id: error_rate, label: Error rate, unit: "%"}]
signoffs: [{id: ok, role: Lead, meaning: approval, before: change}]
questions: [{id: big, label: Is it big?, type: yes-no}]
fields: [{id: when, label: When, type: datetime}]
---

## Before <!-- section: {id: before, stage: before} -->

- [ ] One is done. <!-- item: one -->
- [ ] Two is done. <!-- item: two -->

## Change <!-- section: {id: change, stage: change} -->

- [ ] Errors stay low. <!-- item: {id: errors, limit: "error_rate < 1 %"} -->
- [ ] The place is noted. <!-- item: {id: place, capture: [{id: where, type: location, label: Where}]} -->

## Triggers <!-- section: {id: triggers, role: triggers, stage: after, when-met: rollback, decider: Lead} -->

- [ ] It burns. <!-- item: fire -->

## Back <!-- section: {id: back, role: contingency, stage: after} -->

- [ ] Put it back. <!-- item: {id: put-back, verifies: rollback} -->
`;

type Json = Readonly<Record<string, unknown>>;

const opening = {
  schema: "countersign/run@1",
  run: "2026-03-04-small",
  asOf: "2026-03-04T20:00:00+01:00",
  checklist: { id: "small", version: "1.0" },
  deployment: { environment: "staging" },
  people: [
    { id: "ada", name: "Ada" },
    { id: "bob", name: "Bob", role: "Lead", identity: "verified" },
  ],
  results: [{ item: "one", status: "passed", by: "ada", at: "2026-03-04T19:00:00+01:00" }],
} as const;

const signed = {
  role: "Lead",
  by: "bob",
  meaning: "approval",
  at: "2026-03-04T20:10:00+01:00",
  method: "sso",
} as const;
const ending = {
  ...opening,
  asOf: "2026-03-04T22:00:00+01:00",
  people: undefined,
  results: [
    { item: "two", status: "passed", by: "ada", at: "2026-03-04T20:05:00+01:00" },
    {
      item: "errors",
      status: "passed",
      by: "ada",
      at: "2026-03-04T21:00:00+01:00",
      observed: [{ value: 0.4 }],
    },
    { item: "place", status: "passed", by: "ada", at: "2026-03-04T21:10:00+01:00" },
    { item: "fire", status: "clear", by: "ada", at: "2026-03-04T21:20:00+01:00" },
  ],
  signatures: [signed],
  closed: { at: "2026-03-04T21:30:00+01:00", by: "ada" },
};

let root = "";
beforeEach(() => {
  root = makeProject({
    "content/checklists/small/1.0.md": checklist,
    "content/site.yaml": "organisation: Test\nurl: https://runbooks.example.com/test\n",
    "in/README": "results files",
  });
});

function put(name: string, content: Json | string | Uint8Array): string {
  const path = join(root, "in", name);
  writeFileSync(
    path,
    typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content, null, 1),
  );
  return join("in", name);
}

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly first: string;
}

async function ingest(args: readonly string[], stdin = ""): Promise<Answer> {
  const { code, stdout, stderr } = await type(root, ["ingest", ...args], {
    now: "2026-03-04T21:33:00Z",
    stdin,
  });
  return { code, out: stdout, err: stderr, first: stdout.split("\n")[0] ?? "" };
}

/** Every file under content/, with its bytes and when it was written. */
function tree(): Readonly<Record<string, string>> {
  const files = readdirSync(join(root, "content"), { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files.map((name) => {
      const path = join(root, "content", name);
      const stats = statSync(path);
      return [name, stats.isFile() ? `${stats.mtimeMs} ${readFileSync(path, "base64")}` : "folder"];
    }),
  );
}

describe("what is stored", () => {
  test("a record that opens a run", async () => {
    const { code, first, out } = await ingest([put("r.json", opening)]);
    const stored = readRun(root, "2026-03-04-small").run;
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
    expect(readdirSync(join(root, "content/runs/2026-03-04-small")).sort()).toEqual([
      "1.json",
      "checklist.md",
      "inputs",
    ]);
    expect(readFileSync(join(root, "content/runs/2026-03-04-small/checklist.md"), "utf8")).toBe(checklist);
    expect(readRuns(root).diagnostics).toEqual([]);
  });

  test("one that continues and closes it; the chain is kept also where the record does not name it", async () => {
    await ingest([put("1.json", opening)]);
    const { code, out } = await ingest([put("2.json", ending)]);
    const [first, second] = readRun(root, "2026-03-04-small").run?.envelopes ?? [];
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
    const { run: stored } = readRun(root, "2026-03-04-small");
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
    expect(readRun(root, "2026-03-04-small").run?.envelopes[0]?.inputs[0]?.name).toBe("standard input");
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
      join(root, "content/checklists/small/1.0.md"),
      checklist.replace("item: two", "item: other"),
    );
    expect((await ingest([put("2.json", ending)])).code).toBe(0);
    rmSync(join(root, "content/checklists/small/1.0.md"));
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
    expect(readRun(root, "2026-03-04-small").run?.envelopes[0]?.receivedAt).toBe("2026-03-04T20:03:00+01:00");
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

describe("what is refused leaves nothing behind", () => {
  const patched = (change: Json): Json => ({ ...opening, ...change });
  const result = (change: Json): Json => patched({ results: [{ ...opening.results[0], ...change }] });

  test.each<[string, Json | string, string]>([
    ["no JSON", "{", "1:2: (the whole file): is not JSON"],
    ["nothing", "", "is not JSON"],
    ["two keys of one name", '{"run": "a",\n "run": "a"}', '2:2: /run: has the key "run" twice'],
    ["half a character", '{"run": "\\ud800"}', "/run: holds half of a character"],
    [
      "a number too large",
      '{"extra": {"n": 90071992547409939}}',
      "/extra/n: is the integer 90071992547409939",
    ],
    ["too deep", "[".repeat(65), "nests deeper than 64"],
    ["too long", `"${"x".repeat(1024 * 1024)}"`, "longer than 1048576 bytes"],
    [
      "an unknown key",
      patched({ reslts: [] }),
      "/reslts: unknown key 'reslts' [schema]\n    did you mean 'results'?",
    ],
    ["no schema", patched({ schema: undefined }), "/schema: "],
    ["a time that nobody can place", patched({ asOf: "2026-03-04T20:00:00" }), "/asOf: "],
    ["a run that climbs", patched({ run: "../up" }), "/run: "],
    ["a run that is a device", patched({ run: "con" }), "/run: "],
    ["a run in capitals", patched({ run: "Small" }), "/run: "],
    [
      "an unknown checklist",
      patched({ checklist: { id: "smal", version: "1.0" } }),
      "/checklist/id: there is no checklist 'smal' [unknown-checklist]\n    did you mean 'small'?",
    ],
    ["a checklist that climbs", patched({ checklist: { id: "..", version: "1.0" } }), "/checklist/id: "],
    [
      "an unknown version",
      patched({ checklist: { id: "small", version: "1.1" } }),
      "/checklist/version: there is no version '1.1' of 'small' [unknown-version]\n    there are 1.0",
    ],
    [
      "a version that climbs",
      patched({ checklist: { id: "small", version: "../small/1.0" } }),
      "/checklist/version: there is no version",
    ],
    [
      "another digest",
      patched({ checklist: { id: "small", version: "1.0", digest: `sha256:${"0".repeat(64)}` } }),
      "/checklist/digest: ",
    ],
    ["an unknown item", result({ item: "onee" }), "/results/0/item: 'onee' is no item of"],
    [
      "an unknown person",
      result({ by: "adda" }),
      "/results/0/by: 'adda' is no person of people [unknown-person]\n    did you mean 'ada'?",
    ],
    ["a status that the item cannot have", result({ status: "fired" }), "/results/0/status: "],
    ["an unknown blank", result({ capture: { where: "x" } }), "/results/0/capture/where: "],
    [
      "a second result",
      patched({ results: [opening.results[0], { ...opening.results[0], at: "2026-03-04T19:30:00+01:00" }] }),
      "/results/1: there is a second result",
    ],
    [
      "something after what it is as of",
      result({ at: "2026-03-04T20:00:01+01:00" }),
      "/results/0/at: 2026-03-04T20:00:01+01:00 is later than 'asOf'",
    ],
    ["an unknown question", patched({ answers: { bigg: true } }), "/answers/bigg: "],
    ["an answer that is none", patched({ answers: { big: "perhaps" } }), "/answers/big: "],
    ["a field that holds no time", patched({ fields: { when: "tomorrow" } }), "/fields/when: "],
    [
      "a close that hides what is open",
      patched({ closed: { at: "2026-03-04T19:59:00+01:00", by: "ada" } }),
      "/closed: the run cannot be closed: the item 'two'",
    ],
    [
      "a previous record where there is none",
      patched({ evidence: [{ id: "e", file: "../../etc/passwd" }] }),
      "/evidence/0/file: ",
    ],
  ])("%s", async (_, content, expected) => {
    const file = put("bad.json", content);
    const before = tree();
    const { code, first, out } = await ingest([file]);
    expect(out).toContain(expected);
    expect([code, first]).toEqual([1, "NOT STORED"]);
    expect(tree()).toEqual(before);
  });

  test("every fault is listed, with its line", async () => {
    const { out } = await ingest([
      put("bad.json", patched({ asOf: "today", people: [{ name: "x" }], zzz: 1 })),
    ]);
    expect(out.match(/^in\/bad\.json:\d+:\d+: \S+/gm)).toEqual([
      "in/bad.json:4:2: /asOf:".replace("4:2", "4:10"),
      expect.stringMatching(/^in\/bad\.json:\d+:\d+: \/people\/0\/id:$/),
      expect.stringMatching(/^in\/bad\.json:\d+:\d+: \/zzz:$/),
    ]);
    expect(out).toContain("3 faults; nothing was written");
  });

  test("bytes that are no text", async () => {
    const { code, out } = await ingest([put("bad.json", new Uint8Array([0xff, 0xfe, 0x7b, 0x00]))]);
    expect([code, out]).toEqual([1, expect.stringContaining("is not valid UTF-8")]);
  });

  test("one bad file among good ones", async () => {
    const before = tree();
    const { code, first } = await ingest([
      put("a.json", opening),
      put("b.json", { ...ending, results: [{ item: "nine", status: "passed" }] }),
    ]);
    expect([code, first, tree()]).toEqual([1, "NOT STORED", before]);
  });

  test("files of two runs", async () => {
    const { code, out } = await ingest([put("a.json", opening), put("b.json", patched({ run: "other" }))]);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining("/run: is of the run 'other', and in/a.json of '2026-03-04-small' [other-run]"),
    ]);
  });

  test("a record that disagrees with an earlier one, or follows another", async () => {
    await ingest([put("1.json", opening)]);
    const before = tree();
    const disagrees = {
      ...ending,
      results: [{ item: "one", status: "failed", by: "ada", at: "2026-03-04T19:00:00+01:00" }],
      closed: undefined,
    };
    expect((await ingest([put("a.json", disagrees)])).out).toContain(
      "leave it as it was, or correct it by an entry under 'amends'",
    );
    const follows = { ...ending, previous: `sha256:${"1".repeat(64)}` };
    expect((await ingest([put("b.json", follows)])).out).toContain("/previous: ");
    expect(tree()).toEqual(before);
  });

  test("a checklist that is not what was released", async () => {
    const lock = {
      schema: "countersign/lock@1",
      checklists: {
        small: {
          "1.0": {
            digest: `sha256:${"2".repeat(64)}`,
            date: "2026-01-01",
            approvedBy: "Bob",
            rules: "1",
            files: {},
          },
        },
      },
    };
    writeFileSync(join(root, "content/lock.json"), JSON.stringify(lock));
    expect((await ingest([put("a.json", opening)])).out).toContain(
      "/checklist/version: small@1.0 was released with the digest",
    );
  });

  test("an installation that cannot be read: nothing could be judged by it", async () => {
    writeFileSync(join(root, "content/site.yaml"), "organisation: 1\n");
    const { code, first, out } = await ingest([put("a.json", opening)]);
    expect([code, first, out]).toEqual([1, "NOT STORED", expect.stringContaining("content/site.yaml:1: ")]);
  });

  test("a run whose stored records were changed", async () => {
    await ingest([put("1.json", opening)]);
    const path = join(root, "content/runs/2026-03-04-small/1.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"status": "passed"', '"status": "failed"'));
    const before = tree();
    const { code, first, out } = await ingest([put("2.json", ending)]);
    expect([code, first, out]).toEqual([
      1,
      "NOT STORED",
      expect.stringContaining("is not as it was stored: content/runs/2026-03-04-small/1.json was changed"),
    ]);
    expect(tree()).toEqual(before);
  });

  test("hostile text is printed inert", async () => {
    const { out } = await ingest([put("a.json", patched({ "a\u001b[2Jb": 1 }))]);
    expect(out).not.toContain("\u001b");
  });
});

describe("evidence", () => {
  const withEvidence = (entry: Json, change: Json = {}): Json => ({
    ...opening,
    results: [{ ...opening.results[0], evidence: ["e1"] }],
    evidence: [{ id: "e1", ...entry }],
    ...change,
  });
  const stored = (): ReturnType<typeof readRun>["run"] => readRun(root, "2026-03-04-small").run;

  test("is kept under its digest, with the type of its bytes; the record is completed", async () => {
    put("chart.png", "no picture at all\n");
    const { code } = await ingest([put("r.json", withEvidence({ file: "chart.png", type: "image/png" }))]);
    const sha256 = digestOf("no picture at all\n");
    const [envelope] = stored()?.envelopes ?? [];
    expect([code, envelope?.evidence]).toEqual([0, [{ id: "e1", sha256, bytes: 18, type: "text/plain" }]]);
    expect(envelope?.record.evidence).toEqual([
      { id: "e1", file: "chart.png", type: "image/png", sha256, bytes: 18 },
    ]);
    expect(readdirSync(join(root, "content/runs/2026-03-04-small/evidence"))).toEqual([sha256.slice(7)]);
  });

  test("is looked for in --evidence, there also by its digest alone", async () => {
    mkdirSync(join(root, "elsewhere/deep"), { recursive: true });
    writeFileSync(join(root, "elsewhere/deep/a.log"), "a");
    writeFileSync(join(root, "elsewhere/b.log"), "b");
    const record = withEvidence(
      {},
      {
        evidence: [
          { id: "e1", file: "deep/a.log" },
          { id: "e2", sha256: digestOf("b").slice(7) },
        ],
      },
    );
    expect((await ingest(["--evidence", "elsewhere", put("r.json", record)])).code).toBe(0);
    expect(stored()?.envelopes[0]?.evidence.map(({ id, sha256 }) => [id, sha256])).toEqual([
      ["e1", digestOf("a")],
      ["e2", digestOf("b")],
    ]);
  });

  test("whose bytes are not those that the record names is kept, and judged", async () => {
    put("a.log", "a");
    const { code, out } = await ingest([
      put("r.json", withEvidence({ file: "a.log", sha256: "0".repeat(64) })),
    ]);
    expect([code, out]).toEqual([3, expect.stringContaining("evidence-digest")]);
    expect(stored()?.envelopes[0]?.evidence[0]?.sha256).toBe(digestOf("a"));
  });

  test("that is listed and not kept is a gap", async () => {
    const { code, out } = await ingest([put("r.json", withEvidence({ sha256: "0".repeat(64) }))]);
    expect([code, out]).toEqual([3, expect.stringContaining("evidence-missing")]);
  });

  test("the same file again under another record is one file", async () => {
    put("a.log", "a");
    await ingest([put("1.json", withEvidence({ file: "a.log" }))]);
    const next = { ...ending, evidence: [{ id: "e2", file: "a.log" }] };
    expect((await ingest([put("2.json", next)])).code).toBe(0);
    expect(readdirSync(join(root, "content/runs/2026-03-04-small/evidence"))).toHaveLength(1);
  });

  test.each([
    ["gone.log", "cannot be read"],
    ["/etc/hostname", "is not relative"],
    ["C:\\windows.log", "is not relative"],
    ["..\\x.log", "write '/' between folders"],
    ["../r.log", "may not hold '.', '..'"],
    ["a/../../r.log", "may not hold '.', '..'"],
    ["./a.log", "may not hold '.', '..'"],
    ["a//b", "may not hold '.', '..' or empty parts"],
    ["nul.txt", "is the name of a device"],
    ["a\u0000b", "holds a control character"],
    ["folder", "is not a file"],
    ["link.log", "leads out of"],
    ["large.log", "at most 20971520 (20 MiB)"],
  ])("%j is refused", async (file, expected) => {
    mkdirSync(join(root, "in/folder"));
    writeFileSync(join(root, "outside.log"), "secret");
    symlinkSync(join(root, "outside.log"), join(root, "in/link.log"));
    if (file === "large.log") put("large.log", new Uint8Array(20 * 1024 * 1024 + 1));
    const record = put("r.json", withEvidence({ file }));
    const before = tree();
    const { code, first, out } = await ingest([record]);
    expect([code, first, out]).toEqual([1, "NOT STORED", expect.stringContaining(expected)]);
    expect(out).toContain("/evidence/0/file: ");
    expect(tree()).toEqual(before);
  });

  test("more than 200 files", async () => {
    const many = Array.from({ length: 201 }, (_, index) => ({ id: `e${index}`, file: "a.log" }));
    expect((await ingest([put("r.json", withEvidence({}, { evidence: many }))])).out).toContain(
      "at most 200 are taken",
    );
  });

  test("with standard input there is no folder to look in", async () => {
    expect((await ingest(["-"], JSON.stringify(withEvidence({ file: "a.log" })))).out).toContain(
      "type --evidence DIR",
    );
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
    files.map((file) => promisify(execFile)(process.execPath, [cli, "ingest", file], { cwd: root })),
  );
  for (const { stdout } of outcomes) expect(stdout).toMatch(/^STORED sha256:/);
  const { run: stored, diagnostics } = readRun(root, "2026-03-04-small");
  expect(diagnostics).toEqual([]);
  expect(stored?.envelopes.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  expect(
    stored?.envelopes.flatMap(({ record }) => record.incidents?.map(({ text }) => text) ?? []).sort(),
  ).toEqual(["incident 1", "incident 2", "incident 3"]);
  expect(readdirSync(join(root, "content/runs"))).toEqual(["2026-03-04-small"]);
});
