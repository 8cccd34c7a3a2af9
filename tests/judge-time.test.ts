import { describe, expect, it } from "vitest";
import type { Lock } from "../src/model/site.schema.ts";
import { at, checklist, facts, found, night, report } from "./build.ts";
import { clean, judges, shop, shopFindings, shopReport } from "./shop.ts";

describe("entry and receipt", () => {
  judges("entered at once", { results: { tests: { at: at("22:00"), enteredAt: at("22:15") } } }, []);
  judges("entered late", { results: { tests: { at: at("22:00"), enteredAt: at("22:16") } } }, [
    "exception late-entry tests",
  ]);
  judges(
    "later than this installation allows",
    { results: { tests: { at: at("22:00"), enteredAt: at("22:16") } } },
    [],
    { policy: { thresholds: { lateEntry: "PT1H", bulkTick: 20, emergencyReview: "P5D" } } },
  );
  judges(
    "from paper, and checked by a second person",
    {
      results: { tests: { at: at("22:00"), enteredAt: at("02:00") } },
      source: { kind: "paper", transcribedBy: "ada", checkedBy: "dan" },
    },
    [],
  );
  judges("from paper, and checked by nobody", { source: { kind: "paper", transcribedBy: "ada" } }, [
    "exception transcription-unchecked",
  ]);
  judges(
    "from paper, and checked by who typed it",
    { source: { kind: "paper", transcribedBy: "ada", checkedBy: "ada" } },
    ["exception transcription-unchecked"],
  );

  it("names the longest delay, and groups by person", () => {
    const r = shopReport({
      results: {
        tests: { at: at("22:00"), enteredAt: at("22:30") },
        login: { at: at("22:13"), enteredAt: at("00:30") },
      },
    });
    expect(facts(r, "late-entry").map(({ reason }) => reason)).toEqual([
      "record 1: 2 results by bob entered up to 2 h 17 min after done (late after 15 min)",
    ]);
  });

  judges(
    "a record that came in long after its asOf: when its results were entered is not known",
    {},
    ["note late-entry"],
    {
      receivedAt: "2026-04-01T00:00:00Z",
    },
  );
  judges(
    "a record from paper may come in late",
    { source: { kind: "paper", transcribedBy: "ada", checkedBy: "dan" } },
    [],
    {
      receivedAt: "2026-04-01T00:00:00Z",
    },
  );
  judges("a record that came in before its asOf", {}, ["exception future-time"], { receivedAt: at("02:00") });
});

describe("impossible times", () => {
  judges(
    "a try before the last one that is later than it",
    { results: { tests: { attempts: [{ status: "failed", by: "bob", at: at("23:30") }] } } },
    ["exception impossible-time tests", "exception retried tests"],
  );
  judges("begun after it was done", { results: { tests: { started: at("22:30"), at: at("22:05") } } }, [
    "exception impossible-time tests",
  ]);
  judges("entered before it was done", { results: { tests: { at: at("22:05"), enteredAt: at("22:01") } } }, [
    "exception impossible-time tests",
  ]);
  judges(
    "an interval that ends before it begins",
    { results: { watch: { observed: [{ value: "0.1", from: at("22:20"), to: at("22:10") }] } } },
    ["exception impossible-time watch"],
  );
  judges(
    "a section that ends before it begins",
    { sections: [{ section: "before", start: at("22:30"), end: at("22:00") }] },
    ["exception impossible-time"],
  );
  judges(
    "told before it happened",
    { incidents: [{ at: at("22:30"), text: "slow", notified: [{ who: "ops", at: at("22:00") }] }] },
    ["exception impossible-time"],
  );
  judges("closed before the change ended", { window: { start: at("22:06"), end: at("02:30") } }, [
    "exception impossible-time",
  ]);
  judges(
    "in another zone, but right",
    { results: { tests: { started: "2026-03-04T23:00:00+01:00", at: at("22:05") } } },
    [],
  );
});

