import { describe, expect, it } from "vitest";
import { at, type Changes, checklist, found, night, record, report, status } from "./build.ts";
import { clean, judges, shop, shopReport } from "./shop.ts";

/** A night that turned back at 22:30: what came after was not done. */
const later = {
  login: null,
  order: null,
  off: null,
  green: null,
  watch: null,
  thanks: null,
  content: null,
  payments: null,
};
const fired = { errors: { status: "fired" as const, at: at("22:25") } };
const goes = { decision: "go" as const, section: "gate", by: "ada", at: at("22:06") };
const back = { decision: "rollback" as const, section: "triggers", by: "rob", at: at("22:30") };
const steps = {
  switch: { status: "passed" as const, by: "bob", at: at("22:40") },
  verified: { status: "passed" as const, by: "bob", at: at("22:45") },
};
const turned = (results: NonNullable<Changes["results"]> = {}, more: Changes = {}): Changes => ({
  decisions: [goes, back],
  rollback: { trigger: "errors", at: at("22:30"), paths: ["rollback"] },
  ...more,
  results: { ...later, ...fired, ...steps, ...results },
});

describe("triggers", () => {
  judges(
    "fired, and a decision followed",
    { results: fired, decisions: [goes, { ...back, decision: "continue" }] },
    ["exception trigger-fired errors"],
  );
  judges("fired, and nobody decided", { results: fired }, [
    "gap fired-without-decision errors",
    "exception trigger-fired errors",
  ]);
  judges("fired after the only decision", { results: fired, decisions: [goes] }, [
    "gap fired-without-decision errors",
    "exception trigger-fired errors",
  ]);
  judges("not looked at", { results: { errors: null } }, ["gap trigger-not-looked-at errors"]);
  judges("inconclusive", { results: { errors: { status: "inconclusive" } } }, ["gap inconclusive errors"]);

  it("are not clear because nobody looked, nor missing before the close", () => {
    expect(status(shopReport({ results: { errors: null } }), "errors")).toBe("not-recorded");
    const open = report(shop, record(shop, { results: { tests: { status: "passed" } } }));
    expect([status(open, "errors"), found(open)]).toEqual(["not-due", []]);
  });

  it("that must all be true call for nothing while one is clear", () => {
    const plan = checklist(
      "## T <!-- section: {id: t, role: triggers, rule: all, when-met: rollback} -->\n- [ ] A <!-- item: a -->\n- [ ] B <!-- item: b -->",
    );
    expect(found(report(plan, night(plan, { results: { a: { status: "fired" } } })))).toEqual([
      "note trigger-fired a",
    ]);
    expect(
      found(report(plan, night(plan, { results: { a: { status: "fired" }, b: { status: "fired" } } }))),
    ).toEqual(["gap fired-without-decision a,b", "exception trigger-fired a", "exception trigger-fired b"]);
  });
});

describe("decisions", () => {
  judges("missing before the change", { decisions: [] }, ["gap decision-missing"]);
  judges("only delayed", { decisions: [{ ...goes, decision: "delay" }] }, ["gap decision-missing"]);
  judges("go without a section", { decisions: [{ decision: "go", by: "ada", at: at("22:06") }] }, []);
  judges("go, though a criterion was not met", { results: { ready: { status: "not-met" } } }, [
    "blocker go-despite-unmet ready",
  ]);
  judges("go, though something called for no-go", { results: { freeze: { status: "met" } } }, [
    "blocker go-despite-unmet freeze",
  ]);
  judges(
    "go, after a no-go and a second look",
    { decisions: [{ ...goes, decision: "no-go", at: at("21:00") }, goes] },
    [],
  );
  judges("by somebody else", { decisions: [{ ...goes, by: "rob" }] }, ["blocker decided-by-other"]);
  judges(
    "by whoever took the role over",
    {
      decisions: [{ ...goes, by: "rob" }],
      handovers: [{ role: "Deployment lead", from: "ada", to: "rob", at: at("22:00") }],
    },
    [],
  );
  judges(
    "by who had handed the role over",
    { handovers: [{ role: "Deployment lead", from: "ada", to: "rob", at: at("22:00") }] },
    ["blocker decided-by-other"],
  );
  judges("by somebody of whom nothing is known", { decisions: [{ ...goes, by: "zoe" }] }, []);
  judges(
    "by somebody else, without saying for which section",
    { decisions: [{ decision: "go", by: "rob", at: at("22:06") }] },
    ["blocker decided-by-other"],
  );
  judges(
    "on a rollback, by somebody else, without saying for which section",
    turned({}, { decisions: [goes, { decision: "rollback", by: "ada", at: back.at }] }),
    ["blocker decided-by-other", "exception trigger-fired errors"],
  );
  judges(
    "on a rollback, by somebody else than the field names",
    turned({}, { decisions: [goes, { ...back, by: "ada" }] }),
    ["blocker decided-by-other", "exception trigger-fired errors"],
  );
  const handed = (role: string, from: string, time: string): Changes => ({
    ...turned({}, { decisions: [goes, { ...back, by: "ada" }] }),
    handovers: [{ role, from, to: "ada", at: at(time) }],
  });
  judges("on a rollback, by whom the decider handed over to", handed("Rollback decider", "rob", "22:00"), [
    "exception trigger-fired errors",
  ]);
  judges("named as the blank is", handed("Rollback decision by", "rob", "22:00"), [
    "exception trigger-fired errors",
  ]);
  for (const other of [
    handed("Rollback decider", "rob", "23:59"),
    handed("Rollback decider", "eve", "22:00"),
    handed("Deployment lead", "rob", "22:00"),
  ])
    judges("but not too late, not by somebody else, and not by another role", other, [
      "blocker decided-by-other",
      "exception trigger-fired errors",
    ]);
});

