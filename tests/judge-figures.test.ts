import { describe, expect, it } from "vitest";
import { at, checklist, facts, found, night, record, report, status } from "./build.ts";
import { judges, rate, shopReport } from "./shop.ts";

const value = (text: string, more: object = {}) => ({
  results: { rate: { observed: [{ ...rate(text)[0], value: text, ...more }] } },
});

describe("limits", () => {
  judges("a value that holds", value("0.49"), []);
  judges("a target missed", value("0.7"), ["note target-missed rate"]);
  judges("passed, though the limit is breached", value("1"), [
    "blocker contradiction rate",
    "note target-missed rate",
  ]);
  judges(
    "failed, and the limit is breached",
    { results: { rate: { status: "failed", observed: rate("3") } } },
    ["blocker failed rate", "blocker limit-breached rate", "note target-missed rate"],
  );
  judges(
    "failed, breached and waived",
    {
      results: {
        rate: {
          status: "failed",
          observed: rate("3"),
          waiver: { reason: "known", by: "cleo", at: at("22:15") },
        },
        watch: { at: at("23:30") },
      },
      people: [{ id: "cleo", role: "CTO" }],
    },
    ["exception waived rate", "note target-missed rate"],
    { policy: { waivers: ["CTO"] } },
  );
  judges(
    "skipped, though a value breaches the limit",
    { results: { rate: { status: "skipped", reason: "x", observed: rate("3") } } },
    ["blocker limit-breached rate", "exception skipped rate", "note target-missed rate"],
  );
  judges("no value where one is asked for", { results: { rate: { observed: [] } } }, [
    "gap limit-not-observed rate",
  ]);
  judges(
    "a value of another metric",
    { results: { rate: { observed: [{ metric: "other", value: "0.1" }] } } },
    ["gap limit-not-observed rate"],
  );
  judges("no value where none is asked for", { results: { watch: { observed: [] } } }, []);
  judges(
    "a value without a metric belongs to the only limit",
    { results: { watch: { observed: [{ value: "3" }] } } },
    ["blocker contradiction watch"],
  );
  judges("a value in a unit that does not compare", value("0.1", { unit: "ms" }), ["gap inconclusive rate"]);
  judges(
    "an earlier reading in breach, a later one good",
    {
      results: {
        rate: {
          observed: [
            { ...rate("3")[0], value: "3", to: at("22:20") },
            { value: "0.2", metric: "error_rate", to: at("22:40") },
          ],
        },
      },
    },
    ["exception recovered rate"],
  );

  it("are shown beside their values, with unit and verdict", () => {
    const { limits } = shopReport(value("0.7", { source: "grafana", samples: 1200 }));
    expect(limits.filter(({ item }) => item.id === "rate")).toMatchObject([
      {
        kind: "limit",
        limit: "Error rate < 1 %",
        value: "0.7 %",
        verdict: "holds",
        source: "grafana",
        samples: 1200,
        reason: null,
      },
      { kind: "target", limit: "Error rate < 0.5 %", verdict: "breached" },
    ]);
  });

  it("names value and limit in the reason", () => {
    expect(facts(shopReport(value("3")), "contradiction")[0]?.reason).toBe(
      "3.4 Error rate is low: recorded as passed, but 3 % breaches 'Error rate < 1 %'",
    );
  });
});

describe("a limit that must hold for some time, and one against a baseline", () => {
  const plan = checklist(`
## Change <!-- section: {id: change, stage: change} -->
- Base <!-- item: {id: base, observe: required} -->
- [ ] Calm <!-- item: {id: calm, limit: "error_rate < 1 % for 30 min"} -->
- [ ] No slower <!-- item: {id: slower, limit: "latency <= 150 % of base"} -->
`);
  const judged = (calm: object[], slower: string, base: string | null = "200") =>
    found(
      report(
        plan,
        night(plan, {
          results: {
            calm: { observed: calm as [] },
            slower: { observed: [{ value: slower, unit: "ms" }] },
            base: { observed: base === null ? [] : [{ metric: "latency", value: base, unit: "ms" }] },
          },
        }),
      ),
    );
  const interval = [{ value: "0.2", from: at("22:00"), to: at("22:30") }];

  it("are judged by interval or series, and by what the baseline saw", () => {
    expect(judged(interval, "300")).toEqual([]);
    expect(
      judged(
        [
          { value: "0.2", to: at("22:00") },
          { value: "0.2", to: at("22:30") },
        ],
        "300",
      ),
    ).toEqual([]);
    expect(judged([{ value: "0.2" }], "300")).toEqual(["gap inconclusive calm"]);
    expect(judged(interval, "301")).toEqual(["blocker contradiction slower"]);
    expect(judged(interval, "300", null)).toEqual(["gap limit-not-observed base", "gap inconclusive slower"]);
  });
});

