/** A filled form as a record: every blank in its place, times across midnight, contradictions by name. */
import { expect, test } from "vitest";
import { readFilled } from "../scripts/filled.ts";
import { parseResults } from "../src/formats/results.ts";
import { readSheet } from "../src/formats/sheet.ts";
import { clockFor, offsetOf } from "../src/formats/sheettimes.ts";
import type { FilledBlank, FilledForm } from "../src/model/blank.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { instantOf } from "../src/model/instant.ts";
import { outlineOf } from "../src/model/outline.ts";
import { fillingOf, initialsOf } from "../src/pdf/sheet/filling.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { ours } from "./ours.ts";

const text = `---
title: Shop deployment
signoffs: [{id: lead, role: Lead, meaning: approval}]
questions: [{id: data, label: Data change?, type: yes-no}]
contacts: [{role: Help desk}]
metrics: [{id: errors, label: Errors, unit: "%"}]
---

## Night <!-- section: {id: night, stage: change} -->

- [ ] Deploy <!-- item: deploy -->
- [ ] Errors are low <!-- item: {id: low, limit: "errors < 1 %"} -->
- [ ] Tell them <!-- item: tell -->

## Go <!-- section: {id: go, role: decision, decider: Lead} -->

- [ ] All well <!-- item: well -->
`;
const parsed = parseChecklist({
  id: "shop",
  version: "1.0.0",
  file: "shop.md",
  text,
  digest: `sha256:${"0".repeat(64)}`,
});
const shop = parsed.checklist as Checklist;
const form = (blanks: Readonly<Record<string, string | true>>, of = shop): FilledForm => ({
  id: of.id,
  version: of.version,
  digest: of.digest,
  keywords: [of.digest],
  source: null,
  data: [],
  blanks: new Map(
    Object.entries(blanks).flatMap(([name, value]): [string, FilledBlank][] =>
      value === "" ? [] : [[name, { value, label: "" }]],
    ),
  ),
});
const head = {
  "run.run": "night",
  "run.deployment.environment": "production",
  "run.offset": "+01:00",
  "section.night.date": "2026-03-04",
  "section.night.start": "22:05",
  "person.1.name": "Ada L.",
  "person.1.initials": "AL",
};
const read = (
  more: Readonly<Record<string, string | true>>,
  zone: (local: string) => string | null = () => null,
) => {
  const { record, problems } = readSheet(form({ ...head, ...more }), shop, zone);
  return {
    record: JSON.parse(JSON.stringify(record)),
    problems: problems.map(({ severity, place, reason }) => `${severity} ${place}: ${reason}`),
  };
};

test("what is written comes out in its place, and is a results file", () => {
  const { record, problems } = read({
    "item.deploy.pass": true,
    "item.deploy.by": "AL",
    "item.deploy.at": "22:10",
    "item.low.fail": true,
    "item.low.by": "AL",
    "item.low.at": "00:20",
    "item.low.value.errors": "1.4 %",
    "section.night.reason.1.item": "1.3",
    "section.night.reason.1.text": "nobody is there",
    "section.night.reason.1.by": "AL",
    "section.night.end": "01:00",
    "decision.go.go": true,
    "decision.go.by": "Ada L.",
    "decision.go.at": "2026-03-05 01:05",
    "answer.data.no": true,
    "contact.1.name": "Desk",
    "contact.1.phone": "+49 1",
    "signoff.lead.name": "Ada L.",
    "signoff.lead.date": "2026-03-05",
    "signoff.lead.time": "01:10",
    "review.well.1": "Quick",
    "review.actions.1": "Call them",
    "run.source.copy": "3",
  });
  expect(problems).toEqual([]);
  expect(record).toMatchObject({
    run: "night",
    asOf: "2026-03-05T01:10:00+01:00",
    answers: { data: "no" },
    people: [
      { id: "AL", name: "Ada L." },
      { id: "Desk", role: "Help desk", phone: "+49 1" },
    ],
    sections: [{ section: "night", start: "2026-03-04T22:05:00+01:00", end: "2026-03-05T01:00:00+01:00" }],
    results: [
      { item: "deploy", status: "passed", by: "AL", at: "2026-03-04T22:10:00+01:00" },
      {
        item: "low",
        status: "failed",
        at: "2026-03-05T00:20:00+01:00",
        observed: [{ metric: "errors", value: "1.4", unit: "%" }],
      },
      { item: "tell", status: "skipped", reason: "nobody is there", by: "AL" },
    ],
    decisions: [{ decision: "go", section: "go", by: "AL", at: "2026-03-05T01:05:00+01:00" }],
    signatures: [
      { role: "Lead", meaning: "approval", by: "AL", method: "typed", at: "2026-03-05T01:10:00+01:00" },
    ],
    review: { well: ["Quick"], actions: [{ text: "Call them" }] },
    source: { kind: "paper", copy: 3 },
  });
  const reading = parseResults(new TextEncoder().encode(JSON.stringify(record)), "sheet");
  expect("faults" in reading ? reading.faults : []).toEqual([]);
});

