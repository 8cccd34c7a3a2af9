import { describe, expect, it } from "vitest";
import { at, type Changes, checklist, facts, found, night, record, report, status } from "./build.ts";
import { clean, judges, shop, shopReport } from "./shop.ts";

const [approval, execution] = clean.signatures as [object, object] as [
  (typeof clean.signatures)[number],
  (typeof clean.signatures)[number],
];
const signs = (first: object | null, second: object | null = {}): Changes => ({
  signatures: [
    ...(first ? [{ ...approval, ...first }] : []),
    ...(second ? [{ ...execution, ...second }] : []),
  ],
});

describe("signatures", () => {
  judges("missing", signs(null), ["gap signature-missing approved"]);
  judges(
    "missing, though somebody ticked the item",
    { ...signs(null), results: { approved: { status: "passed", by: "bob", at: at("22:00") } } },
    ["gap signature-missing approved"],
  );
  judges("for another meaning", signs({ meaning: "review" }), ["gap signature-missing approved"]);
  judges("by the id of the sign-off", signs({ role: "approve" }), []);
  judges("of the role in other letters", signs({ role: "engineering  Lead" }), []);
  judges("without a name", signs({ by: undefined }), ["gap signature-incomplete"]);
  judges("without time and meaning", signs({}, { at: undefined, meaning: undefined }), [
    "gap signature-incomplete",
  ]);
  judges(
    "typed by somebody of whom only a claim is known",
    { ...signs({ method: "typed" }), people: [...clean.people, { id: "eve", identity: "claimed" }] },
    ["exception typed-identity approved"],
  );
  judges("typed, also where the record calls the person verified", signs({ method: "typed" }), [
    "exception typed-identity approved",
  ]);
  judges(
    "typed, and signed again by single sign-on",
    {
      signatures: [{ ...approval, method: "typed" }, { ...approval, at: at("22:06") }, { ...execution }],
    },
    [],
  );
  judges("too late for a normal change", signs({ at: at("22:30") }), ["blocker approved-late approved"]);
  judges("at the very moment", signs({ at: at("22:07") }), []);
  judges("for the execution before the work was done", signs({}, { at: at("22:10") }), [
    "exception signed-before-the-work",
  ]);
  judges("by somebody who does not hold the role", signs({ by: "zoe" }), [
    "exception signer-not-in-role approved",
  ]);
  judges("by somebody who held the role in another year", {}, ["exception signer-not-in-role approved"], {
    facts: {
      roster: {
        roles: [
          { role: "Engineering lead", person: "eve", from: "2020-01-01", to: "2025-12-31", grantedBy: "hr" },
          { role: "DevOps lead", person: "dan", from: "2020-01-01", grantedBy: "hr" },
        ],
      },
    },
  });
  judges("where nobody looked at a roster", signs({ by: "zoe" }), [], { facts: { roster: null } });

  it("for work that a stop kept from being done are not asked for", () => {
    const plan = checklist(`
signoffs: [{id: done, role: Lead, meaning: execution, after: steps}]
---
## Steps <!-- section: {id: steps} -->
### Staging <!-- section: {id: staging, stage: before} -->
- [ ] Try it <!-- item: try -->
### Production <!-- section: {id: production, stage: change} -->
- [ ] Do it <!-- item: do -->
`);
    const stopped = night(plan, {
      results: { do: null },
      decisions: [{ decision: "abort", by: "ada", at: at("22:30") }],
    });
    expect(found(report(plan, stopped))).toEqual([]);
    expect(found(report(plan, night(plan)))).toEqual(["gap signature-missing"]);
  });

  it("do what a tick never does", () => {
    expect(status(shopReport(), "approved")).toBe("passed");
    const ticked = shopReport({ ...signs(null), results: { approved: { status: "passed" } } });
    expect(ticked.items.find(({ id }) => id === "approved")).toMatchObject({
      status: "not-recorded",
      claimed: "passed",
    });
  });

  it("are listed with their grade, absent ones as NOT SIGNED", () => {
    const r = shopReport({
      signatures: [execution, { role: "Guest", by: "zoe", meaning: "review", at: at("01:00") }],
      people: [...clean.people, { id: "dan", identity: "verified", by: "directory" }],
    });
    expect(r.signatures.map(({ role, state, grade, scope }) => [role, state, grade, scope])).toEqual([
      ["Engineering lead", "not signed", "NOT SIGNED", "before 3 Change"],
      ["DevOps lead", "signed", "single sign-on, identity verified by directory", "after 3 Change"],
      ["CTO", "not needed", "not needed", "the whole run"],
      ["Guest", "unasked", "method not recorded, identity verified", "the whole run"],
    ]);
  });

  it("are not asked for before their time", () => {
    const open = (asOf: string, results: NonNullable<Changes["results"]>) =>
      found(report(shop, record(shop, { asOf: at(asOf), results })));
    expect(open("22:30", { tests: { status: "passed", at: at("22:00") } })).toEqual([]);
    expect(open("22:30", { on: { status: "passed", at: at("22:00") } })).toContain(
      "gap signature-missing approved",
    );
  });
});