describe("criteria and bands", () => {
  judges("a criterion not met", { results: { content: { status: "not-met" } } }, [
    "blocker criteria-not-met content",
  ]);
  judges("a criterion that follows from what failed", { results: { login: { status: "failed" } } }, [
    "blocker failed login",
    "blocker criteria-not-met smoke",
  ]);
  judges("amber", { results: { green: null, amber: { status: "seen" } } }, ["exception band-amber amber"]);
  judges(
    "red, and nobody decided to roll back",
    { results: { green: null, red: { status: "seen", at: at("22:20") } } },
    ["blocker band-red red"],
  );
  judges("no band", { results: { green: null } }, ["gap not-recorded green,amber,red"]);
  judges("red, and a rollback was decided", turned({ red: { status: "seen", at: at("22:20") } }), [
    "exception band-red red",
    "exception trigger-fired errors",
  ]);

  it("one band seen is all that has to be said", () => {
    const r = shopReport();
    expect([status(r, "green"), status(r, "amber"), status(r, "red")]).toEqual([
      "seen",
      "not-seen",
      "not-seen",
    ]);
  });

  it("one criterion is enough where any will do", () => {
    const plan = checklist(
      "## C <!-- section: {id: c, role: criteria, rule: any} -->\n- [ ] A <!-- item: a -->\n- [ ] B <!-- item: b -->",
    );
    expect(found(report(plan, night(plan, { results: { a: { status: "not-met" } } })))).toEqual([]);
    expect(
      found(report(plan, night(plan, { results: { a: { status: "not-met" }, b: { status: "not-met" } } }))),
    ).toEqual(["blocker criteria-not-met a,b"]);
  });
});

