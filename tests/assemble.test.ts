import { describe, expect, it } from "vitest";
import { at, type Changes, chain, checklist, night, record, refusals, refused, run } from "./build.ts";

const shop = checklist(`
questions: [{id: platform, label: Platform, type: choice, choices: [vercel, render]}, {id: sms, label: SMS, type: yes-no}]
fields: [{id: target, label: Target, type: datetime}, {id: spare, label: Spare, type: number}]
---
## Before <!-- section: {id: before, stage: before} -->
- [ ] Backup <!-- item: {id: backup, capture: [{id: place, label: Place, type: text}]} -->
- [ ] Tests pass <!-- item: tests -->

## Change <!-- section: {id: change, stage: change} -->
- [ ] Deploy <!-- item: deploy -->
- [ ] Watch <!-- item: {id: watch, repeat: PT15M, for: PT1H} -->
- [ ] Nice to have <!-- item: {id: nice, optional: true} -->

## Triggers <!-- section: {id: triggers, role: triggers} -->
- [ ] Errors <!-- item: errors -->

## Later <!-- section: {id: later, role: follow-up} -->
- [ ] Tidy up <!-- item: tidy -->
`);

const opening = record(shop, {
  asOf: at("20:00"),
  results: { backup: { status: "passed", by: "ada", at: at("19:00") } },
});

describe("a chain of records", () => {
  it("continues: what was not there is added, and everything knows its record", () => {
    const second = record(shop, {
      asOf: at("23:00"),
      window: { start: at("22:00") },
      results: { tests: { status: "passed", by: "bob", at: at("22:30") } },
    });
    const both = run(shop, opening, second);
    expect(both.results.map(({ item, record: from }) => [item, from])).toEqual([
      ["backup", 1],
      ["tests", 2],
    ]);
    expect(both).toMatchObject({
      asOf: at("23:00"),
      closed: null,
      window: { start: at("22:00"), end: null },
    });
    expect(both.people.map(({ id }) => id)).toEqual(["ada", "bob"]);
  });

  it("takes a file that repeats what is recorded, and drops nothing and doubles nothing", () => {
    const whole = record(shop, {
      asOf: at("23:00"),
      results: {
        backup: { status: "passed", by: "ada", at: at("19:00"), note: "slow" },
        tests: { status: "failed", at: at("22:00") },
      },
    });
    const both = run(shop, opening, whole);
    expect(both.results).toHaveLength(2);
    expect(both.results[0]).toMatchObject({ item: "backup", note: "slow", record: 1 });
  });

  it("keeps both observers of one item", () => {
    const other = record(shop, {
      asOf: at("21:00"),
      results: { backup: { status: "passed", by: "bob", at: at("19:30") } },
    });
    expect(run(shop, opening, other).results.map(({ by }) => by)).toEqual(["ada", "bob"]);
  });

  it("takes the latest asOf, whatever the order", () => {
    const early = record(shop, {
      asOf: at("18:00"),
      results: { tests: { status: "passed", by: "bob", at: at("17:00") } },
    });
    expect(run(shop, opening, early).asOf).toBe(at("20:00"));
  });

  it("fills the end of a section that an earlier record began", () => {
    const begin = record(shop, { asOf: at("22:00"), sections: [{ section: "change", start: at("22:00") }] });
    const end = record(shop, { asOf: at("23:00"), sections: [{ section: "change", end: at("22:50") }] });
    expect(run(shop, begin, end).sections).toEqual([
      { section: "change", start: at("22:00"), end: at("22:50") },
    ]);
  });

  it("leaves the records as they were", () => {
    const amending = record(shop, {
      asOf: at("21:00"),
      amends: [
        {
          pointer: "/results/backup/status",
          old: "passed",
          new: "failed",
          by: "ada",
          at: at("21:00"),
          reason: "not readable",
        },
      ],
    });
    const before = structuredClone(opening);
    run(shop, opening, amending);
    expect(opening).toEqual(before);
  });

  it.each([
    ["another run", { run: "other" }, "other-run /run"],
    [
      "another version",
      { checklist: { id: "shop", version: "2.0.0" } },
      "other-checklist /checklist/version",
    ],
    [
      "another environment",
      { deployment: { environment: "staging" } },
      "disagreement /deployment/environment",
    ],
    ["another answer", { answers: { sms: false } }, "disagreement /answers/sms"],
    ["a wrong digest of the record before", { previous: `sha256:${"0".repeat(64)}` }, "previous /previous"],
    [
      "another time for the same section",
      { sections: [{ section: "change", start: at("21:30") }] },
      "disagreement /sections/0/start",
    ],
  ] as readonly (readonly [string, Changes, string])[])("refuses %s", (_, change, expected) => {
    const first = record(shop, {
      asOf: at("22:00"),
      answers: { sms: true },
      sections: [{ section: "change", start: at("21:00") }],
    });
    expect(refused(shop, first, record(shop, { asOf: at("23:00"), ...change }))).toEqual([expected]);
  });

  it("accepts the digest of the record before", () => {
    const previous = chain([opening])[0]?.digest ?? "";
    expect(refused(shop, opening, record(shop, { previous }))).toEqual([]);
  });

  it("refuses times after asOf, each with its pointer; plans may lie ahead", () => {
    const late = record(shop, {
      asOf: at("22:00"),
      anchors: { target: at("23:00") },
      window: { plannedStart: at("23:00"), plannedEnd: at("23:30") },
      results: {
        backup: {
          status: "passed",
          at: at("22:01"),
          observed: [{ value: "1", from: at("21:00"), to: at("22:30") }],
        },
        tests: { status: "passed", at: at("21:00"), enteredAt: at("22:10") },
      },
      incidents: [{ at: at("21:00"), text: "slow", notified: [{ who: "ops", at: at("23:00") }] }],
      decisions: [{ decision: "go", at: at("22:00") }],
    });
    expect(refused(shop, late)).toEqual([
      "after-as-of /results/0/at",
      "after-as-of /results/0/observed/0/to",
      "after-as-of /results/1/enteredAt",
      "after-as-of /incidents/0/notified/0/at",
    ]);
  });
});

