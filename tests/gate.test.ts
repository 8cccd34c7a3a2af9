/** May a run go on? One hindrance each, in the shop; and the command with its exit codes. */
import { expect, test } from "vitest";
import { assemble } from "../src/model/assemble.ts";
import { gateOf } from "../src/model/gate.ts";
import { outlineOf } from "../src/model/outline.ts";
import { defaultPolicy, noFacts } from "../src/model/policy.ts";
import { at, type Changes, chain, record } from "./build.ts";
import { clean, holders, shop } from "./shop.ts";
import { freshProject, ingest, opening, put, root, signed } from "./small.ts";
import { type as typed } from "./terminal.ts";

const passed = (...items: readonly string[]) =>
  Object.fromEntries(items.map((id) => [id, { status: "passed" as const, by: "bob", at: at("21:00") }]));

const prepared = {
  ...passed("backup", "tests", "secrets", "vercel-ready"),
  backup: { status: "passed" as const, by: "bob", at: at("21:00"), evidence: ["e1"] },
  ready: { status: "met" as const, by: "ada", at: at("21:30") },
  freeze: { status: "not-met" as const, by: "ada", at: at("21:30") },
};
const { signatures, decisions, answers, people, evidence, anchors } = clean;
const before: Changes = {
  asOf: at("22:10"),
  answers,
  people,
  evidence,
  decisions,
  signatures: signatures.slice(0, 1),
  anchors: { target: anchors.target },
};

function gate(section: string, changes: Changes = {}, results: Changes["results"] = {}) {
  const made = record(shop, { ...before, ...changes, results: { ...prepared, ...results } });
  const assembly = assemble(chain([made]));
  if (!("run" in assembly)) throw new Error(JSON.stringify(assembly.faults));
  const found = outlineOf(shop).section.get(section);
  if (!found) throw new Error(section);
  const facts = { ...noFacts, roster: holders };
  return gateOf({ checklist: shop, run: assembly.run, facts, policy: defaultPolicy }, found);
}

const kinds = (...args: Parameters<typeof gate>) =>
  gate(...args).hindrances.map(({ kind, items, rule }) =>
    [kind, rule, ...items].filter((part) => part !== null).join(" "),
  );

test("all that stands before the change is done, signed and decided: it may begin", () => {
  expect(gate("change")).toMatchObject({ open: true, hindrances: [], record: 1 });
});

test.each<[string, Changes, NonNullable<Changes["results"]>, readonly string[]]>([
  ["an item that is not recorded", {}, { tests: null }, ["open tests"]],
  [
    "one that failed",
    {},
    { tests: { status: "failed", by: "bob", at: at("21:00") } },
    ["judged failed tests"],
  ],
  [
    "one that is blocked",
    {},
    { tests: { status: "blocked", by: "bob", at: at("21:00"), reason: "no net" } },
    ["judged blocked tests"],
  ],
  [
    "a mandatory one that was skipped",
    {},
    { secrets: { status: "skipped", by: "bob", at: at("21:00"), reason: "no time" } },
    ["judged mandatory-not-passed secrets"],
  ],
  [
    "evidence that is missing",
    {},
    { backup: { ...prepared.backup, evidence: [] } },
    ["judged evidence-missing backup"],
  ],
  ["a signature", { signatures: [] }, {}, ["unsigned approved"]],
  ["the decision", { decisions: [] }, {}, ["undecided"]],
  [
    "a go that its criteria spoke against",
    {},
    { freeze: { status: "met", by: "ada", at: at("21:30") } },
    ["judged go-despite-unmet freeze"],
  ],
  [
    "an answer",
    { answers: { migrates: true } },
    { "vercel-ready": null },
    ["open vercel-ready", "open render-ready"],
  ],
  [
    "a decision to wait",
    { decisions: [{ decision: "delay", section: "gate", by: "ada", at: at("22:06") }] },
    {},
    ["decided against"],
  ],
  [
    "a no-go",
    { decisions: [{ decision: "no-go", section: "gate", by: "ada", at: at("22:06") }] },
    {},
    ["turned", "decided against"],
  ],
  ["a close", { closed: { at: at("22:09"), by: "ada", open: [] } }, {}, ["closed"]],
])("what keeps the change waiting: %s", (_, changes, results, expected) => {
  expect(kinds("change", changes, results).filter((one) => !one.startsWith("judged not-recorded"))).toEqual(
    expect.arrayContaining([...expected]),
  );
  expect(gate("change", changes, results).open).toBe(false);
});

test("a skipped item with a reason, an optional one and what does not apply keep nobody waiting", () => {
  const tests = { status: "skipped" as const, by: "bob", at: at("21:00"), reason: "as agreed" };
  expect(gate("change", {}, { tests })).toMatchObject({ open: true, exceptions: 1 });
});

test("what comes after the change waits for the change, and a way back only for a decision", () => {
  expect(kinds("after")).toContain("open deploy");
  expect(kinds("rollback")).toEqual(["undecided"]);
  const decided = [{ decision: "rollback" as const, section: "triggers", by: "rob", at: at("22:08") }];
  expect(kinds("rollback", { decisions: [...decisions, ...decided] })).toEqual([]);
});

test("an emergency is ratified afterwards, and a standard change is approved in advance", () => {
  const went = { window: { start: at("22:00") } };
  expect(kinds("change", { signatures: [], change: { type: "emergency" }, ...went })).toEqual([]);
  const standard = { type: "standard" as const, preapproval: { id: "P1", validUntil: at("23:00") } };
  expect(kinds("change", { signatures: [], change: standard })).toEqual([]);
  const over = { ...standard, preapproval: { id: "P1", validUntil: at("20:00") } };
  expect(kinds("change", { signatures: [], change: over })).toEqual(["unsigned approved"]);
});

freshProject();

test("the command answers by its exit code", async () => {
  await ingest([put("1.json", opening)]);
  const ask = (...argv: string[]) => typed(root(), ["gate", ...argv]);
  const no = await ask(opening.run, "--before", "change");
  expect(no.code).toBe(3);
  expect(no.stdout).toMatch(
    /^NO {2}2026-03-04-small before 2 Change, as of record 1 \(2026-03-04 20:00 \+01:00\)\n/,
  );
  expect(no.stdout).toContain("Lead has not signed for approval");
  expect(no.stdout).toContain("1.2 Two is done: not recorded yet");
  const two = {
    ...opening,
    people: undefined,
    asOf: "2026-03-04T20:30:00+01:00",
    results: [{ ...opening.results[0], item: "two" }],
    signatures: [signed],
  };
  await ingest([put("2.json", two)]);
  const yes = await ask(opening.run, "--before", "change", "--json");
  expect(yes).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(yes.stdout)).toMatchObject({ open: true, record: 2, section: "change", hindrances: [] });
  expect(await ask("2026-03-04-smal", "--before", "change")).toMatchObject({ code: 1, stdout: "" });
  const typo = await ask(opening.run, "--before", "chnage");
  expect(typo).toMatchObject({ code: 2, stdout: "" });
  expect(typo.stderr).toContain("did you mean 'change'?");
  expect((await ask(opening.run)).code).toBe(2);
});