test.each([
  [
    { "item.deploy.pass": true, "item.deploy.fail": true },
    "error item.deploy: has 2 boxes ticked: pass, fail",
  ],
  [{ "item.deploy.at": "late" }, "error item.deploy.at: 'late' is no moment"],
  [
    { "item.deploy.by": "AL" },
    "warning item.deploy: is written on, and no box is ticked: it counts as not recorded",
  ],
  [
    { "item.deploy.pass": true, "item.deploy.by": "ZZ" },
    "warning item.deploy.by: 'ZZ' are initials that the sheet gives no name for",
  ],
  [
    { "section.night.reason.1.item": "7.7", "section.night.reason.1.text": "x" },
    "error section.night.reason.1.item: is no number of an item: '7.7'",
  ],
  [{ "answer.data.yes": true, "answer.data.no": true }, "error answer.data: has 2 answers: yes, no"],
  [{ "decision.go.by": "Ada L." }, "error decision.go: is written on, and no decision is ticked"],
  [
    { "signoff.lead.signature": true },
    "warning signoff.lead.signature: holds a digital signature, which is not verified here: the name counts as typed",
  ],
  [{ "note.1": "cold" }, "warning note.1: has no place in a record: 'cold' is kept under 'extra'"],
  [
    { "item.gone.pass": true },
    "warning item.gone.pass: has no place in a record: ticked is kept under 'extra'",
  ],
  [
    { "person.2.name": "Al Low", "person.2.initials": "AL" },
    "error person.2.initials: are those of two people: 'AL'",
  ],
  [{ "run.run": "" }, "error run.run: is empty"],
] as const)("%j is named", (more, problem) => {
  expect(read(more).problems).toContain(problem);
});

test("times without an offset need the time zone that somebody names", () => {
  const none = read({ "run.offset": "" });
  expect(none.problems.join()).toMatch(/error run\.offset/);
  const named = read({ "run.offset": "" }, (local) => `${local}Z`);
  expect(named.record.sections).toEqual([{ section: "night", start: "2026-03-04T22:05:00Z" }]);
});

test("clock times are on the day that brings them closest; offsets as people write them", () => {
  const clock = clockFor((local) => `${local}+02:00`);
  const near = "2026-12-31T22:00:00+02:00";
  expect(clock("23:59", near)).toBe("2026-12-31T23:59:00+02:00");
  expect(clock("0.30", near)).toBe("2027-01-01T00:30:00+02:00");
  expect(clock("01-01 0030", near)).toBe("2027-01-01T00:30:00+02:00");
  expect(clock("2026-12-30 08:00:05", null)).toBe("2026-12-30T08:00:05+02:00");
  expect(clock("2026-12-30T08:00:00Z", null)).toBe("2026-12-30T08:00:00Z");
  expect([clock("22:15", null), clock("25:00", near), clock("ok", near), clock("02-30 10:00", near)]).toEqual(
    [null, null, null, null],
  );
  expect(["+1", "UTC+01:00", "-0330", "Z", "utc", "CET", "+25"].map(offsetOf)).toEqual([
    "+01:00",
    "+01:00",
    "-03:30",
    "Z",
    "Z",
    null,
    null,
  ]);
});

test("what a sheet prints of a run comes back the same: status, who, when, values", () => {
  const folder = "content/examples/2026-03-04-restaurant-os-prod";
  const { checklist } = ours("restaurant-os", "6.0.4");
  const filling = readFilled([`${folder}/1.json`, `${folder}/2.json`], ".", checklist);
  if (!("filled" in filling)) throw new Error(filling.reasons.join("; "));
  const { run } = filling.filled;
  const entries = fillingOf(run, checklist, { checklist, outline: outlineOf(checklist) });
  const initials = initialsOf(run.people);
  const blanks = Object.fromEntries(
    [
      ...entries,
      ...run.people.flatMap(({ id, name }, at): [string, string][] => [
        [`person.${at + 1}.name`, name],
        [`person.${at + 1}.initials`, initials.get(id) ?? ""],
      ]),
    ].flatMap(([name, value]) => (value === false || value === "" ? [] : [[name, value] as const])),
  );
  const { record, problems } = readSheet(form(blanks, checklist), checklist, () => null);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const results = new Map(
    (record.results as { item: string }[]).map((one) => [one.item, one as Record<string, unknown>]),
  );
  const nameOf = new Map((record.people as { id: string; name: string }[]).map(({ id, name }) => [id, name]));
  const minute = (at: unknown): bigint | null =>
    typeof at === "string" ? instantOf(at).nanos / 60_000_000_000n : null;
  let compared = 0;
  for (const { item, status, by, at } of run.results) {
    const found = results.get(item);
    if (!found || status === "skipped" || status === "blocked" || status === "inconclusive") continue;
    expect([item, found.status]).toEqual([item, status]);
    const person = run.people.find(({ id }) => id === by);
    if (person) expect([item, nameOf.get(String(found.by))]).toEqual([item, person.name]);
    expect([item, minute(found.at)]).toEqual([item, minute(at)]);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(30);
});