describe("second results and disagreements", () => {
  const twice = (...results: readonly { item: string; status: "passed" | "failed"; at?: string }[]) => ({
    ...record(shop),
    results: results.map((result) => ({ by: "ada", ...result })),
    people: [{ id: "ada" }],
  });

  it("refuses a second result for one item in one record", () => {
    expect(
      refused(shop, twice({ item: "tests", status: "passed" }, { item: "tests", status: "passed" })),
    ).toEqual(["second-result /results/1"]);
    expect(
      refused(
        shop,
        twice(
          { item: "tests", status: "passed", at: at("21:00") },
          { item: "tests", status: "failed", at: at("22:00") },
        ),
      ),
    ).toEqual(["second-result /results/1"]);
  });

  it("takes readings of a repeated item", () => {
    expect(
      refused(
        shop,
        twice(
          { item: "watch", status: "failed", at: at("21:00") },
          { item: "watch", status: "passed", at: at("22:00") },
        ),
      ),
    ).toEqual([]);
    expect(
      refused(
        shop,
        twice(
          { item: "watch", status: "passed", at: at("21:00") },
          { item: "watch", status: "passed", at: at("21:00") },
        ),
      ),
    ).toEqual(["second-result /results/1"]);
  });

  it("refuses two records that disagree, and takes a later try that lists the earlier one", () => {
    const failed = { status: "failed", by: "ada", at: at("19:00") } as const;
    const first = record(shop, { asOf: at("20:00"), results: { tests: failed } });
    const second = (attempts: (typeof failed)[]) =>
      record(shop, { results: { tests: { status: "passed", by: "ada", at: at("21:00"), attempts } } });
    expect(refused(shop, first, second([]))).toEqual(["disagreement /results/0"]);
    expect(refused(shop, first, second([failed]))).toEqual([]);
  });

  it("does not take a template's empty entries for results", () => {
    const empty = record(shop, { results: { backup: { status: null }, tests: { status: null } } });
    expect(refused(shop, opening, empty)).toEqual([]);
    expect(refused(shop, empty, record(shop, { results: { tests: { status: "passed" } } }))).toEqual([]);
  });
});

