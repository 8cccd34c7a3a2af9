/** `countersign ingest`: evidence files, kept by what they hold, found only where they may lie. */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "../src/archive/canonical.ts";
import { readRun } from "../src/archive/read.ts";
import { ending, freshProject, ingest, type Json, opening, put, root, tree } from "./small.ts";

freshProject();

describe("evidence", () => {
  const withEvidence = (entry: Json, change: Json = {}): Json => ({
    ...opening,
    results: [{ ...opening.results[0], evidence: ["e1"] }],
    evidence: [{ id: "e1", ...entry }],
    ...change,
  });
  const stored = (): ReturnType<typeof readRun>["run"] => readRun(root(), "2026-03-04-small").run;

  test("is kept under its digest, with the type of its bytes; the record is completed", async () => {
    put("chart.png", "no picture at all\n");
    const { code } = await ingest([put("r.json", withEvidence({ file: "chart.png", type: "image/png" }))]);
    const sha256 = digestOf("no picture at all\n");
    const [envelope] = stored()?.envelopes ?? [];
    expect([code, envelope?.evidence]).toEqual([0, [{ id: "e1", sha256, bytes: 18, type: "text/plain" }]]);
    expect(envelope?.record.evidence).toEqual([
      { id: "e1", file: "chart.png", type: "image/png", sha256, bytes: 18 },
    ]);
    expect(readdirSync(join(root(), "content/runs/2026-03-04-small/evidence"))).toEqual([sha256.slice(7)]);
  });

  test("is looked for in --evidence, there also by its digest alone", async () => {
    mkdirSync(join(root(), "elsewhere/deep"), { recursive: true });
    writeFileSync(join(root(), "elsewhere/deep/a.log"), "a");
    writeFileSync(join(root(), "elsewhere/b.log"), "b");
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
    expect(readdirSync(join(root(), "content/runs/2026-03-04-small/evidence"))).toHaveLength(1);
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
    mkdirSync(join(root(), "in/folder"));
    writeFileSync(join(root(), "outside.log"), "secret");
    symlinkSync(join(root(), "outside.log"), join(root(), "in/link.log"));
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