describe("turning back", () => {
  judges("a rollback that worked", turned(), ["exception trigger-fired errors"]);
  judges("without the paths listed", turned({}, { rollback: { at: at("22:30") } }), [
    "exception trigger-fired errors",
  ]);
  judges("by the decision alone", { ...turned(), rollback: undefined } as Changes, [
    "exception trigger-fired errors",
  ]);
  judges(
    "not verified",
    turned(
      { verified: null },
      {
        closed: {
          at: at("02:00"),
          open: [{ item: "verified", reason: "x", owner: "bob", due: "2026-03-05" }],
        },
      },
    ),
    [
      "blocker rollback-not-verified verified",
      "blocker contingency-incomplete verified",
      "exception trigger-fired errors",
      "exception open-at-close verified",
      "exception left-open on,off",
    ],
  );
  judges("a step that failed", turned({ switch: { status: "failed", by: "bob", at: at("22:40") } }), [
    "blocker failed switch",
    "blocker contingency-incomplete switch",
    "exception trigger-fired errors",
  ]);
  judges("what proves it failed", turned({ verified: { status: "failed", by: "bob", at: at("22:45") } }), [
    "blocker failed verified",
    "blocker rollback-not-verified verified",
    "blocker contingency-incomplete verified",
    "exception trigger-fired errors",
    "exception left-open on,off",
  ]);
  judges("a failure before it, which it answered", turned({ rate: { status: "failed", at: at("22:20") } }), [
    "exception failed rate",
    "exception trigger-fired errors",
  ]);
  judges("a failure after it", turned({ login: { status: "failed", by: "bob", at: at("23:10") } }), [
    "blocker failed login",

    "exception trigger-fired errors",
  ]);
  judges(
    "a claim against the values stays one",
    turned({ rate: { observed: [{ value: "3" }], at: at("22:20") } }),
    ["blocker contradiction rate", "exception trigger-fired errors", "note target-missed rate"],
  );
  judges(
    "an item left out before it",
    turned(
      { migrate: null },
      {
        closed: {
          at: at("02:00"),
          open: [{ item: "migrate", reason: "forgot", owner: "bob", due: "2026-03-05" }],
        },
      },
    ),
    ["exception trigger-fired errors", "exception open-at-close migrate"],
  );

  it("counts work after it as not reached, apart from everything else", () => {
    const r = shopReport(turned());
    expect(r).toMatchObject({
      outcome: "rolled back",
      finding: "with exceptions",
      rollback: { verified: true, paths: [{ id: "rollback" }] },
    });
    for (const id of ["login", "order", "off", "watch", "content", "payments", "tidy"])
      expect([id, status(r, id)]).toEqual([id, "not-reached"]);
    expect(status(r, "switch")).toBe("passed");
  });

  it("is never 'rolled back' when it failed", () => {
    expect(shopReport(turned({ verified: { status: "failed", by: "bob", at: at("22:45") } })).outcome).toBe(
      "rollback not verified",
    );
  });

  it("an abort in the middle of the change proves no rollback", () => {
    const r = shopReport({
      ...turned(),
      rollback: undefined,
      decisions: [goes, { ...back, decision: "abort" }],
      results: { ...later, ...fired },
    } as Changes);
    expect(r.outcome).toBe("rollback not verified");
    expect(found(r)).toContain("blocker rollback-not-verified");
  });

  it("fixing forward after a rollback was thought of is a deployment", () => {
    expect(shopReport({ decisions: [goes, { ...back, decision: "continue" }], results: fired }).outcome).toBe(
      "deployed",
    );
  });
});

describe("stopping", () => {
  const before = new Set(["backup", "tests", "secrets", "vercel-ready", "ready", "freeze"]);
  const none = Object.fromEntries(
    [
      "on",
      "migrate",
      "deploy",
      "rate",
      "login",
      "order",
      "off",
      "green",
      "errors",
      "payments",
      "watch",
      "thanks",
      "content",
      "tidy",
    ].map((id) => [id, null]),
  );
  const stop = (results: NonNullable<Changes["results"]> = {}, more: Changes = {}): Changes => ({
    anchors: { target: at("22:00") },
    signatures: [],
    decisions: [{ ...goes, decision: "no-go" }],
    ...more,
    results: { ...none, ...results },
  });

  judges("a no-go", stop({ ready: { status: "not-met" } }), []);
  judges("a no-go that answers a failure", stop({ tests: { status: "failed" } }), ["exception failed tests"]);
  judges(
    "with an item left out before it",
    stop(
      { tests: null },
      {
        closed: { at: at("02:00"), open: [{ item: "tests", reason: "x", owner: "bob", due: "2026-03-05" }] },
      },
    ),
    ["exception open-at-close tests"],
  );

  it("has its own outcome, and counts the rest as not reached", () => {
    const r = shopReport(stop({ ready: { status: "not-met" } }));
    expect(r).toMatchObject({ outcome: "stopped", finding: "clean" });
    for (const { id, status: is } of r.items)
      if (!before.has(id) && is !== "not-selected" && is !== "not-needed")
        expect([id, is]).toEqual([id, "not-reached"]);
    expect(r.derivation[0]?.says).toContain(
      "no-go was decided by ada at 2026-03-04 22:06 +00:00, before the change began",
    );
  });

  it("a delay that ends the run stops it", () => {
    expect(shopReport({ ...stop(), decisions: [{ ...goes, decision: "delay" }] }).outcome).toBe("stopped");
  });
});

it("left open: what had to be taken back was not", () => {
  const skip = { off: { status: "skipped" as const, reason: "forgot" } };
  expect(found(shopReport({ results: skip }))).toEqual([
    "exception left-open on,off",
    "exception skipped off",
  ]);
  expect(clean.decisions).toHaveLength(1);
});