describe("amendments", () => {
  const amend = (pointer: string, old: unknown, now: unknown) =>
    record(shop, {
      amends: [
        {
          pointer,
          ...(old === undefined ? {} : { old: old as string }),
          new: now as string,
          by: "ada",
          at: at("02:00"),
          reason: "typo",
        },
      ],
    });

  it("counts once when a record repeats it", () => {
    const once = amend("/results/tests/status", "passed", "failed");
    expect(run(shop, full, once, { ...once, asOf: at("03:30") }).corrections).toHaveLength(1);
  });

  const full = record(shop, {
    asOf: at("20:00"),
    window: { start: at("19:00") },
    people: [{ id: "ada", name: "Ada" }],
    results: {
      tests: { status: "passed", by: "ada", at: at("19:00"), observed: [{ metric: "rate", value: "0.4" }] },
    },
    decisions: [{ decision: "go", section: "change", by: "ada", at: at("19:30") }],
  });

  it.each([
    ["/results/tests/status", "passed", "failed"],
    ["/results/tests/observed/rate/value", "0.4", "0.5"],
    ["/results/tests/observed/0/value", "0.4", "0.5"],
    ["/results/tests/reason", undefined, "because"],
    [
      "/results/tests",
      {
        item: "tests",
        status: "passed",
        by: "ada",
        at: at("19:00"),
        observed: [{ metric: "rate", value: "0.4" }],
      },
      null,
    ],
    ["/people/ada/name", "Ada", "Ada L."],
    ["/decisions/change/decision", "go", "no-go"],
    ["/decisions/0/by", "ada", null],
    ["/window/start", at("19:00"), at("18:00")],
    ["/window/end", undefined, at("19:10")],
    ["/change/id", undefined, "CHG-1"],
    ["/results/backup", undefined, { item: "backup", status: "passed" }],
  ])("corrects %s and keeps what stood there", (pointer, old, now) => {
    const amended = run(shop, full, amend(pointer, old, now));
    expect(amended.corrections).toHaveLength(1);
    expect(amended.corrections[0]).toMatchObject({ pointer, record: 2, by: "ada", reason: "typo" });
    expect(amended.corrections[0]?.old === null).toBe(old === undefined);
  });

  it("changes what is judged", () => {
    expect(run(shop, full, amend("/results/tests/status", "passed", "failed")).results[0]?.status).toBe(
      "failed",
    );
    const { results } = run(
      shop,
      full,
      amend(
        "/results/tests",
        {
          item: "tests",
          status: "passed",
          by: "ada",
          at: at("19:00"),
          observed: [{ metric: "rate", value: "0.4" }],
        },
        null,
      ),
    );
    expect(results).toEqual([]);
  });

  it("corrects what every record has to state, with the record stating it right", () => {
    const right = {
      ...amend("/deployment/environment", "production", "staging"),
      deployment: { environment: "staging" },
    };
    expect(run(shop, full, right).deployment.environment).toBe("staging");
  });

  it("takes a record that brings the corrected value along", () => {
    const second = {
      ...amend("/results/tests/status", "passed", "failed"),
      results: [{ item: "tests", status: "failed" as const, by: "ada", at: at("19:00") }],
    };
    expect(run(shop, full, second).results).toMatchObject([{ status: "failed", record: 1 }]);
  });

  it.each([
    ["/results/tests/status", "failed", "skipped", "amend-old /amends/0/old"],
    ["/results/tests/status", "failed", "passed", "amend-old /amends/0/old"],
    ["/results/nothing/status", "failed", "skipped", "amend-place /amends/0/pointer"],
    ["/results/backup", undefined, { status: "passed" }, "amend-place /amends/0/pointer"],
    ["/results/backup", undefined, { item: "backup", status: "met" }, "status-of-role /amends/0/new"],
    ["/results/backups", undefined, { item: "backups", status: "passed" }, "unknown-item /amends/0/new"],
    ["/run", "night", "day", "amend-place /amends/0/pointer"],
    ["/asOf", at("20:00"), at("21:00"), "amend-place /amends/0/pointer"],
    ["/results/tests/record", 1, 2, "amend-place /amends/0/pointer"],
    ["/results/tests/status", "passed", "fine", "amend-result /amends"],
    ["/window/start", at("19:00"), at("04:00"), "after-as-of /amends/0/new"],
  ])("refuses %s from %j to %j", (pointer, old, now, expected) => {
    expect(refused(shop, full, amend(pointer, old, now))).toEqual([expected]);
  });
});

