import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assemble } from "../src/model/assemble.ts";
import { statusesOf } from "../src/model/fitting.ts";
import { judge } from "../src/model/judge.ts";
import { outlineOf } from "../src/model/outline.ts";
import { defaultPolicy, noFacts } from "../src/model/policy.ts";
import type { Report } from "../src/model/report.ts";
import { rules } from "../src/model/rules.ts";
import { at, type Changes, chain, checklist, record, report, status } from "./build.ts";
import { allFacts, shop, shopReport } from "./shop.ts";

it("names the product in the version that was deployed, not the one that the checklist was written for", () => {
  const plan = checklist('product: {name: Shop, version: "3.0.0"}\n---\n## A\n- [ ] One <!-- item: one -->');
  const product = (deployment: Changes["deployment"] = { environment: "production" }) =>
    report(plan, record(plan, { deployment })).checklist.product;
  expect(product()).toBe("Shop 3.0.0");
  expect(product({ environment: "production", to: "3.1.0" })).toBe("Shop 3.1.0");
});

describe("outcome and finding", () => {
  const finding = (changes: Changes) => shopReport(changes).finding;

  it("stands in a headline that counts what was found by its weight", () => {
    const results = {
      tests: { status: "skipped" as const, reason: "x" },
      login: { status: "failed" as const, reason: "x" },
      order: { status: "blocked" as const },
    };
    expect(shopReport({ results }).headline).toContain(" passed, 2 blockers, 1 gap, 1 exception;");
    expect(shopReport().headline).toContain(" passed, 0 exceptions;");
  });

  it("is the worst that was found", () => {
    const skipped = { login: { status: "skipped" as const, reason: "x" } };
    const blocked = { ...skipped, order: { status: "blocked" as const } };
    expect(finding({})).toBe("clean");
    expect(finding({ results: skipped })).toBe("with exceptions");
    expect(finding({ results: blocked })).toBe("incomplete");
    expect(finding({ results: { ...blocked, tests: { status: "failed" } } })).toBe("failed");
  });

  it("is derived in words, with the rules and items that decided", () => {
    const { derivation } = shopReport({
      results: {
        tests: { status: "failed", reason: "three red" },
        login: { status: "skipped", reason: "x" },
      },
    });
    expect(derivation.map(({ says }) => says)).toEqual([
      "Outcome deployed: the run was closed, and no decision stopped it or turned it back.",
      "Finding failed: 1 blocker.",
      "1.2 Tests pass: failed by bob: three red",
    ]);
    expect(derivation[2]).toMatchObject({ rule: "failed", items: [{ id: "tests" }] });
  });

  it("lists the worst first, then in the order of the document", () => {
    const r = shopReport({
      results: {
        order: { status: "skipped", reason: "x" },
        login: { status: "skipped", reason: "x" },
        watch: { status: "failed" },
      },
    });
    expect(r.exceptions.map(({ severity, items }) => `${severity} ${items[0]?.id}`)).toEqual([
      "blocker watch",
      "exception login",
      "exception order",
    ]);
    expect(r.items.find(({ id }) => id === "order")?.facts).toEqual([{ list: "exceptions", index: 2 }]);
  });
});

