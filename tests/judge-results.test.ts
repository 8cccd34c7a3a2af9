import { describe, expect, it } from "vitest";
import { at, type Changes, checklist, facts, found, night, record, report, status } from "./build.ts";
import { judges, rate, shop, shopFindings, shopNight, shopReport } from "./shop.ts";

describe("a clean night", () => {
  it("has no finding at all", () => {
    expect(shopFindings()).toEqual([]);
    expect(shopReport()).toMatchObject({ outcome: "deployed", finding: "clean" });
  });
});

describe("rules about results", () => {
  const waiving = { policy: { waivers: ["CTO"] } };
  const people = [{ id: "cleo", role: "CTO" }];
  const waiver = (by: string, time: string) => ({
    status: "failed" as const,
    waiver: { reason: "known", by, at: at(time) },
  });

  judges("failed", { results: { tests: { status: "failed" } } }, ["blocker failed tests"]);
  judges(
    "failed, waived in time by the right person",
    { results: { tests: waiver("cleo", "22:01") }, people },
    ["exception waived tests"],
    waiving,
  );
  judges(
    "waived after the change began",
    { results: { tests: waiver("cleo", "23:30") }, people },
    ["blocker failed tests"],
    waiving,
  );
  judges(
    "waived by somebody without the role",
    { results: { tests: waiver("dan", "22:01") } },
    ["blocker failed tests"],
    waiving,
  );
  judges("waived where no role may waive", { results: { tests: waiver("cleo", "22:01") }, people }, [
    "blocker failed tests",
  ]);
  judges(
    "waived by who did it",
    { results: { tests: { ...waiver("cleo", "22:01"), by: "cleo" } }, people },
    ["blocker failed tests"],
    waiving,
  );
  judges(
    "waived though mandatory",
    { results: { secrets: waiver("cleo", "22:01") }, people },
    ["blocker failed secrets", "blocker mandatory-not-passed secrets"],
    waiving,
  );
  judges("inconclusive", { results: { login: { status: "inconclusive" } } }, ["gap inconclusive login"]);
  judges("passed on no value", { results: { rate: { observed: [{ metric: "error_rate", value: null }] } } }, [
    "gap inconclusive rate",
  ]);
  judges("passed on no samples", { results: { rate: { observed: [{ value: "0.1", samples: 0 }] } } }, [
    "gap inconclusive rate",
  ]);
  judges("blocked", { results: { login: { status: "blocked" } } }, ["gap blocked login"]);
  judges("skipped with a reason", { results: { login: { status: "skipped", reason: "no time" } } }, [
    "exception skipped login",
  ]);
  judges("skipped without", { results: { login: { status: "skipped" } } }, [
    "exception skipped login",
    "exception skipped-or-na-without-reason login",
  ]);
  judges("optional and skipped", { results: { thanks: { status: "skipped", reason: "late" } } }, [
    "note skipped thanks",
  ]);
  judges(
    "not applicable with a reason",
    { results: { login: { status: "not-applicable", reason: "no login" } } },
    ["note not-applicable login"],
  );
  judges("not applicable without", { results: { login: { status: "not-applicable" } } }, [
    "exception skipped-or-na-without-reason login",
  ]);
  judges("mandatory and skipped", { results: { secrets: { status: "skipped", reason: "x" } } }, [
    "blocker mandatory-not-passed secrets",
    "exception skipped secrets",
  ]);
  judges("optional and not done", { results: { thanks: null } }, ["note not-done thanks"]);
  judges(
    "retried",
    { results: { login: { attempts: [{ status: "failed", by: "bob", at: at("22:12") }], at: at("22:13") } } },
    ["exception retried login"],
  );
  judges(
    "the last try listed twice",
    {
      results: { login: { attempts: [{ status: "passed", by: "bob", at: at("22:13") }], at: at("22:13") } },
    },
    [],
  );
  judges(
    "a status better than its parts",
    { results: { order: { status: "skipped", reason: "x" }, smoke: { status: "met" } } },
    ["exception skipped order", "exception derived-contradiction smoke"],
  );

  it("a parent box that is ticked while its children are open is what they are, and is counted nowhere", () => {
    const plan = checklist(
      "## A <!-- section: a -->\n- [ ] All <!-- item: all -->\n  - [ ] One <!-- item: one -->\n  - [ ] Two <!-- item: two -->",
    );
    const open = {
      closed: { at: at("02:00"), open: [{ item: "two", reason: "x", owner: "bob", due: "2026-03-06" }] },
    };
    const r = report(
      plan,
      night(plan, { results: { all: { status: "passed", by: "bob" }, two: null }, ...open }),
    );
    expect(r.items[0]).toMatchObject({ id: "all", status: "not-recorded", claimed: "passed", derived: true });
    expect(r.counts).toMatchObject({ total: 2, passed: 1 });
    expect(found(r)).toEqual(["exception derived-contradiction all", "exception open-at-close two"]);
  });

  it("says why a waiver does not count", () => {
    const late = shopReport({ results: { tests: waiver("cleo", "23:30") }, people }, waiving);
    expect(facts(late, "failed")[0]?.reason).toMatch(
      /the waiver does not count: it was given at .*, after the next stage began/,
    );
    expect(late.items.find(({ id }) => id === "tests")?.waiver).toMatchObject({
      valid: false,
      by: { id: "cleo" },
    });
    expect(
      status(shopReport({ results: { tests: waiver("cleo", "22:01") }, people }, waiving), "tests"),
    ).toBe("failed");
  });

  it("counts a claim that the values contradict as what it is", () => {
    const inconclusive = shopReport({ results: { rate: { observed: [{ value: "NaN" }] } } });
    expect(inconclusive.items.find(({ id }) => id === "rate")).toMatchObject({
      status: "inconclusive",
      claimed: "passed",
    });
    const breached = shopReport({ results: { rate: { observed: rate("3") } } });
    expect(breached.items.find(({ id }) => id === "rate")).toMatchObject({
      status: "failed",
      claimed: "passed",
    });
  });

  it("takes the last of several tries, in one record or over two", () => {
    const failed = { status: "failed", by: "bob", at: at("22:00") } as const;
    const first = record(shop, { asOf: at("22:10"), results: { tests: failed } });
    const second = record(shop, {
      asOf: at("23:00"),
      results: { tests: { status: "passed", by: "bob", at: at("22:30"), attempts: [failed] } },
    });
    const both = report(shop, [first, second]);
    expect(status(both, "tests")).toBe("passed");
    expect(both.items.find(({ id }) => id === "tests")?.attempts).toMatchObject([
      { status: "failed", at: { at: at("22:00") } },
    ]);
    expect(facts(both, "retried")).toHaveLength(1);
    expect(facts(both, "failed")).toEqual([]);
  });

  it("takes the last try by its time, in whatever order the parts came in", () => {
    const failed = { status: "failed", by: "bob", at: at("22:00") } as const;
    const tried = { status: "passed" as const, by: "bob", at: at("22:30"), attempts: [failed] };
    const parts = [failed, tried].map((tests) => record(shop, { asOf: at("23:00"), results: { tests } }));
    for (const order of [parts, parts.toReversed()]) {
      const made = report(shop, order);
      expect(status(made, "tests")).toBe("passed");
      expect(facts(made, "retried")[0]?.reason).toContain("passed after 1 earlier try (failed)");
    }
  });

  it("shows everybody who recorded the same", () => {
    const other = record(shop, {
      asOf: at("23:00"),
      results: { tests: { status: "passed", by: "zoe", at: at("22:40") } },
    });
    const item = report(shop, [
      record(shop, {
        asOf: at("22:30"),
        results: { tests: { status: "passed", by: "bob", at: at("22:10") } },
      }),
      other,
    ]).items.find(({ id }) => id === "tests");
    expect(item).toMatchObject({ by: { id: "bob" }, observers: [{ by: { id: "zoe" }, record: 2 }] });
  });
});