describe("the close", () => {
  it("is refused while a required item is open, unless the close lists it", () => {
    const open = night(shop, { results: { deploy: null, nice: null, errors: null, tidy: null } });
    expect(refused(shop, open)).toEqual(["open-item /closed"]);
    expect(refusals(shop, open)[0]?.reason).toContain("'deploy'");
    const listed = night(shop, {
      results: { deploy: null },
      closed: {
        at: at("02:00"),
        open: [{ item: "deploy", reason: "moved", owner: "bob", due: "2026-03-09" }],
      },
    });
    expect(refused(shop, listed)).toEqual([]);
  });

  it("ends the run: only what may come later is taken", () => {
    const closing = night(shop, {
      results: { deploy: null },
      closed: { at: at("02:00"), open: [{ item: "deploy" }] },
    });
    const later = (changes: Parameters<typeof record>[1]) =>
      refused(shop, closing, record(shop, { asOf: "2026-03-09T10:00:00Z", ...changes }));
    expect(later({ results: { tidy: { status: "failed", by: "bob", at: "2026-03-09T09:00:00Z" } } })).toEqual(
      ["after-close /results/0"],
    );
    expect(later({ window: { start: at("22:00") } })).toEqual(["after-close /window"]);
    expect(later({ incidents: [{ at: at("02:00"), text: "late" }] })).toEqual(["after-close /incidents/0"]);
    expect(
      later({ results: { deploy: { status: "passed", by: "bob", at: "2026-03-09T09:00:00Z" } } }),
    ).toEqual([]);
    expect(
      later({
        dispositions: [{ rule: "skipped", by: "ada", at: at("02:00"), accepted: "known" }],
        review: { well: ["all"] },
      }),
    ).toEqual([]);
    expect(
      later({ signatures: [{ role: "Lead", by: "ada", meaning: "review", at: "2026-03-09T09:00:00Z" }] }),
    ).toEqual([]);
  });

  it("can be repeated by a later file, but not changed", () => {
    const closing = night(shop);
    expect(refused(shop, closing, { ...closing, asOf: at("04:00") })).toEqual([]);
    expect(
      refused(shop, closing, { ...closing, asOf: at("04:00"), closed: { at: at("03:00"), by: "ada" } }),
    ).toEqual(["disagreement /closed/at"]);
  });

  it("takes a later file that names the same environment again, and none that adds to what was closed", () => {
    const deployment = { environment: "production", from: "1", to: "2" };
    const closing = night(shop, { deployment });
    const later = (changes: Parameters<typeof record>[1]) =>
      refused(shop, closing, record(shop, { asOf: "2026-03-09T10:00:00Z", ...changes }));
    expect(later({ review: { well: ["all"] } })).toEqual([]);
    expect(later({ deployment: { ...deployment, commit: "abc" } })).toEqual(["after-close /deployment"]);
    const [first] = closing.results;
    const { item = "", status = null, by = "", at: when = "" } = first ?? {};
    expect(later({ results: { [item]: { status, by, at: when } } })).toEqual([]);
    expect(later({ results: { [item]: { status, by, at: when, note: "more" } } })).toEqual([
      "after-close /results/0",
    ]);
  });
});

describe("binding to the checklist", () => {
  it("names everything unknown, with its pointer and the nearest known", () => {
    const odd = record(shop, {
      results: {
        bakup: { status: "passed" },
        tests: { status: "passed", evidence: ["e1"], capture: { place: "x" } },
      },
      answers: { platfrom: "vercel", sms: "maybe" },
      fields: { target: "2026-03-04T22:00:00", spare: "many", other: "x" },
      sections: [{ section: "chagne" }],
      commands: [{ command: "migrate" }],
      messages: [{ template: "notice" }],
      dispositions: [{ rule: "skiped", by: "ada", at: at("22:00"), action: "x" }],
    });
    const faults = refusals(shop, { ...odd, people: [], closed: { at: at("02:00"), by: "eve" } });
    expect(
      faults
        .map(({ rule, pointer, hint }) => `${rule} ${pointer}${hint?.startsWith("did") ? ` ${hint}` : ""}`)
        .sort(),
    ).toEqual([
      "bad-answer /answers/sms",
      "bad-field /fields/spare",
      "bad-field /fields/target",
      "unknown-capture /results/1/capture/place",
      "unknown-command /commands/0/command",
      "unknown-evidence /results/1/evidence/0",
      "unknown-field /fields/other",
      "unknown-item /results/0/item did you mean 'backup'?",
      "unknown-person /closed/by",
      "unknown-person /dispositions/0/by",
      "unknown-question /answers/platfrom did you mean 'platform'?",
      "unknown-rule /dispositions/0/rule did you mean 'skipped'?",
      "unknown-section /sections/0/section did you mean 'change'?",
      "unknown-template /messages/0/template",
    ]);
  });

  it.each([
    ["tests", "fired"],
    ["errors", "passed"],
    ["tidy", "met"],
  ] as const)("refuses a result that the role of %s does not have: %s", (item, status) => {
    expect(refused(shop, record(shop, { results: { [item]: { status } } }))).toEqual([
      "status-of-role /results/0/status",
    ]);
  });

  it("holds the digest of the checklist", () => {
    const named = (digest: string) =>
      refused(shop, record(shop, { checklist: { id: "shop", version: "1.0.0", digest } }));
    expect(named(shop.digest)).toEqual([]);
    expect(named(`sha256:${"0".repeat(64)}`)).toEqual(["digest-mismatch /checklist/digest"]);
  });
});