describe("order, window, duration", () => {
  judges("done before what it needs", { results: { deploy: { at: at("22:06") } } }, [
    "exception out-of-order deploy",
  ]);
  judges(
    "done later in the document, earlier in time",
    { results: { secrets: { at: at("22:01") }, tests: { at: at("22:02") } } },
    [],
  );
  judges(
    "change work outside the planned window",
    { window: { plannedStart: at("22:00"), plannedEnd: at("22:10") } },
    ["exception outside-window login,order,off"],
  );
  judges(
    "work before and after the change may lie outside",
    { window: { plannedStart: at("22:06"), plannedEnd: at("23:00") } },
    [],
  );
  judges("longer than planned", { sections: [{ section: "change", start: at("22:06"), end: at("23:07") }] }, [
    "exception over-duration",
  ]);
  judges(
    "as long as planned",
    { sections: [{ section: "change", start: at("22:06"), end: at("23:06") }] },
    [],
  );
  judges(
    "told within the escalation's time",
    { incidents: [{ at: at("22:30"), text: "slow", notified: [{ who: "ops", level: 1, at: at("22:45") }] }] },
    [],
  );
  judges(
    "told later",
    { incidents: [{ at: at("22:30"), text: "slow", notified: [{ who: "ops", level: 1, at: at("22:46") }] }] },
    ["exception escalation-late"],
  );
});

describe("bulk ticks", () => {
  const boxes = Array.from(
    { length: 21 },
    (_, index) => `- [ ] Box ${index} <!-- item: box-${index} -->`,
  ).join("\n");
  const plan = checklist(`## Many <!-- section: many -->\n${boxes}`);
  const ticks = (time: (index: number) => string, method?: "test") =>
    found(
      report(
        plan,
        night(plan, {
          results: Object.fromEntries(
            Array.from({ length: 21 }, (_, index) => [
              `box-${index}`,
              { at: time(index), ...(method ? { method } : {}) },
            ]),
          ),
        }),
      ),
    );
  const second = (index: number) => `2026-03-04T22:00:${String(index * 2).padStart(2, "0")}Z`;

  it("are twenty items by one person within a minute", () => {
    expect(ticks(second)).toHaveLength(1);
    expect(ticks(second)[0]).toMatch(/^exception bulk-tick box-0,/);
    expect(ticks(second, "test")).toEqual([]);
    expect(ticks((index) => at(`22:${10 + index}`))).toEqual([]);
  });
});

describe("versions", () => {
  const release = (date: string) => ({ digest: shop.digest, date, approvedBy: "eve", rules: "1", files: {} });
  const lock = (versions: Lock["checklists"][string]): Lock => ({
    schema: "countersign/lock@1",
    checklists: { shop: versions },
  });
  const inForce = lock({ "1.0.0": release("2026-01-01"), "2.0.0": release("2026-03-05") });
  judges("in force when the run opened, superseded a day later", {}, [], { facts: { lock: inForce } });
  judges("superseded when the run opened", {}, ["exception version-superseded"], {
    facts: { lock: lock({ "1.0.0": release("2026-01-01"), "1.1.0": release("2026-03-04") }) },
  });
  judges("never released", {}, ["blocker version-not-released"], { facts: { lock: lock({}) } });
  judges("released after the run opened", {}, ["blocker version-not-released"], {
    facts: { lock: lock({ "1.0.0": release("2026-03-05") }) },
  });
  judges("withdrawn", {}, ["blocker version-not-released"], {
    facts: {
      lock: lock({
        "1.0.0": { ...release("2026-01-01"), withdrawn: { date: "2026-02-01", reason: "wrong" } },
      }),
    },
  });
  judges(
    "never released, on staging",
    { deployment: { environment: "staging" } },
    ["note version-not-released"],
    { facts: { lock: lock({}) } },
  );
  it.each([
    ["prod-eu", "blocker"],
    ["Production, Oslo", "blocker"],
    ["live_2", "blocker"],
    ["pre-production", "note"],
    ["non_prod", "note"],
    ["delivery", "note"],
  ])("never released, in %s", (environment, severity) =>
    expect(shopFindings({ deployment: { environment } }, { facts: { lock: lock({}) } })).toEqual([
      `${severity} version-not-released`,
    ]),
  );
});

it("judgement does not depend on when it is made: there is no clock in it", () => {
  expect(JSON.stringify(shopReport())).toBe(JSON.stringify(shopReport()));
  expect(clean.anchors.target).toBe(at("22:00"));
});
