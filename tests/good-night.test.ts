/** A good night of each of the five checklists, recorded to its end, is `deployed, clean`, with no exception. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { policyOf } from "../scripts/facts.ts";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import { assemble } from "../src/model/assemble.ts";
import { bind } from "../src/model/binding.ts";
import { judge } from "../src/model/judge.ts";
import type { Report } from "../src/model/report.ts";
import { recordSchema } from "../src/model/run.schema.ts";
import { rosterSchema } from "../src/model/site.schema.ts";
import { currentVersion } from "../src/model/version.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { type DraftRecord, goodNight, type Night } from "./nights/night.ts";
import { teams } from "./nights/people.ts";
import { settings } from "./nights/settings.ts";
import { split } from "./nights/split.ts";

const catalogue = readChecklists(fileURLToPath(new URL("..", import.meta.url)));
const roster = rosterSchema.parse({
  roles: teams.flatMap(({ people, from, grantedBy }) =>
    people.flatMap(({ id, roles }) => roles.map((role) => ({ role, person: id, from, grantedBy }))),
  ),
});

function nightOf(id: string): Night {
  // The versions of the day after the last of the samples.
  const version = currentVersion(catalogue.lock, id, "2026-06-30");
  const checklist = catalogue.checklists.find((one) => one.id === id && one.version === version);
  const setting = settings[id];
  if (!checklist || !setting) throw new Error(`there is no current version of ${id}, or no setting for it`);
  return goodNight(setting(checklist));
}

function judged({ setting, proofs }: Night, records: readonly DraftRecord[]): Report {
  const chain = records.map((draft) => {
    const record = recordSchema.parse(draft);
    return { record, digest: digestOf(canonicalJson(record)), receivedAt: record.asOf };
  });
  const assembly = assemble(chain);
  if ("faults" in assembly) throw new Error(JSON.stringify(assembly.faults));
  expect(bind(assembly.run, setting.checklist)).toEqual([]);
  return judge({
    checklist: setting.checklist,
    run: assembly.run,
    policy: policyOf(catalogue.site),
    facts: {
      lock: catalogue.lock,
      roster,
      rosterDigest: null,
      sourceDigest: setting.checklist.digest,
      evidence: Object.fromEntries(proofs.map(({ entry }) => [entry.id, `sha256:${entry.sha256}`])),
      carried: [],
      tool: "test",
    },
  });
}

describe.each(Object.keys(settings))("%s", (id) => {
  test("recorded to its end it is deployed and clean", () => {
    const night = nightOf(id);
    const report = judged(night, [night.record]);
    expect(report.exceptions.map(({ rule, reason }) => `${rule}: ${reason}`)).toEqual([]);
    expect([report.outcome, report.finding, report.interim]).toEqual(["deployed", "clean", false]);
    const good = [
      "passed",
      "met",
      "clear",
      "seen",
      "not-seen",
      "not-met",
      "not-selected",
      "not-needed",
      "not-due",
    ];
    expect(report.counts.byStatus.filter(({ status }) => !good.includes(status))).toEqual([]);
    expect(report.counts.byStatus.reduce((sum, { count }) => sum + count, 0)).toBe(report.counts.total);
    expect(report.limits.every(({ kind, verdict }) => kind !== "limit" || verdict === "holds")).toBe(true);
  });

  test("handed in piece by piece it ends the same, and no piece has anything to blame", () => {
    const night = nightOf(id);
    const { anchors, window } = night.record;
    const cuts = [window?.start, anchors?.live].filter((time) => time !== undefined);
    const records = split(night.record, cuts);
    records.forEach((_, index) => {
      const report = judged(night, records.slice(0, index + 1));
      expect(report.exceptions.map(({ rule, reason }) => `${rule}: ${reason}`)).toEqual([]);
      expect(report.outcome).toBe(index === records.length - 1 ? "deployed" : "in progress");
      expect(report.finding).toBe("clean");
    });
  });
});