describe("what is not recorded", () => {
  const plan = checklist(`
## Week before <!-- section: {id: week, stage: before, at: -P7D} -->
- [ ] Early <!-- item: early -->
## Night <!-- section: {id: night, stage: change} -->
- [ ] Now <!-- item: now -->
- [ ] Deferrable <!-- item: {id: deferrable, due: +PT1H, emergency: defer PT48H} -->
## Day after <!-- section: {id: day, stage: after, anchor: live, at: +PT24H} -->
- [ ] Later <!-- item: later -->
`);
  const anchors = { target: at("22:00"), live: at("23:00") };
  const open = (asOf: string, more: Changes = {}) => report(plan, record(plan, { asOf, anchors, ...more }));

  it("is not due before its time, and overdue after it", () => {
    const before = record(plan, { asOf: "2026-02-20T00:00:00Z", anchors: { target: at("22:00") } });
    expect(found(report(plan, before))).toEqual([]);
    expect(status(report(plan, before), "early")).toBe("not-due");
    expect(found(open(at("20:00"), { anchors: { target: at("22:00") } }))).toEqual(["gap overdue early"]);
    expect(status(open(at("23:30")), "deferrable")).toBe("not-recorded");
    expect(status(open(at("23:30")), "now")).toBe("not-due");
    expect(status(open("2026-03-06T12:00:00Z"), "later")).toBe("not-recorded");
  });

  it("is due at its very moment, wherever the offset is written", () => {
    expect(status(open("2026-03-05T23:59:00+01:00"), "later")).toBe("not-due");
    expect(status(open("2026-03-06T00:00:00+01:00"), "later")).toBe("not-recorded");
  });

  it("is not due while its anchor is not known", () => {
    expect(status(open("2026-03-09T12:00:00Z", { anchors: { target: at("22:00") } }), "later")).toBe(
      "not-due",
    );
  });

  it("is deferred in an emergency where the checklist allows it, and only there", () => {
    const emergency = { change: { type: "emergency" as const } };
    expect(status(open("2026-03-05T12:00:00Z", emergency), "deferrable")).toBe("not-due");
    expect(status(open("2026-03-07T12:00:00Z", emergency), "deferrable")).toBe("not-recorded");
    expect(status(open("2026-03-05T12:00:00Z", emergency), "early")).toBe("not-recorded");
  });

  it("is open at the close: a gap without reason, owner and date, an exception with, a note while not due", () => {
    const left = (entry: object, item = "now") => {
      const closing = night(plan, {
        anchors,
        results: { [item]: null },
        closed: { at: at("02:00"), open: [{ item, ...entry }] },
      });
      return found(report(plan, closing));
    };
    expect(left({})).toEqual(["gap open-at-close now"]);
    expect(left({ reason: "moved", owner: "bob" })).toEqual(["gap open-at-close now"]);
    expect(left({ reason: "moved", owner: "bob", due: "2026-03-09" })).toEqual([
      "exception open-at-close now",
    ]);
    expect(left({ reason: "tomorrow", owner: "bob", due: "2026-03-06" }, "later")).toEqual([
      "note open-at-close later",
    ]);
  });

  it("turns into a finding when what was left open is past its time", () => {
    const closing = night(plan, {
      anchors,
      results: { later: null },
      closed: {
        at: at("02:00"),
        open: [{ item: "later", reason: "tomorrow", owner: "bob", due: "2026-03-06" }],
      },
    });
    const after = record(plan, { asOf: "2026-03-10T12:00:00Z" });
    expect(found(report(plan, [closing, after]))).toEqual(["exception open-at-close later"]);
    const done = record(plan, {
      asOf: "2026-03-10T12:00:00Z",
      results: { later: { status: "passed", by: "bob", at: "2026-03-06T00:00:00Z" } },
    });
    expect(found(report(plan, [closing, done]))).toEqual([]);
  });
});

