/** A record as the browser writes it: every step leaves one that the schema takes and that `assemble` puts together. */
import { describe, expect, test } from "vitest";
import { assemble } from "../src/model/assemble.ts";
import { bind } from "../src/model/binding.ts";
import { recordSchema, type WrittenRecord } from "../src/model/run.schema.ts";
import type { Run } from "../src/model/run.ts";
import { mergeParts, resolveConflict } from "../src/model/working/merge.ts";
import {
  addEvidence,
  addPerson,
  addResult,
  correctResult,
  type Found,
  openRecord,
  personId,
  resultOf,
  takeBack,
  timeSection,
} from "../src/model/working/record.ts";
import { viewWork } from "../src/model/working/view.ts";
import { shop } from "./shop.ts";

const ada = { id: "ada", name: "Ada" };
const bob = { id: "bob", name: "Bob" };
const time = (minute: number): string => `2026-03-04T22:${String(minute).padStart(2, "0")}:00+01:00`;
const open = (): WrittenRecord =>
  openRecord({
    run: "2026-03-04-shop",
    checklist: { id: shop.id, version: shop.version, digest: shop.digest },
    deployment: { environment: "production", to: "2.0.0" },
    change: { id: "CHG-1" },
    target: time(0),
    answers: { platform: "vercel", migrates: "yes" },
    me: ada,
    at: time(0),
  });
const found = (item: string, minute: number, more: Partial<Found> = {}): Found => ({
  item,
  status: "passed",
  by: "ada",
  at: time(minute),
  ...more,
});
const tests = (record: WrittenRecord, minute: number, more: Partial<Found> = {}): WrittenRecord =>
  addResult(record, found("tests", minute, more), false);

/** The run of files handed in one after another, as of the last; with its faults, if it has any. */
function handedIn(...records: readonly WrittenRecord[]): Run {
  const chain = records.map((record, index) => ({
    record: recordSchema.parse(JSON.parse(JSON.stringify({ ...record, asOf: time(50 + index) }))),
    digest: `sha256:${String(index).repeat(64)}`,
    receivedAt: null,
  }));
  const assembly = assemble(chain);
  if ("faults" in assembly) throw new Error(JSON.stringify(assembly.faults));
  expect(bind(assembly.run, shop)).toEqual([]);
  return assembly.run;
}

const right = (reason: string, minute: number) =>
  ({ by: "ada", at: time(minute), reason, isRepeated: false }) as const;
const put = (record: WrittenRecord, status: "passed" | "failed", minute: number): WrittenRecord =>
  correctResult(record, resultOf(record, "tests") ?? found("tests", 0), { status }, right("misread", minute));

describe("steps", () => {
  test("a run that was opened is a record already", () => {
    expect(handedIn(open())).toMatchObject({ anchors: { target: time(0) }, answers: { migrates: "yes" } });
  });

  test("what was tried before stays, and the last try counts", () => {
    const record = tests(tests(open(), 1, { status: "failed", reason: "red" }), 5);
    expect(record.results).toEqual([
      { ...found("tests", 5), attempts: [{ status: "failed", reason: "red", by: "ada", at: time(1) }] },
    ]);
    expect(handedIn(record).results[0]?.attempts).toHaveLength(1);
  });

  test("what was taken back was never there, and an earlier try counts again", () => {
    const once = tests(open(), 1, { status: "failed" });
    expect(takeBack(tests(once, 5), "tests", time(5))).toEqual(once);
    expect(takeBack(once, "tests", time(1))).toEqual(open());
  });

  test("the same file is evidence once", () => {
    const file = { name: "a.png", bytes: 3, sha256: "a".repeat(64) };
    const one = addEvidence(open(), file);
    expect(addEvidence(one.record, { ...file, name: "b.png" })).toEqual(one);
    expect(one.record.evidence).toEqual([{ id: "e-aaaaaaaaaaaa", ...file }]);
  });

  test("a section that began keeps its begin", () => {
    const once = timeSection(open(), "change", { start: time(1) });
    const twice = timeSection(timeSection(once, "change", { start: time(3) }), "change", { end: time(9) });
    expect(twice.sections).toEqual([{ section: "change", start: time(1), end: time(9) }]);
  });

  test("ids of people come from their names, and tell two of one name apart", () => {
    expect(personId("Ada Lovelace", [])).toBe("ada-lovelace");
    expect(personId("Zoë Ünal", [])).toBe("zoe-unal");
    expect(personId("王芳", [])).toBe("王芳");
    expect(personId("!", [])).toBe("person");
    expect(personId("Bob", [{ id: "bob", name: "Bób" }])).toBe("bob-2");
    expect(personId("Bob", [{ id: "bob", name: "Bob" }])).toBe("bob");
  });
});

