/** Results of earlier runs that still stand: the latest counts, whoever asks, and few runs are read for it. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { carriedInto } from "../scripts/carried.ts";
import { runAsOf } from "../src/archive/judged.ts";
import { readRun } from "../src/archive/read.ts";
import { checklistOf } from "../src/pages/_archive.ts";
import { makeProject, type as typed } from "./terminal.ts";

const source = `---
title: Standing
---

## Work <!-- section: {id: work, stage: change} -->

- [ ] Audit. <!-- item: {id: audit, standing: P1Y} -->
- [ ] Drill. <!-- item: {id: drill, standing: P1Y} -->
- [ ] Deploy. <!-- item: deploy -->
`;

const passed = (item: string, day: string, status = "passed") => ({
  item,
  status,
  by: "ada",
  at: `${day}T10:00:00Z`,
});

function recordOf(run: string, day: string, results: readonly unknown[], more = {}) {
  return JSON.stringify({
    schema: "countersign/run@1",
    run,
    asOf: `${day}T12:00:00Z`,
    checklist: { id: "standing", version: "1.0" },
    deployment: { environment: "staging" },
    people: [{ id: "ada" }],
    results,
    ...more,
  });
}

test("the latest passed result counts, after its amendments, and asking twice gives the same", async () => {
  const root = makeProject({ "content/checklists/standing/1.0.md": source });
  const ingest = async (text: string, day: string) => {
    writeFileSync(join(root, "in.json"), text);
    const { stdout } = await typed(root, ["ingest", "in.json"], { now: `${day}T13:00:00Z` });
    expect(stdout).toMatch(/^STORED/);
  };
  await ingest(
    recordOf("a", "2026-01-10", [passed("audit", "2026-01-10"), passed("drill", "2026-01-10")]),
    "2026-01-10",
  );
  await ingest(
    recordOf("b", "2026-02-10", [passed("audit", "2026-02-10", "failed"), passed("deploy", "2026-02-10")]),
    "2026-02-10",
  );
  await ingest(recordOf("c", "2026-03-10", [passed("drill", "2026-03-10")]), "2026-03-10");
  await ingest(recordOf("new", "2026-04-10", [passed("deploy", "2026-04-10")]), "2026-04-10");

  const ask = (later = 0) => {
    const { run: stored } = readRun(root, "new");
    if (!stored) throw new Error("not stored");
    return carriedInto(root, checklistOf(root, stored), runAsOf(stored, 1), Date.now() + later).map(
      ({ item, run }) => `${item} ${run}`,
    );
  };
  expect(ask()).toEqual(["audit a", "drill c"]);
  const hour = 3_600_000;
  expect(ask(hour)).toEqual(["audit a", "drill c"]);
  expect(readdirSync(join(root, ".cache"))).toEqual(["carried-standing.json"]);
  expect(ask(hour)).toEqual(["audit a", "drill c"]);

  const amends = (pointer: string, old: string, now: string) => ({
    amends: [{ pointer, old, new: now, by: "ada", at: "2026-04-01T10:00:00Z", reason: "read again" }],
  });
  await ingest(
    recordOf("b", "2026-04-01", [], amends("/results/audit/status", "failed", "passed")),
    "2026-04-01",
  );
  await ingest(
    recordOf("c", "2026-04-01", [], amends("/results/drill/status", "passed", "failed")),
    "2026-04-01",
  );
  expect(ask()).toEqual(["audit b", "drill a"]);
  expect(ask(hour)).toEqual(["audit b", "drill a"]);
});