describe("an interim report", () => {
  const plan = checklist(`
## Before <!-- section: {id: before, stage: before, at: -P1D} -->
- [ ] One <!-- item: one -->
- [ ] Two <!-- item: two -->
## Change <!-- section: {id: change, stage: change} -->
- [ ] Three <!-- item: three -->
## After <!-- section: {id: after, stage: after, anchor: live, at: +PT24H} -->
- [ ] Four <!-- item: {id: four, owner: Ops} -->
`);
  const anchors = { target: at("22:00"), live: at("23:00") };
  const results = {
    one: { status: "passed" as const, by: "bob", at: at("19:00") },
    two: { status: "skipped" as const, reason: "x", by: "bob", at: at("19:30") },
  };

  it("says how far the run has come, and calls nothing missing that is not due", () => {
    const open = report(
      plan,
      record(plan, {
        asOf: at("23:30"),
        anchors,
        results: { ...results, three: { status: "passed", by: "bob", at: at("23:00") } },
      }),
    );
    expect(open).toMatchObject({
      outcome: "in progress",
      finding: "with exceptions",
      interim: true,
      number: 1,
      stage: "change",
    });
    expect(open.headline).toBe(
      "INTERIM 1, as of 2026-03-04 23:30 +00:00, stage change: 3 due, 2 passed, 1 exception; 1 not due; next due 3.1 Four at 2026-03-05 23:00 +00:00",
    );
    expect(open.due).toMatchObject([
      { item: { id: "four" }, owner: "Ops", due: { at: "2026-03-05T23:00:00Z" } },
    ]);
  });

  it("of a run that has only begun is clean, before its time and after", () => {
    expect(
      report(plan, record(plan, { asOf: "2026-03-01T00:00:00Z", anchors: { target: at("22:00") } })),
    ).toMatchObject({ finding: "clean", stage: "before" });
    expect(report(plan, record(plan, { asOf: at("23:30"), anchors })).finding).toBe("incomplete");
  });
});

describe("counts", () => {
  const sum = ({ counts }: Pick<Report, "counts">): number =>
    counts.byStatus.reduce((all, { count }) => all + count, 0);
  const items = outlineOf(shop).items.filter(({ derived }) => derived === null);

  it("hold every item that is not derived once, whole and by section", () => {
    const r = shopReport();
    expect(r.counts).toMatchObject({ total: items.length, due: 22, passed: 22 });
    expect(sum(r)).toBe(items.length);
    expect(r.sections.find(({ id }) => id === "change")?.counts.total).toBe(10);
    expect(r.sections.find(({ id }) => id === "bands")?.counts.byStatus).toEqual([
      { status: "seen", count: 1, good: 1 },
      { status: "not-seen", count: 2, good: 2 },
    ]);
  });

  it("never count as passed what was skipped, not applicable, not recorded, not due or waived", () => {
    const before = shopReport().counts.passed;
    for (const is of ["skipped", "not-applicable", "failed", "inconclusive", "blocked"] as const) {
      expect(shopReport({ results: { tests: { status: is, reason: "x" } } }).counts.passed).toBe(before - 1);
    }
  });

  const anyTime = fc.constantFrom("21:00", "22:06", "22:31", "23:10", "01:00", null);
  const anyResult = (allowed: readonly string[]) =>
    fc.option(
      fc.record({
        status: fc.constantFrom(...allowed, null),
        at: anyTime,
        reason: fc.constantFrom(null, "because"),
        value: fc.constantFrom(null, "0.2", "3", "NaN"),
        attempt: fc.boolean(),
      }),
    );
  const anyNight = fc.record({
    results: fc.record(
      Object.fromEntries(outlineOf(shop).items.map((item) => [item.id, anyResult(statusesOf[item.role])])),
    ),
    decisions: fc.uniqueArray(
      fc.record({
        decision: fc.constantFrom("go", "no-go", "delay", "continue", "rollback", "fix-forward", "abort"),
        at: anyTime,
        section: fc.constantFrom("gate", "triggers", null),
      }),
      { maxLength: 3, selector: (entry) => JSON.stringify(entry) },
    ),
    platform: fc.constantFrom("vercel", "render", null),
    migrates: fc.constantFrom(true, false, null),
    type: fc.constantFrom("normal", "standard", "emergency"),
    rollback: fc.constantFrom(null, [], ["rollback"]),
    closed: fc.boolean(),
    anchors: fc.boolean(),
  });

  const without = <T extends object>(value: T): T =>
    Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null)) as T;

  it("add up whatever is recorded, and what is shown follows from what was found", () => {
    fc.assert(
      fc.property(anyNight, (any) => {
        const results = Object.entries(any.results).flatMap(([item, result]) => {
          if (!result) return [];
          const { value, attempt, at: time, ...rest } = result;
          return [
            {
              item,
              ...without({ ...rest, at: time === null ? null : at(time) }),
              status: rest.status,
              by: "bob",
              observed: value === null ? [] : [{ metric: "error_rate", value }],
              attempts: attempt ? [{ status: "failed", by: "bob" }] : [],
            },
          ];
        });
        const base = record(shop);
        const one = {
          ...base,
          people: [{ id: "bob" }],
          results,
          answers: without({ platform: any.platform, migrates: any.migrates }),
          decisions: any.decisions.map((entry) =>
            without({ ...entry, at: entry.at === null ? null : at(entry.at) }),
          ),
          change: { type: any.type },
          ...(any.rollback ? { rollback: { paths: any.rollback } } : {}),
          ...(any.anchors ? { anchors: { target: at("22:00"), live: at("23:00") } } : {}),
          ...(any.closed ? { closed: { at: at("02:00") } } : {}),
        } as typeof base;
        const assembly = assemble(chain([one]));
        if (!("run" in assembly)) throw new Error("a record alone holds together");
        const r = judge({
          checklist: shop,
          run: assembly.run,
          facts: { ...noFacts, ...allFacts },
          policy: defaultPolicy,
        });
        expect(sum(r)).toBe(items.length);
        expect(r.counts.total).toBe(items.length);
        expect(r.items).toHaveLength(outlineOf(shop).items.length);
        for (const section of r.sections) expect(sum(section)).toBe(section.counts.total);
        const severities = new Set(r.exceptions.map(({ severity }) => severity));
        const worst = severities.has("blocker") ? "failed" : severities.has("gap") ? "incomplete" : null;
        expect(r.finding).toBe(worst ?? (severities.has("exception") ? "with exceptions" : "clean"));
        expect(r.outcome === "in progress").toBe(!any.closed);
        if (r.outcome === "rolled back") expect(status(r, "verified")).toBe("passed");
        expect(JSON.parse(JSON.stringify(r))).toEqual(r);
      }),
      { numRuns: 100 },
    );
  });
});

