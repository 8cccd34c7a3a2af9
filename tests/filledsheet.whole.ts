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

test("a small file that unpacks to more than anybody has is refused", () => {
  const bomb = Buffer.from(zlibSync(new Uint8Array(80_000_000))).toString("latin1");
  const text = `%PDF-1.7\n1 0 obj\n<< /Type /XRef /W [1 4 2] /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n${bomb}\nendstream\nendobj\nstartxref\n9\n%%EOF\n`;
  expect(bomb.length).toBeLessThan(100_000);
  expect(() => readForm(Uint8Array.from(text, (char) => char.charCodeAt(0)))).toThrow(/64 MiB/);
});
