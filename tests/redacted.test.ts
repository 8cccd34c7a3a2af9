/** Copies without people or commands: nothing leaks, nothing else changes, and the copy says what it is. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { renderReport } from "../src/html/report.ts";
import { controlsOf } from "../src/model/controls.ts";
import { diffChecklists } from "../src/model/diff.ts";
import { type Redactable, redacted } from "../src/model/redacted.ts";
import { at, type Changes, checklist, night, report } from "./build.ts";
import { decode } from "./markup.ts";

const text = (more = ""): string => `
controls: [SOC2 CC8.1]
signoffs: [{id: lead, role: Lead, meaning: approval}]
---
## Work <!-- section: {id: work, stage: change, controls: [ISO 8.29]} -->

- [ ] Run \`ship --host db7.internal\` as \`DEPLOY_USER\` <!-- item: ship -->
- [ ] Ask Quentin before <!-- item: ask -->
${more}
## Later <!-- section: {id: afterwards, stage: after, controls: [NIST CM-4]} -->

- [ ] Only later <!-- item: {id: later, optional: true} -->

\`\`\`sh
ship --host db7.internal --all
\`\`\`
`;
const shop = checklist(text());
const people = ["Zelda Quux", "Quentin O'Hara", "quentin", "zelda", "Quux"];
const changes: Changes = {
  people: [
    { id: "zelda", name: "Zelda Quux", role: "Lead" },
    { id: "quentin", name: "Quentin O'Hara" },
  ],
  results: {
    ship: {
      by: "zelda",
      at: at("22:10"),
      note: "QUENTIN watched; see zelda's log, ship --host db7.internal",
      evidence: ["zelda-log"],
      attempts: [{ status: "failed", by: "quentin", at: at("22:05"), reason: "Zelda Quux was late" }],
    },
    ask: { status: "failed", by: "quentin", reason: "<b>Zelda</b>" },
    later: null,
  },
  evidence: [{ id: "zelda-log", name: "Zelda.txt", by: "zelda", sha256: "a".repeat(64) }],
  commands: [],
  incidents: [{ at: at("22:20"), text: "Quux fell asleep", notified: [{ who: "Hotline Harry", level: 1 }] }],
  signatures: [{ role: "Lead", by: "zelda", meaning: "approval", at: at("22:30"), method: "typed" }],
};
const judged = report(shop, night(shop, changes));

function pageOf(kinds: readonly Redactable[]): { html: string; json: string } {
  const copy = redacted(judged, shop, kinds);
  const original = { page: `sha256:${"b".repeat(64)}` };
  const html = renderReport(copy.report, copy.checklist, {
    css: "",
    styleHash: createHash("sha256").update("").digest("base64"),
    pictures: new Map(),
    organisation: "Acme",
    url: "https://runs.example.com",
    redacted: { kinds, places: copy.places, pictures: 0, original },
  });
  return { html: decode(html), json: JSON.stringify(copy.report) };
}

test("no name, no part of one and no id of a person is left, in text, attributes or JSON", () => {
  const { html, json } = pageOf(["people"]);
  for (const name of [...people, "O'Hara", "Harry"])
    for (const place of [html, json])
      expect([name, place.toLowerCase().includes(name.toLowerCase())]).toEqual([name, false]);
  expect(html).toContain("REDACTED COPY: people taken out");
  expect(html).toContain(`sha256:${"b".repeat(64)}`);
  expect(html).toContain("ship --host db7.internal");
});

test("a person is the same number everywhere, and another than the next", () => {
  const { report: copy } = redacted(judged, shop, ["people"]);
  const by = copy.items.find(({ id }) => id === "ship")?.by?.name;
  expect(copy.signatures.find(({ state }) => state === "signed")?.by?.name).toBe(by);
  expect(copy.items.find(({ id }) => id === "ask")?.by?.name).not.toBe(by);
  expect(by).toMatch(/^\[person \d+\]$/);
});

test("commands go from the text, from blocks and from notes; names in code type stay", () => {
  const { html, json } = pageOf(["commands"]);
  for (const place of [html, json]) expect(place).not.toContain("db7.internal");
  expect(html).toContain("DEPLOY_USER");
  expect(html).toContain("Zelda Quux");
  expect(html).toContain("[command taken out]");
});

test("outcome, finding, counts, statuses and the number of everything are as they were, and every place is counted", () => {
  const { report: copy, places } = redacted(judged, shop, ["people", "commands"]);
  expect([
    copy.outcome,
    copy.finding,
    copy.counts,
    copy.provenance.records.map(({ digest }) => digest),
  ]).toEqual([
    judged.outcome,
    judged.finding,
    judged.counts,
    judged.provenance.records.map(({ digest }) => digest),
  ]);
  expect(copy.items.map(({ id, status }) => [id, status])).toEqual(
    judged.items.map(({ id, status }) => [id, status]),
  );
  expect(places.map(({ where }) => where)).toEqual(
    expect.arrayContaining(["items", "signatures", "evidence", "incidents"]),
  );
  expect(redacted(judged, shop, [])).toMatchObject({ report: judged, checklist: shop, places: [] });
});

test("every link of a copy leads to something in it", () => {
  const { html } = pageOf(["people", "commands"]);
  const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
  const dead = [...html.matchAll(/href="#([^"]*)"/g)].flatMap(([, id]) => (ids.has(id ?? "") ? [] : [id]));
  expect(dead).toEqual([]);
});

test("by control: what was looked at, what is to look at, and what was not assessed", () => {
  const rows = controlsOf(judged, shop).map(({ control, items, looked, good, notAssessed }) => [
    control,
    items.map(({ id }) => id).join(" "),
    `${good}/${looked}`,
    notAssessed,
  ]);
  expect(rows).toEqual([
    ["SOC2 CC8.1", "", "0/0", "no item names it"],
    ["ISO 8.29", "ship ask", "1/2", null],
    ["NIST CM-4", "later", "0/0", "nothing was looked at for it"],
  ]);
  const { html } = pageOf(["people"]);
  expect(html).toMatch(/By control/);
  expect(html).toMatch(/not assessed/);
});

test("against another version the page says what changed since, and that nothing of it was asked", () => {
  const other = checklist(text("- [ ] New in it <!-- item: fresh -->\n"));
  const html = renderReport(judged, shop, {
    css: "",
    styleHash: null,
    pictures: new Map(),
    organisation: "Acme",
    url: "https://runs.example.com",
    against: {
      diff: diffChecklists(shop, other),
      run: shop,
      other,
      pages: { before: "https://a.example/", after: "https://b.example/" },
    },
  });
  expect(html).toMatch(/which was run, to/);
  expect(html).toContain("New in it");
  expect(html).toContain('href="https://b.example/#fresh"');
});

test("a person whose id is a word of a role, or two letters, leaves sentences whole", () => {
  const { report: copy } = redacted(
    report(
      shop,
      night(shop, {
        people: [
          { id: "lead", name: "Zelda Quux", role: "Lead" },
          { id: "is", name: "Ivo S." },
        ],
        results: {
          ship: {
            by: "lead",
            note: "The lead says it is done",
            attempts: [{ status: "failed", by: "is", note: "is" }],
          },
        },
      }),
    ),
    shop,
    ["people"],
  );
  const item = copy.items.find(({ id }) => id === "ship");
  expect(item?.note).toBe("The lead says it is done");
  expect(item?.attempts[0]?.note).toMatch(/^\[person \d\]$/);
  expect(item?.by).toMatchObject({ id: "[person 1]", name: "[person 1]", role: "Lead" });
  expect(JSON.stringify(copy)).not.toContain("Zelda");
});