describe("standard and emergency changes", () => {
  const late = { ...signs({ at: at("22:30") }) };
  const valid = (validUntil: string | undefined): Changes => ({
    ...late,
    change: {
      type: "standard",
      preapproval: { id: "STD-1", ...(validUntil === undefined ? {} : { validUntil }) },
    },
  });
  judges("a standard change rests on its preapproval", valid("2026-12-31T00:00:00Z"), []);
  judges("and on one without an end", valid(undefined), []);
  judges("also where nobody signs again", { ...valid(undefined), ...signs(null) }, []);
  judges("but not unsigned on one that had run out", { ...valid("2026-01-31T00:00:00Z"), ...signs(null) }, [
    "gap signature-missing approved",
  ]);
  it("and the report says on what an approval rests that nobody signed", () => {
    const [first] = shopReport({ ...valid(undefined), ...signs(null) }).signatures;
    expect([first?.state, first?.grade]).toEqual(["not needed", "rests on the preapproval STD-1"]);
  });
  judges("but not on one that had run out", valid("2026-01-31T00:00:00Z"), [
    "blocker approved-late approved",
  ]);
  judges("nor on none", { ...late, change: { type: "standard" } }, ["blocker approved-late approved"]);

  const emergency = (more: Changes): Changes => ({
    change: { type: "emergency" },
    window: { end: at("23:00") },
    ...more,
  });
  judges(
    "an emergency may be ratified in time",
    emergency({ ...signs({ at: at("01:00") }), review: { at: at("02:00") } }),
    ["note approved-late approved"],
  );
  judges("and need not be reviewed yet", emergency(signs({ at: at("22:05") })), []);
  judges("its approval is not due at the close, and is not forgotten", emergency(signs(null)), [
    "note signature-missing approved",
  ]);

  it("an emergency that nobody reviewed or ratified in time is incomplete", () => {
    const night = shopReport(emergency(signs(null)));
    expect(night.signatures[0]?.state).toBe("not due");
    const first = { ...emergency(signs(null)) };
    const later = (more: Changes) => found(shopChain(first, { asOf: "2026-03-12T12:00:00Z", ...more }));
    expect(later({})).toEqual(["gap signature-missing approved", "gap emergency-review-missing"]);
    const ratified = { ...approval, at: "2026-03-06T12:00:00Z" };
    expect(later({ signatures: [ratified], review: { at: "2026-03-06T13:00:00Z" } })).toEqual([
      "note approved-late approved",
    ]);
    expect(later({ signatures: [{ ...ratified, at: "2026-03-11T12:00:00Z" }], review: {} })).toEqual([
      "exception approved-late approved",
    ]);
  });
});

describe("same person", () => {
  judges("the approver asked for the change", { change: { requester: "eve" } }, [
    "exception same-person approved",
  ]);
  judges("the approver wrote part of it", { change: { work: [{ authors: ["zoe", "eve"] }] } }, [
    "exception same-person approved",
  ]);
  judges("the approver did work of the change", { results: { rate: { by: "eve" } } }, [
    "exception same-person approved",
  ]);
  judges("the approver did work before it", { results: { tests: { by: "eve" } } }, []);
  judges(
    "the same name under another id",
    {
      results: { rate: { by: "e2" } },
      people: [...clean.people, { id: "eve", name: "Eve Miller" }, { id: "e2", name: "EVE  Ｍiller" }],
    },
    ["exception same-person approved"],
  );
  judges(
    "one person in two roles",
    { ...signs({}, { by: "eve" }) },
    ["exception same-person", "exception signer-not-in-role"],
    {},
  );
});

describe("signed earlier record", () => {
  const amending = (pointer: string, old: string, now: string, more: Changes = {}): Changes => ({
    asOf: at("05:00"),
    amends: [{ pointer, old, new: now, by: "ada", at: at("04:00"), reason: "typo" }],
    ...more,
  });

  it("fires when what was signed was amended, not when it was merely continued", () => {
    expect(found(shopChain({}, { asOf: at("05:00"), review: { well: ["calm"] } }))).toEqual([]);
    const amended = shopChain({}, amending("/results/rate/observed/0/value", "0.3", "0.4"));
    expect([...found(amended)].sort()).toEqual([
      "exception corrected rate",
      "exception signed-earlier-record",
      "exception signed-earlier-record approved",
    ]);
    expect(facts(amended, "corrected")[0]?.reason).toBe(
      "/results/rate/observed/0/value corrected from '0.3' to '0.4': typo",
    );
    expect(amended.corrections).toMatchObject([
      { old: "0.3", new: "0.4", by: { id: "ada" }, item: { id: "rate" } },
    ]);
  });

  it("is cured by signing again, and by nothing else", () => {
    const again = (...roles: readonly string[]) => ({
      signatures: clean.signatures
        .filter(({ role }) => roles.includes(role))
        .map((one) => ({ ...one, at: at("04:30") })),
    });
    const amended = (more: Changes) =>
      found(shopChain({}, amending("/results/rate/observed/0/value", "0.3", "0.4", more))).filter((one) =>
        one.includes("signed-earlier-record"),
      );
    expect(amended(again("DevOps lead"))).toEqual(["exception signed-earlier-record approved"]);
    expect(amended(again("DevOps lead", "Engineering lead"))).toEqual([]);
  });

  it("looks at what the signature covers", () => {
    const covering = (section: string) =>
      signs({ covers: { sections: ["before"] } }, { covers: { sections: [section] } });
    const amended = (section: string) =>
      [
        ...found(shopChain(covering(section), amending("/results/rate/observed/0/value", "0.3", "0.4"))),
      ].sort();
    expect(amended("change")).toEqual(["exception corrected rate", "exception signed-earlier-record"]);
    expect(amended("after")).toEqual(["exception corrected rate"]);
  });
});

/** A clean night, changed, and a record after it. */
function shopChain(first: Changes, second: Changes) {
  return shopReport(first, { second });
}
