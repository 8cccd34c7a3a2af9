/** A small checklist that has one of everything, and who holds which role: the stage for tests of the judge. */
import { expect, it } from "vitest";
import type { Report } from "../src/model/report.ts";
import type { WrittenResult } from "../src/model/result.schema.ts";
import type { WrittenRecord } from "../src/model/run.schema.ts";
import { at, type Changes, checklist, found, night, record, report, roster, type Setting } from "./build.ts";

export const shop = checklist(`
questions:
  - {id: platform, label: Platform, type: choice, choices: [vercel, render]}
  - {id: migrates, label: Does it migrate?, type: yes-no}
fields: [{id: decider, label: Rollback decision by, type: person, authority: rollback}]
metrics: [{id: error_rate, label: Error rate, unit: "%", better: lower}]
signoffs:
  - {id: approve, role: Engineering lead, meaning: approval, before: change}
  - {id: execute, role: DevOps lead, meaning: execution, after: change}
  - {id: review, role: CTO, meaning: review, optional: true}
escalation: [{level: 1, role: On-call, from: PT0M, to: PT15M}]
---
## Before <!-- section: {id: before, stage: before} -->
- [ ] Backup is done <!-- item: {id: backup, evidence: required} -->
- [ ] Tests pass <!-- item: tests -->
- [ ] Secrets are new <!-- item: {id: secrets, mandatory: true} -->
- [ ] Approved <!-- item: {id: approved, signs: approve} -->

### Platform <!-- section: {id: platforms, choose: 1} -->
#### Vercel <!-- section: {id: vercel, when: platform == vercel} -->
- [ ] Vercel is ready <!-- item: vercel-ready -->
#### Render <!-- section: {id: render, when: platform == render} -->
- [ ] Render is ready <!-- item: render-ready -->

## Go or no-go <!-- section: {id: gate, role: decision, stage: before, decider: Deployment lead} -->
### Go <!-- section: {id: go, rule: all, when-met: go} -->
- [ ] All is ready <!-- item: ready -->
### No-go <!-- section: {id: stop, rule: any, when-met: no-go} -->
- [ ] Freeze is on <!-- item: freeze -->

## Change <!-- section: {id: change, stage: change, duration: PT1H} -->
- [ ] Maintenance on <!-- item: {id: on, undo: off} -->
- [ ] Migrate <!-- item: {id: migrate, when: migrates, needs: on} -->
- [ ] Deploy <!-- item: {id: deploy, needs: on, witness: true, capture: [{id: build, type: version, label: Build, required: true}]} -->
- [ ] Error rate is low <!-- item: {id: rate, limit: "error_rate < 1 %", target: "error_rate < 0.5 %", observe: required} -->
- [ ] Smoke tests
  - [ ] Login <!-- item: login -->
  - [ ] Order <!-- item: order -->
- [ ] Maintenance off <!-- item: off -->

### Bands <!-- section: {id: bands, role: bands} -->
- Green <!-- item: {id: green, band: green} -->
- Amber <!-- item: {id: amber, band: amber} -->
- Red <!-- item: {id: red, band: red} -->

## Triggers <!-- section: {id: triggers, role: triggers, stage: after, rule: any, when-met: rollback, decider: decider} -->
- [ ] Many errors <!-- item: errors -->
- [ ] Nobody can pay <!-- item: payments -->

## Rollback <!-- section: {id: rollback, role: contingency, stage: after} -->
- [ ] Switch back <!-- item: switch -->
- [ ] It works again <!-- item: {id: verified, verifies: rollback} -->

## After <!-- section: {id: after, stage: after, anchor: live, at: +PT1H} -->
- [ ] Watch it <!-- item: {id: watch, dwell: PT30M, limit: "error_rate < 1 %"} -->
- [ ] Say thanks <!-- item: {id: thanks, optional: true} -->

## Success <!-- section: {id: success, role: criteria, stage: after, rule: all} -->
- Tests passed <!-- item: {id: smoke, derive: "items login order"} -->
- Customers are content <!-- item: content -->

## Follow-up <!-- section: {id: later, role: follow-up, stage: after, anchor: live, due: +P7D} -->
- [ ] Tidy up <!-- item: {id: tidy, owner: Platform team} -->
`);

/** Who may sign, by role. */
export const holders = roster({ "Engineering lead": "eve", "DevOps lead": "dan", CTO: "cleo" });

/** An observed error rate. */
const rate = (value: string) => [{ metric: "error_rate", value, unit: "%" }];

/** What a night needs beyond ticks to be clean. */
export const clean = {
  answers: { platform: "vercel", migrates: true },
  fields: { decider: "rob" },
  people: [
    { id: "ada", role: "Deployment lead", identity: "verified" as const },
    { id: "rob", role: "Rollback decider", identity: "verified" as const },
  ],
  anchors: { target: at("22:00"), live: at("23:00") },
  decisions: [{ decision: "go" as const, section: "gate", by: "ada", at: at("22:06") }],
  evidence: [{ id: "e1", sha256: "a".repeat(64) }],
  signatures: [
    {
      role: "Engineering lead",
      by: "eve",
      meaning: "approval" as const,
      at: at("22:05"),
      method: "sso" as const,
    },
    {
      role: "DevOps lead",
      by: "dan",
      meaning: "execution" as const,
      at: at("01:30"),
      method: "sso" as const,
    },
  ],
};

/** Results that a plain tick does not give. */
export const cleanResults = {
  backup: { evidence: ["e1"] },
  deploy: { witness: "ada", capture: { build: "6.0.4" } },
  rate: { observed: rate("0.3") },
  freeze: { status: "not-met" as const },
  "render-ready": null,
  tidy: null,
};

/** Everything was looked at, and is as it should be. */
export const allFacts = { roster: holders, evidence: { e1: `sha256:${"a".repeat(64)}` } };

/** A clean night with something changed: results by item, and other parts. */
export function shopNight({ results = {}, ...parts }: Changes = {}): WrittenRecord {
  const merged: Record<string, Partial<WrittenResult> | null> = { ...cleanResults };
  for (const [id, result] of Object.entries(results)) merged[id] = result && { ...merged[id], ...result };
  return night(shop, { ...clean, ...parts, results: merged });
}

/** What the judge finds in a clean night with something changed. */
export function shopFindings(changes: Changes = {}, setting: Setting = {}): readonly string[] {
  return found(shopReport(changes, setting));
}

export function shopReport(changes: Changes = {}, { second, ...setting }: ShopSetting = {}): Report {
  const records = [shopNight(changes), ...(second ? [record(shop, second)] : [])];
  return report(shop, records, { ...setting, facts: { ...allFacts, ...setting.facts } });
}

export interface ShopSetting extends Setting {
  /** A second record after the night. */
  readonly second?: Changes;
}

/** A test: a clean night with something changed, and all that the judge may find in it, in any order. */
export function judges(
  what: string,
  changes: Changes,
  expected: readonly string[],
  setting: Setting = {},
): void {
  it(what, () => expect([...shopFindings(changes, setting)].sort()).toEqual([...expected].sort()));
}

export { rate };
