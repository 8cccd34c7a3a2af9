import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import { sealed } from "../src/archive/chain.ts";
import { disk as realDisk } from "../src/archive/disk.ts";
import { DifferentBytes } from "../src/archive/durable.ts";
import { Locked } from "../src/archive/lock.ts";
import { mediaTypeOf } from "../src/archive/mediatype.ts";
import { faultOfRunName } from "../src/archive/names.ts";
import { readRun, readRuns, readSource, readStored } from "../src/archive/read.ts";
import { type Plan, putRecord, Refused, settle } from "../src/archive/store.ts";
import type { Envelope } from "../src/model/envelope.schema.ts";
import { CrashDisk, PowerCut, type Trouble } from "./crashdisk.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const source = bytes("# A checklist\n");

/** A plan of `count` records after those of `before`. */
function plan(run: string, before: readonly Envelope[], count: number, proof = "proof"): Plan {
  const envelopes: Envelope[] = [];
  for (let n = before.length + 1; n <= before.length + count; n += 1) {
    const record: Envelope["record"] = {
      schema: "countersign/run@1",
      run,
      asOf: "2026-03-04T23:00:00Z",
      checklist: { id: "a", version: "1" },
      deployment: { environment: "production" },
      results: [{ item: "one", status: "passed", note: `record ${n}` }],
    };
    envelopes.push(
      sealed({
        schema: "countersign/envelope@1",
        n,
        through: before.length + count,
        receivedAt: "2026-03-05T00:00:00Z",
        tool: "countersign 0.0.0",
        rules: "1",
        policy: {
          thresholds: { lateEntry: "PT15M", bulkTick: 20, emergencyReview: "P5D" },
          severities: {},
          waivers: [],
        },
        gathered: {
          lock: null,
          roster: null,
          rosterDigest: null,
          sourceDigest: null,
          evidence: null,
          carried: [],
          tool: null,
        },
        checklist: { id: "a", version: "1", digest: digestOf(source) },
        inputs: [{ name: "r.json", sha256: digestOf(`input ${n}`) }],
        evidence: [{ id: "e1", sha256: digestOf(proof), bytes: proof.length, type: "text/plain" }],
        previous: envelopes.at(-1)?.digest ?? before.at(-1)?.digest ?? null,
        digest: digestOf(canonicalJson(record)),
        record,
        judged: {
          outcome: "in progress",
          finding: "clean",
          headline: "INTERIM",
          derivation: [],
          counts: { total: 1, due: 1, passed: 1, byStatus: [{ status: "passed", count: 1, good: 1 }] },
          facts: [],
        },
      }),
    );
  }
  return {
    run,
    after: before.at(-1)?.digest ?? null,
    envelopes,
    inputs: envelopes.map(({ n }) => ({ sha256: digestOf(`input ${n}`), bytes: bytes(`input ${n}`) })),
    evidence: [{ sha256: digestOf(proof), bytes: bytes(proof) }],
    checklist: before.length === 0 ? source : null,
  };
}

function freshDisk(linkless = false): CrashDisk {
  const disk = new CrashDisk(undefined, linkless);
  disk.put("/c/content", null);
  return disk;
}

const recordsOf = (disk: CrashDisk, run: string): number[] =>
  readRun("/c", run, disk).run?.envelopes.map(({ n }) => n) ?? [];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
function realFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-archive-"));
  mkdirSync(join(folder, "content"));
  folders.push(folder);
  return folder;
}

