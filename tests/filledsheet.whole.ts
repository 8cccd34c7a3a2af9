/** A sheet of ours, filled by another program as people do it, handed in, stored with the file itself. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zlibSync } from "fflate";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "vitest";
import { digestOf } from "../src/archive/canonical.ts";
import { readRun } from "../src/archive/read.ts";
import { readForm } from "../src/pdf/form.ts";
import { makeProject, type } from "./terminal.ts";

const source = `---
title: Shop deployment
signoffs: [{id: lead, role: Lead, meaning: approval}]
---

## Night <!-- section: {id: night, stage: change} -->

- [ ] Deploy <!-- item: deploy -->
- [ ] Look <!-- item: look.twice -->
`;

/** Saves as pdf.js does when somebody has typed and ticked: changes at the end of the file. */
async function fill(bytes: Uint8Array, values: Readonly<Record<string, string | true>>): Promise<Uint8Array> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const found = (await document.getFieldObjects()) as unknown as ReadonlyMap<
    string,
    readonly { id: string }[]
  >;
  for (const [name, value] of Object.entries(values))
    for (const { id } of found.get(name) ?? []) if (id) document.annotationStorage.setValue(id, { value });
  return document.saveDocument();
}

test("what was typed and ticked is stored as a record on paper, with the file as its input", async () => {
  const root = makeProject({
    "content/site.yaml": "organisation: Shop\nurl: https://example.com\n",
    "content/checklists/shop/1.0.0.md": source,
  });
  await type(root, ["sheet", "shop@1.0.0", "-o", "blank.pdf"]);
  const filled = await fill(new Uint8Array(readFileSync(join(root, "blank.pdf"))), {
    "run.run": "night",
    "run.deployment.environment": "Zürich – east",
    "section.night.date": "2026-03-04",
    "section.night.start": "23:30",
    "person.1.name": "Łucja Ōe",
    "person.1.initials": "ŁŌ",
    "item.deploy.pass": true,
    "item.deploy.by": "ŁŌ",
    "item.deploy.at": "00:10",
    "item.look:twice.fail": true,
    "section.night.reason.1.item": "1.2",
    "section.night.reason.1.text": "it was (too) dark",
  });
  writeFileSync(join(root, "filled.pdf"), filled);
  const vague = await type(root, ["ingest", "filled.pdf"]);
  expect([vague.code, vague.stdout]).toEqual([1, expect.stringContaining("run.offset: is empty")]);
  const stored = await type(root, ["ingest", "filled.pdf", "--timezone", "Europe/Warsaw"]);
  expect(stored.stdout).toMatch(/^STORED/);
  const { run } = readRun(root, "night");
  const [envelope] = run?.envelopes ?? [];
  expect(envelope?.inputs).toEqual([{ name: "filled.pdf", sha256: digestOf(filled) }]);
  expect(envelope?.record).toMatchObject({
    asOf: "2026-03-05T00:10:00+01:00",
    deployment: { environment: "Zürich – east" },
    people: [{ id: "ŁŌ", name: "Łucja Ōe", role: "Lead" }],
    results: [
      { item: "deploy", status: "passed", by: "ŁŌ", at: "2026-03-05T00:10:00+01:00" },
      { item: "look.twice", status: "failed", reason: "it was (too) dark" },
    ],
    source: { kind: "paper" },
  });
  const again = await type(root, ["ingest", "filled.pdf", "--timezone", "Europe/Warsaw"]);
  expect(again.stdout).toContain("it was already; nothing changed");
});

test("a sheet that was printed half-filled, or with its head, goes on where it stands", async () => {
  const results = {
    schema: "countersign/run@1",
    run: "night",
    asOf: "2026-03-04T23:40:30+01:00",
    checklist: { id: "shop", version: "1.0.0" },
    deployment: { environment: "production", from: "1" },
    people: [{ id: "ada", name: "Ada L.", role: "Lead" }],
    sections: [{ section: "night", start: "2026-03-04T23:30:10+01:00" }],
    results: [{ item: "deploy", status: "passed", by: "ada", at: "2026-03-04T23:40:30+01:00" }],
  };
  const files = {
    "content/site.yaml": "organisation: Shop\nurl: https://example.com\n",
    "content/checklists/shop/1.0.0.md": source,
    "first.json": JSON.stringify(results),
  };
  const root = makeProject(files);
  await type(root, ["sheet", "shop@1.0.0", "--run", "first.json", "-o", "half.pdf"]);
  const half = new Uint8Array(readFileSync(join(root, "half.pdf")));
  const values = {
    "item.look:twice.fail": true,
    "item.look:twice.by": "AL",
    "item.look:twice.at": "00:20",
    "section.night.end": "00:30",
    "section.night.reason.1.item": "1.2",
    "section.night.reason.1.text": "too dark",
  } as const;
  writeFileSync(join(root, "filled.pdf"), await fill(half, values));
  const early = await type(root, ["ingest", "filled.pdf"]);
  expect([early.code, early.stdout]).toEqual([1, expect.stringContaining("record 1 of the run 'night'")]);
  await type(root, ["ingest", "first.json"]);
  const stored = await type(root, ["ingest", "filled.pdf"]);
  expect(stored.stdout).toMatch(/^STORED/);
  const { run } = readRun(root, "night");
  const [first, second] = run?.envelopes ?? [];
  expect(second?.record).toEqual({
    schema: "countersign/run@1",
    run: "night",
    asOf: "2026-03-05T00:30:00+01:00",
    previous: first?.digest,
    checklist: first?.record.checklist,
    deployment: { environment: "production" },
    window: {},
    fields: {},
    answers: {},
    people: [],
    sections: [{ section: "night", end: "2026-03-05T00:30:00+01:00" }],
    results: [
      {
        item: "look.twice",
        status: "failed",
        by: "ada",
        at: "2026-03-05T00:20:00+01:00",
        reason: "too dark",
      },
    ],
    decisions: [],
    signatures: [],
    source: { kind: "paper" },
  });
  const other = makeProject(files);
  const head = ["--field", "environment=staging", "--field", "run=morning", "--field", "offset=+02:00"];
  await type(other, ["sheet", "shop@1.0.0", ...head, "-o", "head.pdf"]);
  const blank = new Uint8Array(readFileSync(join(other, "head.pdf")));
  const date = { "section.night.date": "2026-03-05" };
  writeFileSync(join(other, "filled.pdf"), await fill(blank, { ...values, ...date }));
  expect((await type(other, ["verify", "head.pdf"])).stdout).toMatch(/fields\.json.*HOLDS/s);
  expect((await type(other, ["ingest", "filled.pdf"])).stdout).toMatch(/^STORED/);
  expect(readRun(other, "morning").run?.envelopes[0]?.record).toMatchObject({
    deployment: { environment: "staging" },
    results: [{ item: "look.twice", at: "2026-03-05T00:20:00+02:00" }],
  });
});

test("a small file that unpacks to more than anybody has is refused", () => {
  const bomb = Buffer.from(zlibSync(new Uint8Array(80_000_000))).toString("latin1");
  const text = `%PDF-1.7\n1 0 obj\n<< /Type /XRef /W [1 4 2] /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n${bomb}\nendstream\nendobj\nstartxref\n9\n%%EOF\n`;
  expect(bomb.length).toBeLessThan(100_000);
  expect(() => readForm(Uint8Array.from(text, (char) => char.charCodeAt(0)))).toThrow(/64 MiB/);
});