describe("readings of a repeated item", () => {
  const plan = checklist(`
## Watch <!-- section: {id: watch, stage: after} -->
- [ ] Watch the rate <!-- item: {id: rate, repeat: PT15M, for: PT1H, limit: "error_rate < 1 %"} -->
- [ ] Done <!-- item: done -->
`);
  const times = ["22:15", "22:30", "22:45", "23:00"];
  const readings = (values: readonly (string | null)[], states: readonly string[] = [], when = times) => {
    const base = night(plan, { results: { rate: null }, closed: { at: at("02:00"), by: "ada" } });
    const results = values.map((one, index) => ({
      item: "rate",
      status: (states[index] ?? "passed") as "passed",
      by: "ada",
      at: at(when[index] ?? "23:15"),
      ...(one === null ? {} : { observed: [{ value: one }] }),
    }));
    return report(plan, { ...base, results: [...base.results, ...results] });
  };

  it("are counted against what is expected", () => {
    expect(found(readings(["0.1", "0.2", "0.3", "0.4"]))).toEqual([]);
    const short = readings(["0.1", "0.2", "0.3"]);
    expect(found(short)).toEqual(["gap reading-missing rate"]);
    expect(facts(short, "reading-missing")[0]?.reason).toContain("3 readings of 4 (every 15 min for 1 h)");
    const gap = facts(readings(["0.1", "0.2"], ["passed", "passed"], ["22:30", "23:15"]), "reading-missing");
    expect(gap[0]?.reason).toMatch(/; none from 2026-03-04 22:30 \+00:00 to 2026-03-04 23:15 \+00:00$/);
    expect(short.items[0]).toMatchObject({
      expectedReadings: 4,
      readings: [{ at: { at: at("22:15") } }, {}, {}],
    });
  });

  it("recover, or stay in breach", () => {
    expect(found(readings(["0.1", "3", "0.3", "0.4"]))).toEqual(["exception recovered rate"]);
    expect(found(readings([null, null, null, null], ["passed", "failed", "passed", "passed"]))).toEqual([
      "exception recovered rate",
    ]);
    expect(found(readings(["0.1", "0.2", "0.3", "3"]))).toEqual(["blocker contradiction rate"]);
    expect(status(readings([null, null, null, null], ["passed", "passed", "passed", "failed"]), "rate")).toBe(
      "failed",
    );
  });

  it("may still come while the run is open", () => {
    expect(
      found(
        report(plan, record(plan, { results: { rate: { status: "passed", by: "ada", at: at("22:15") } } })),
      ),
    ).toEqual([]);
  });
});

describe("evidence, captures, witnesses, dwell", () => {
  judges("no evidence where it is required", { results: { backup: { evidence: [] } } }, [
    "gap evidence-missing backup",
  ]);
  judges(
    "no evidence for what was not applicable",
    { results: { backup: { status: "not-applicable", reason: "none", evidence: [] } } },
    ["note not-applicable backup"],
  );
  judges("evidence that is listed and not kept", {}, ["gap evidence-missing backup"], {
    facts: { evidence: { e1: null } },
  });
  judges("evidence with another digest", {}, ["blocker evidence-digest backup"], {
    facts: { evidence: { e1: `sha256:${"b".repeat(64)}` } },
  });
  judges("evidence that nobody checked", {}, [], { facts: { evidence: null } });
  judges("a required blank left empty", { results: { deploy: { capture: { build: " " } } } }, [
    "gap capture-missing deploy",
  ]);
  judges("no witness", { results: { deploy: { witness: "bob" } } }, ["gap witness-missing deploy"]);
  judges("too short a look", { results: { watch: { started: at("22:10"), at: at("22:30") } } }, [
    "exception dwell-short watch",
  ]);
  judges("long enough a look", { results: { watch: { started: at("22:00"), at: at("22:30") } } }, []);
});