describe("corrections", () => {
  test("what is right counts, what was there stays, however often", () => {
    const record = put(put(tests(open(), 1), "failed", 3), "passed", 4);
    expect(record.amends).toMatchObject([
      { pointer: "/results/tests/status", old: "passed", new: "failed" },
      { pointer: "/results/tests/status", old: "failed", new: "passed" },
    ]);
    const run = handedIn(record);
    expect(run.results[0]?.status).toBe("passed");
    expect(run.corrections).toHaveLength(2);
  });

  test("a file that is handed in again later repeats what was corrected, and adds to it", () => {
    const first = put(tests(open(), 1), "failed", 3);
    const second = put(addResult(first, found("secrets", 6), false), "passed", 7);
    const third = put(second, "failed", 8);
    const run = handedIn(first, second, third);
    expect(run.results.map(({ item, status }) => [item, status])).toEqual([
      ["tests", "failed"],
      ["secrets", "passed"],
    ]);
    expect(run.corrections.map(({ record }) => record)).toEqual([1, 2, 3]);
  });

  test("nothing changes where everything is right already", () => {
    const record = tests(open(), 1);
    expect(put(record, "passed", 2)).toBe(record);
  });
});

describe("two people", () => {
  const both = addPerson(open(), bob);
  const mine = addResult(both, found("tests", 3), false);
  const theirs = (more: Partial<Found>): WrittenRecord =>
    addResult(both, found("tests", 4, { by: "bob", ...more }), false);

  test("who says the same is an observer", () => {
    const { record, conflicts } = mergeParts(mine, theirs({}), shop);
    expect(conflicts).toEqual([]);
    expect(record.results.map(({ by }) => by)).toEqual(["ada", "bob"]);
    expect(handedIn(record).results).toHaveLength(2);
    expect(mergeParts(record, theirs({}), shop).record).toEqual(record);
  });

  test("who says otherwise is asked about, and both stay on record", () => {
    const { record, conflicts } = mergeParts(mine, theirs({ status: "failed" }), shop);
    const [conflict] = conflicts;
    if (!conflict) throw new Error("there is a conflict");
    for (const [choice, status] of [
      ["mine", "passed"],
      ["theirs", "failed"],
    ] as const) {
      const resolved = resolveConflict(record, conflict, choice);
      const [result] = handedIn(resolved).results;
      expect(result?.status).toBe(status);
      expect(result?.attempts).toHaveLength(1);
      expect(mergeParts(resolved, theirs({ status: "failed" }), shop).conflicts).toEqual([]);
    }
  });

  test("a correction that only one of them has holds", () => {
    const corrected = put(mine, "failed", 9);
    for (const [a, b] of [
      [mine, corrected],
      [corrected, mine],
    ] as const) {
      const merged = mergeParts(a, b, shop);
      expect(merged).toMatchObject({ conflicts: [], kept: [] });
      expect(handedIn(merged.record).results[0]?.status).toBe("failed");
    }
  });

  test("a later try of one of them replaces the earlier", () => {
    const again = addResult(mine, found("tests", 8, { status: "failed" }), false);
    expect(mergeParts(mine, again, shop).record.results).toEqual(again.results);
    expect(mergeParts(again, mine, shop).record.results).toEqual(again.results);
  });
});

test("what is shown is what the judge says: conditions, ways back, limits", () => {
  const record = tests(open(), 1);
  const { state } = viewWork(record, shop, time(20));
  expect(state.get("tests")?.status).toBe("passed");
  expect(state.get("render-ready")?.status).toBe("not-selected");
  expect(state.get("migrate")?.status).toBe("not-due");
});