describe("follow-ups", () => {
  it("outlive the run: they never block the close, and may be recorded after it", () => {
    const open = shopReport();
    expect(status(open, "tidy")).toBe("not-due");
    expect(open.actions).toEqual([
      {
        item: expect.objectContaining({ id: "tidy" }),
        owner: "Platform team",
        due: "2026-03-11T23:00:00Z",
        reason: null,
      },
    ]);
    expect(status(shopReport({}, { second: { asOf: "2026-04-01T00:00:00Z" } }), "tidy")).toBe("not-due");
    const done = {
      asOf: "2026-04-01T00:00:00Z",
      results: { tidy: { status: "passed" as const, by: "bob", at: "2026-03-09T10:00:00Z" } },
    };
    expect(shopReport({}, { second: done })).toMatchObject({ finding: "clean", actions: [] });
  });

  it("need an owner and a date, or are an exception", () => {
    const plan = checklist(
      "## A <!-- section: {id: a} -->\n- [ ] Do <!-- item: do -->\n## F <!-- section: {id: f, role: follow-up} -->\n- [ ] Tidy <!-- item: tidy -->",
    );
    expect(found(report(plan, night(plan, { results: { tidy: null } })))).toEqual([
      "exception open-at-close tidy",
    ]);
    const listed = {
      at: at("02:00"),
      open: [{ item: "tidy", reason: "later", owner: "bob", due: "2026-03-20" }],
    };
    expect(found(report(plan, night(plan, { results: { tidy: null }, closed: listed })))).toEqual([
      "note open-at-close tidy",
    ]);
  });
});