describe("on a real disk", () => {
  test("the layout, and back", () => {
    const root = realFolder();
    const first = plan("2026-03-04-prod", [], 1);
    expect(putRecord(root, first)).toEqual({ status: "stored" });
    const second = plan("2026-03-04-prod", first.envelopes, 1, "other proof");
    expect(putRecord(root, second)).toEqual({ status: "stored" });
    expect(readdirSync(join(root, "content/runs"))).toEqual(["2026-03-04-prod"]);
    const folder = join(root, "content/runs/2026-03-04-prod");
    expect(readdirSync(folder).sort()).toEqual(["1.json", "2.json", "checklist.md", "evidence", "inputs"]);
    expect(readdirSync(join(folder, "evidence"))).toHaveLength(2);
    const { runs, diagnostics } = readRuns(root);
    expect(diagnostics).toEqual([]);
    expect(runs).toEqual([
      { run: "2026-03-04-prod", envelopes: [...first.envelopes, ...second.envelopes], damaged: [] },
    ]);
    expect(readSource(root, "2026-03-04-prod")).toEqual(Buffer.from(source));
    expect(readStored(root, "2026-03-04-prod", "inputs", digestOf("input 2")).toString()).toBe("input 2");
    settle(root, "2026-03-04-prod");
  });

  test("no runs folder means no runs; a folder that cannot be read is an error", () => {
    const root = realFolder();
    expect(readRuns(root)).toEqual({ runs: [], diagnostics: [] });
    writeFileSync(join(root, "content/runs"), "");
    expect(() => readRuns(root)).toThrow(/ENOTDIR/);
  });

  test("a link that leads out of the archive is refused", () => {
    const root = realFolder();
    const elsewhere = join(realFolder(), "content");
    mkdirSync(join(root, "content/runs/r"), { recursive: true });
    symlinkSync(elsewhere, join(root, "content/runs/r/evidence"));
    expect(() => putRecord(root, plan("r", [], 1))).toThrow(Refused);
    symlinkSync(elsewhere, join(root, "content/runs/s"));
    expect(() => putRecord(root, plan("s", [], 1))).toThrow(Refused);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test("the lock names a living owner, and a dead process is told from a living one", () => {
    const self = realDisk.self();
    expect(realDisk.mayLive(self)).toBe(true);
    expect(realDisk.mayLive({ ...self, host: "elsewhere", pid: 1 })).toBe(true);
    expect(realDisk.mayLive({ ...self, pid: 2 ** 22 + 1 })).toBe(false);
    if (self.boot !== null) expect(realDisk.mayLive({ ...self, boot: "another" })).toBe(false);
    if (self.started !== null) expect(realDisk.mayLive({ ...self, started: "0" })).toBe(false);
  });
});

describe("what is changed afterwards is seen", () => {
  function stored(): { root: string; folder: string } {
    const root = realFolder();
    const first = plan("r", [], 1);
    putRecord(root, first);
    putRecord(root, plan("r", first.envelopes, 2));
    return { root, folder: join(root, "content/runs/r") };
  }
  const rulesOf = (root: string): string[] =>
    readRuns(root).diagnostics.map(({ rule, file }) => `${rule} ${file}`);

  test("a record", () => {
    const { root, folder } = stored();
    const text = readFileSync(join(folder, "2.json"), "utf8");
    writeFileSync(join(folder, "2.json"), text.replace("record 2", "record two"));
    expect(rulesOf(root)).toEqual(["record-digest content/runs/r/2.json"]);
    expect(() => putRecord(root, plan("r", readRun(root, "r").run?.envelopes ?? [], 1))).toThrow(
      /it was changed afterwards/,
    );
  });

  test("a judgement", () => {
    const { root, folder } = stored();
    const text = readFileSync(join(folder, "2.json"), "utf8");
    writeFileSync(join(folder, "2.json"), text.replace('"finding": "clean"', '"finding": "failed"'));
    expect(rulesOf(root)).toEqual(["envelope-digest content/runs/r/2.json"]);
  });

  test("a record with its digest", () => {
    const { root, folder } = stored();
    const envelope = JSON.parse(readFileSync(join(folder, "2.json"), "utf8")) as {
      record: { results: [{ note: string }] };
      digest: string;
    };
    envelope.record.results[0].note = "record two";
    envelope.digest = digestOf(canonicalJson(envelope.record));
    const { seal: _, ...content } = envelope as unknown as Envelope;
    writeFileSync(join(folder, "2.json"), JSON.stringify(sealed(content)));
    expect(rulesOf(root)).toEqual(["broken-chain content/runs/r/3.json"]);
  });

  test("a record that is gone, and one that is no JSON", () => {
    const { root, folder } = stored();
    rmSync(join(folder, "2.json"));
    expect(rulesOf(root)).toEqual(["missing-record content/runs/r/2.json"]);
    expect(readRun(root, "r").run?.envelopes).toHaveLength(1);
    writeFileSync(join(folder, "2.json"), "{");
    expect(rulesOf(root)).toEqual(["unreadable-record content/runs/r/2.json"]);
    writeFileSync(join(folder, "2.json"), "{}");
    expect(rulesOf(root)).toEqual(["unreadable-record content/runs/r/2.json"]);
  });

  test("evidence, an input, the checklist", () => {
    const { root, folder } = stored();
    const proof = digestOf("proof").slice(7);
    writeFileSync(join(folder, "evidence", proof), "prooF");
    rmSync(join(folder, "inputs", digestOf("input 1").slice(7)));
    writeFileSync(join(folder, "checklist.md"), "# Another\n");
    expect(rulesOf(root)).toEqual([
      "checklist-digest content/runs/r/checklist.md",
      `evidence-digest content/runs/r/evidence/${proof}`,
      `inputs-digest content/runs/r/inputs/${digestOf("input 1").slice(7)}`,
    ]);
    expect(readRun(root, "r").run?.damaged).toContainEqual({
      kind: "evidence",
      sha256: digestOf("proof"),
      found: digestOf("prooF"),
    });
  });

  test("a folder that is no run", () => {
    const { root } = stored();
    mkdirSync(join(root, "content/runs/Not A Run"));
    expect(rulesOf(root)).toEqual(["run-name content/runs/Not A Run"]);
  });
});

/** Runs `act` on a disk that gets into trouble at every step in turn, until it comes through. */
function atEveryStep(
  kind: Trouble["kind"],
  prepare: () => CrashDisk,
  act: (disk: CrashDisk) => void,
  look: (disk: CrashDisk, done: boolean, at: number) => void,
): number {
  for (let at = 1; ; at += 1) {
    const disk = prepare();
    disk.steps = 0;
    disk.trouble = { at, kind };
    let done = false;
    try {
      act(disk);
      done = true;
    } catch (error) {
      if (kind === "power") expect(error).toBeInstanceOf(PowerCut);
    }
    const untouched = disk.steps < at;
    disk.trouble = null;
    look(disk, done, at);
    if (untouched) return at;
  }
}

describe.each([
  ["with second names", false],
  ["without second names", true],
])("whatever happens, %s", (_, linkless) => {
  const first = plan("r", [], 2);
  const then = plan("r", first.envelopes, 2, "other proof");
  const withFirst = (): CrashDisk => {
    const disk = freshDisk(linkless);
    putRecord("/c", first, disk);
    return disk;
  };

  test.each(["only what was synced", "half of the rest"] as const)(
    "a power cut leaves all or nothing (%s)",
    (mode) => {
      const outcomes = new Set<string>();
      for (const [prepare, act, before, after] of [
        [() => freshDisk(linkless), first, [], [1, 2]],
        [withFirst, then, [1, 2], [1, 2, 3, 4]],
      ] as const) {
        const steps = atEveryStep(
          "power",
          prepare,
          (disk) => putRecord("/c", act, disk),
          (disk, done, at) => {
            const later = disk.afterPowerCut(mode);
            const found = recordsOf(later, "r");
            if (done) expect(found, `step ${at}`).toEqual(after);
            else expect([before, after], `step ${at}`).toContainEqual(found);
            outcomes.add(found.join());
            const { diagnostics } = readRuns("/c", later);
            expect(
              diagnostics.filter(({ severity }) => severity === "error"),
              `step ${at}`,
            ).toEqual([]);
            // The next writer, another process of the same machine, goes on and tidies up.
            later.owner = { ...later.owner, pid: 2 };
            later.living = new Set([2]);
            if (!done && found.length === before.length)
              expect(putRecord("/c", act, later)).toEqual({ status: "stored" });
            else expect(putRecord("/c", act, later)).toEqual({ status: "overtaken" });
            expect(
              Object.keys(later.files()).filter((path) => path.includes("/.")),
              `step ${at}`,
            ).toEqual([]);
            expect(readRuns("/c", later).diagnostics, `step ${at}`).toEqual([]);
            expect(recordsOf(later, "r")).toEqual(after);
          },
        );
        expect(steps).toBeGreaterThan(20);
      }
      expect(outcomes).toEqual(new Set(["", "1,2", "1,2,3,4"]));
    },
  );

  test("a kill at any step leaves all or nothing", () => {
    atEveryStep(
      "power",
      withFirst,
      (disk) => putRecord("/c", then, disk),
      (disk, done, at) => {
        // The machine goes on: everything that was done is there, synced or not.
        expect(
          [
            [1, 2],
            [1, 2, 3, 4],
          ],
          `step ${at}`,
        ).toContainEqual(recordsOf(disk, "r"));
        if (done) return;
        disk.owner = { ...disk.owner, pid: 2 };
        disk.living = new Set([2]);
        putRecord("/c", then, disk);
        expect(recordsOf(disk, "r")).toEqual([1, 2, 3, 4]);
        expect(Object.keys(disk.files()).filter((path) => path.includes("/."))).toEqual([]);
      },
    );
  });

  test.each(["EIO", "ENOSPC", "EROFS"] as const)(
    "%s at any step: nothing is stored, or it is said to be",
    (kind) => {
      atEveryStep(
        kind,
        withFirst,
        (disk) => putRecord("/c", then, disk),
        (disk, done, at) => {
          expect(recordsOf(disk, "r"), `step ${at}`).toEqual(done ? [1, 2, 3, 4] : [1, 2]);
          expect(readRuns("/c", disk).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
          // Another process: the one that met the trouble may not even have removed its lock.
          disk.owner = { ...disk.owner, pid: 2 };
          disk.living = new Set([2]);
          if (!done) putRecord("/c", then, disk);
          expect(recordsOf(disk, "r"), `step ${at}`).toEqual([1, 2, 3, 4]);
        },
      );
    },
  );
});

describe("two writers", () => {
  test("the one who planned on an older state is told so, and writes nothing", () => {
    const disk = freshDisk();
    const first = plan("r", [], 1);
    putRecord("/c", first, disk);
    const before = disk.files();
    expect(putRecord("/c", plan("r", [], 1, "late"), disk)).toEqual({ status: "overtaken" });
    expect(disk.files()).toEqual(before);
  });

  test("one waits for the other, and for ever is half a minute", () => {
    const disk = freshDisk();
    disk.put("/c/content/runs/.lock", JSON.stringify({ owner: { ...disk.owner, pid: 7 }, run: "r" }));
    disk.living = new Set([1, 7]);
    disk.onPause = () => {
      if (disk.paused === 3) disk.remove("/c/content/runs/.lock");
    };
    expect(putRecord("/c", plan("r", [], 1), disk)).toEqual({ status: "stored" });
    expect(disk.paused).toBe(3);
    disk.put(
      "/c/content/runs/.lock",
      JSON.stringify({ owner: { ...disk.owner, host: "other", pid: 7 }, run: "r" }),
    );
    expect(() => putRecord("/c", plan("s", [], 1), disk)).toThrow(Locked);
    expect(disk.kind("/c/content/runs/s")).toBe(null);
    expect(disk.kind("/c/content/runs/.lock")).toBe("file");
  });

  test("a lock that was taken over is noticed before the commit point", () => {
    const disk = freshDisk();
    const link = disk.link.bind(disk);
    disk.link = (from, to) => {
      link(from, to);
      if (to.includes("/evidence/"))
        disk.put("/c/content/runs/.lock", JSON.stringify({ owner: { ...disk.owner, pid: 9 }, run: "r" }));
    };
    expect(() => putRecord("/c", plan("r", [], 1), disk)).toThrow(Locked);
    expect(recordsOf(disk, "r")).toEqual([]);
  });

  test("a dead writer's rubbish in another run is tidied up", () => {
    const disk = freshDisk();
    disk.put("/c/content/runs/.lock", JSON.stringify({ owner: { ...disk.owner, pid: 7 }, run: "dead" }));
    disk.put(`/c/content/runs/dead/inputs/${"a".repeat(64)}`, "x");
    disk.put("/c/content/runs/dead/.tmp-7-0", "x");
    putRecord("/c", plan("r", [], 1), disk);
    expect(disk.list("/c/content/runs")).toEqual(["r"]);
  });

  test("who finds a record stored tidies up after its writer, and makes it durable", () => {
    const disk = freshDisk();
    putRecord("/c", plan("r", [], 1), disk);
    disk.put("/c/content/runs/.lock", JSON.stringify({ owner: { ...disk.owner, pid: 7 }, run: "r" }));
    disk.put("/c/content/runs/r/.tmp-7-0", "x");
    settle("/c", "r", disk);
    expect(disk.list("/c/content/runs")).toEqual(["r"]);
    expect(disk.list("/c/content/runs/r")).not.toContain(".tmp-7-0");
    expect(recordsOf(disk.afterPowerCut("only what was synced"), "r")).toEqual([1]);
  });

  test("a lock that stays unreadable was left by somebody who died while writing it", () => {
    const disk = freshDisk();
    disk.put("/c/content/runs/.lock", "");
    expect(putRecord("/c", plan("r", [], 1), disk)).toEqual({ status: "stored" });
    expect(disk.paused).toBe(100);
    expect(disk.list("/c/content/runs")).toEqual(["r"]);
  });
});

describe("what is refused", () => {
  test.each([
    "",
    "..",
    "a..b",
    "A",
    "con",
    "nul.txt",
    "com1",
    "a/b",
    "a.",
    "-a",
    "a".repeat(64),
    "ä",
    "a b",
    "a\n",
  ])("the run %j", (run) => {
    const disk = freshDisk();
    const before = disk.files();
    expect(faultOfRunName(run)).not.toBe(null);
    expect(() => putRecord("/c", { ...plan("r", [], 1), run }, disk)).toThrow(Refused);
    expect(disk.files()).toEqual(before);
    expect(readRun("/c", run, disk).run).toBe(null);
  });

  test("a run whose folder differs by case", () => {
    const disk = freshDisk();
    disk.put("/c/content/runs/R", null);
    expect(() => putRecord("/c", plan("r", [], 1), disk)).toThrow(/differs only by case/);
  });

  test("bytes under a digest that other bytes stand under", () => {
    const disk = freshDisk();
    const first = plan("r", [], 1);
    putRecord("/c", first, disk);
    disk.put(`/c/content/runs/r/evidence/${digestOf("proof").slice(7)}`, "tampered");
    expect(() => putRecord("/c", plan("r", first.envelopes, 1), disk)).toThrow(DifferentBytes);
    expect(recordsOf(disk, "r")).toEqual([1]);
  });
});

describe("canonical JSON", () => {
  test("the example of RFC 8785", () => {
    const value = JSON.parse(
      '{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001], "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}',
    ) as unknown;
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test("keys by UTF-16 code unit", () => {
    expect(
      canonicalJson({
        "\u20ac": 1,
        "\r": 2,
        "\ufb33": 3,
        "1": 4,
        "\ud83d\ude02": 5,
        "\u0080": 6,
        "\u00f6": 7,
      }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😂":5,"\ufb33":3}');
  });

  test("what JSON cannot hold throws", () => {
    for (const value of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      "\ud800",
      { "\ud800": 1 },
      () => 1,
      undefined,
      1n,
    ]) {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    }
    expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}');
  });
});

test("the type of a file is what its bytes say", () => {
  const of = (...start: number[]): string => mediaTypeOf(new Uint8Array([...start, 0, 1, 2, 255]));
  expect(of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)).toBe("image/png");
  expect(of(0xff, 0xd8, 0xff, 0xe0)).toBe("image/jpeg");
  expect(of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61)).toBe("image/gif");
  expect(of(0x25, 0x50, 0x44, 0x46, 0x2d)).toBe("application/pdf");
  expect(of(0x4d, 0x5a)).toBe("application/octet-stream");
  expect(mediaTypeOf(bytes('{"a": 1}'))).toBe("application/json");
  expect(mediaTypeOf(bytes("{not json"))).toBe("text/plain");
  expect(mediaTypeOf(bytes("<svg onload=alert(1)>"))).toBe("text/plain");
  expect(mediaTypeOf(bytes("ok \u001b[32mgreen\u001b[0m\n"))).toBe("text/plain");
  expect(mediaTypeOf(new Uint8Array())).toBe("text/plain");
});