describe("rules", () => {
  it("have names of their own, a sentence each, and serve known requirements", () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { id, says } of rules) {
      expect(id).toMatch(/^[a-z-]+$/);
      expect(says).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("a report", () => {
  it("tells the story: timeline, messages, incidents, evidence, completeness, provenance", () => {
    const r = shopReport({
      window: { plannedStart: at("22:00"), plannedEnd: at("23:59"), start: at("22:06"), end: at("23:00") },
      sections: [{ section: "change", start: at("22:06"), end: at("22:50") }],
      incidents: [{ at: at("22:20"), text: "slow", severity: "minor", item: "rate" }],
      change: { id: "CHG-1", impact: "short outage" },
    });
    expect(r.timeline.map(({ start }) => Date.parse(start.at))).toEqual(
      r.timeline.map(({ start }) => Date.parse(start.at)).sort((a, b) => a - b),
    );
    expect(r.timeline.find(({ kind, target }) => kind === "section" && target === "change")).toMatchObject({
      text: "3 Change",
      start: { at: at("22:06") },
      end: { at: at("22:50") },
    });
    expect(r.timeline.filter(({ kind }) => kind === "incident")).toMatchObject([
      { text: "minor: slow", target: "rate" },
    ]);
    expect(r.sections.find(({ id }) => id === "change")).toMatchObject({
      tookMinutes: 44,
      overMinutes: null,
      plannedDuration: "PT1H",
    });
    expect(r.evidence).toMatchObject([{ id: "e1", kept: "matches", items: [{ id: "backup" }] }]);
    expect(r.completeness.find(({ asks }) => asks === "Change request")?.answer).toBe("CHG-1");
    expect(r.completeness.find(({ asks }) => asks === "Impact on security")?.answer).toBeNull();
    expect(r.provenance.records).toMatchObject([{ number: 1, receivedAt: { at: at("03:01") } }]);
    expect(r.provenance.checklistDigest).toBe(shop.digest);
    expect(r.lead).toMatchObject({ id: "ada" });
    expect(r.asOf).toEqual({
      at: at("03:00"),
      local: "2026-03-05 03:00 +00:00",
      utc: "2026-03-05 03:00 UTC",
    });
  });
});