describe("standing results", () => {
  const plan = checklist(
    "## Before <!-- section: before -->\n- [ ] Pen test <!-- item: {id: pen, standing: P90D} -->\n- [ ] Go <!-- item: go -->",
  );
  const open = [{ item: "pen", reason: "see winter", owner: "bob", due: "2026-04-01" }];
  const closing = night(plan, { results: { pen: null }, closed: { at: at("02:00"), open } });
  const carried = (time: string) =>
    report(plan, closing, { facts: { carried: [{ item: "pen", run: "winter", by: "bob", at: time }] } });

  it("are carried until they expire, and count as carried", () => {
    const still = carried("2026-01-01T00:00:00Z");
    expect(status(still, "pen")).toBe("carried");
    expect(found(still)).toEqual(["note carried pen"]);
    expect(found(carried("2025-11-01T00:00:00Z"))).toEqual([
      "exception open-at-close pen",
      "exception standing-expired pen",
    ]);
  });
});

describe("selection", () => {
  it("asks for nothing whose condition is false, and for no alternative that was not taken", () => {
    const r = shopReport({
      answers: { platform: "render", migrates: false },
      results: { migrate: null, "vercel-ready": null, "render-ready": {} },
    });
    expect(found(r)).toEqual([]);
    expect([status(r, "migrate"), status(r, "vercel-ready"), status(r, "render-ready")]).toEqual([
      "not-selected",
      "not-selected",
      "passed",
    ]);
  });

  it("takes the alternative that was worked through where the question was not answered", () => {
    const r = shopReport({ answers: { migrates: true } });
    expect(status(r, "render-ready")).toBe("not-selected");
  });

  it("holds a skip of what did not apply to be no skip", () => {
    const r = shopReport({
      answers: { platform: "vercel", migrates: false },
      results: { migrate: { status: "skipped" }, switch: { status: "not-applicable" } },
    });
    expect(found(r)).toEqual([]);
    expect([status(r, "migrate"), status(r, "switch")]).toEqual(["not-selected", "not-needed"]);
  });

  it("counts what was recorded although it did not apply", () => {
    expect(status(shopReport({ answers: { platform: "vercel", migrates: false } }), "migrate")).toBe(
      "passed",
    );
  });
});

it("severities of the installation hold, and departures are listed", () => {
  const setting = { policy: { severities: { skipped: "blocker" as const, failed: "blocker" as const } } };
  const r = shopReport({ results: { login: { status: "skipped", reason: "x" } } }, setting);
  expect(r.finding).toBe("failed");
  expect(r.departures).toEqual([{ rule: "skipped", default: "exception", here: "blocker" }]);
});

it("dispositions stand beside what they are about, and change no finding", () => {
  const results = {
    login: { status: "skipped" as const, reason: "x" },
    order: { status: "skipped" as const, reason: "x" },
  };
  const r = shopReport({
    results,
    dispositions: [{ rule: "skipped", item: "login", by: "ada", at: at("02:00"), accepted: "seen" }],
  });
  expect(facts(r, "skipped").map(({ disposition }) => disposition?.accepted ?? null)).toEqual(["seen", null]);
  expect(r).toMatchObject({ finding: "with exceptions", undispositioned: 1 });
});

it("judges up to a record as if later ones had not come", () => {
  const first = record(shop, {
    asOf: at("21:00"),
    results: { tests: { status: "passed", by: "bob", at: at("20:00") } },
  });
  const second = shopNight({ results: { tests: { at: at("20:00") } } });
  expect(report(shop, [first, second], { through: 1 })).toEqual(report(shop, [first]));
  expect(() => report(shop, [first], { through: 2 })).toThrow(RangeError);
});
