/** Sheets that are filled in part, and sheets of a part. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { parseFields, readFilled } from "../scripts/filled.ts";
import { canonicalJson } from "../src/archive/canonical.ts";
import { outlineOf } from "../src/model/outline.ts";
import { PdfFile } from "../src/pdf/file.ts";
import { mm } from "../src/pdf/scale.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { checklist as build } from "./build.ts";
import { ours } from "./ours.ts";
import { checkFile, fieldNames, splitRows } from "./pdfcheck.ts";
import { attachmentOf, fonts, outside, overlaps, type ReadPage, readPages } from "./pdftext.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = "content/examples/2026-03-04-restaurant-os-prod";
const margin = { left: mm(20), right: mm(13), top: mm(8), bottom: mm(7) };

function options(rest: Partial<SheetOptions> = {}): SheetOptions {
  return {
    fonts,
    paper: "a4",
    organisation: "Example",
    url: "https://runbooks.example.com",
    source: new TextEncoder().encode("source"),
    released: "2026-03-01",
    tool: "0.0.0",
    ...rest,
  };
}

function faultsOf(bytes: Uint8Array, pages: readonly ReadPage[]): string[] {
  const file = new PdfFile(bytes);
  return [
    ...checkFile(file),
    ...(splitRows(file) > 0 ? ["rows are split"] : []),
    ...pages.flatMap((page) => [...outside(page, margin), ...overlaps(page)]),
  ];
}

describe("a sheet of a run that has begun", () => {
  const { checklist } = ours("restaurant-os", "6.0.4");
  const { items } = outlineOf(checklist);
  const files = [`${folder}/1.json`, `${folder}/2.json`];
  const filling = readFilled(files, root, checklist);
  let bytes = new Uint8Array();
  let pages: ReadPage[] = [];
  let open: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    if (!("filled" in filling)) throw new Error(filling.reasons.join("; "));
    bytes = new Uint8Array(await renderSheet(checklist, options({ filled: filling.filled })));
    pages = await readPages(bytes);
    open = new Set(fieldNames(new PdfFile(bytes)));
  });

  test("keeps both standards, splits nothing, overlaps nothing", () => {
    expect(faultsOf(bytes, pages)).toEqual([]);
  });

  test("leaves open what is open, and nothing else", async () => {
    const blank = new Set(fieldNames(new PdfFile(await renderSheet(checklist, options()))));
    // A line for a reason that was given may push others down; all other names are those of the blank sheet.
    expect([...open].filter((name) => !blank.has(name) && !/\.reason\.|^person\./.test(name))).toEqual([]);
    if (!("filled" in filling)) return;
    const done = new Set(filling.filled.run.results.map(({ item }) => item));
    expect(done.size).toBeGreaterThan(30);
    const ticked = items.filter((item) => item.derived === null && item.signs === null);
    for (const { id } of ticked) {
      const boxes = [...open].filter((name) =>
        new RegExp(`^item\\.${id}\\.(pass|met|clear|fired|seen)$`).test(name),
      );
      expect([id, boxes.length > 0]).toEqual([id, !done.has(id)]);
    }
  });

  test("prints who, when and what was seen", () => {
    const text = pages.map((page) => page.text).join(" ");
    expect(text).toMatch(/1\.3\.5 ✕ The main chunk of the bundle.*?84 kB AO 02-25 15:51/);
    expect(text).toContain("Amara Okeke");
  });

  test("says PARTIAL and the digest of the newest record on each page, and no verdict", () => {
    const record: unknown = JSON.parse(readFileSync(`${root}${folder}/2.json`, "utf8"));
    if (!("filled" in filling)) return;
    const digest = filling.filled.run.records.at(-1)?.digest ?? "";
    expect(record).toMatchObject({ run: filling.filled.run.id });
    for (const page of pages) {
      expect(page.marks).toEqual(["PARTIAL"]);
      expect(page.text).toContain(`record 2, ${digest.slice(7, 19)}`);
      expect(page.text).not.toMatch(/with exceptions|finding|outcome/i);
    }
  });

  test("carries its records, with the digests that they have", async () => {
    if (!("filled" in filling)) return;
    for (const [i, { digest }] of filling.filled.run.records.entries()) {
      const bytesOf = (await attachmentOf(bytes, `record-${i + 1}.json`)) ?? new Uint8Array();
      expect(`sha256:${createHash("sha256").update(bytesOf).digest("hex")}`).toBe(digest);
      expect(new TextDecoder().decode(bytesOf)).toBe(
        canonicalJson(JSON.parse(new TextDecoder().decode(bytesOf))),
      );
    }
  });

  test("refuses a run of another version, and a file that is not results", () => {
    const other = { ...checklist, version: "6.0.3" };
    expect(readFilled(files, root, other)).toMatchObject({
      reasons: [expect.stringContaining("is of restaurant-os@6.0.4, and the sheet of restaurant-os@6.0.3")],
    });
    expect(readFilled(["package.json"], root, checklist)).toHaveProperty("reasons");
    expect(() => readFilled(["none.json"], root, checklist)).toThrow("there is no file none.json");
  });
});

const plan = build(`
fields: [{id: decider, label: Rollback decision by, type: person}]
signoffs: [{id: go, role: Lead, meaning: approval, before: two}, {id: end, role: Ops, meaning: execution}]
---
## Two <!-- section: {id: two, stage: change, anchor: target, at: +PT2H} -->
- [ ] Second thing <!-- item: {id: second, owner: Ops} -->
## One <!-- section: {id: one, stage: before, anchor: target, at: -PT2H} -->
- [ ] First thing <!-- item: {id: first, owner: Dev} -->
- [ ] Own thing <!-- item: own -->
`);

async function sheetOf(rest: Partial<SheetOptions>): Promise<{ text: string; names: string[] }> {
  const bytes = await renderSheet(plan, options(rest));
  const pages = await readPages(bytes);
  expect(faultsOf(bytes, pages)).toEqual([]);
  return { text: pages.map((page) => page.text).join(" "), names: fieldNames(new PdfFile(bytes)) };
}

test("a sheet of one section has its rows and signatures, and says so", async () => {
  const { text, names } = await sheetOf({ only: { section: "two" } });
  expect(names).toContain("item.second.pass");
  expect(names).toContain("signoff.go.signature");
  expect(names.filter((name) => /^item\.(first|own)|signoff\.end|^review/.test(name))).toEqual([]);
  expect(text).toContain("only 1 Two");
});

test("a sheet of one role has what it does and signs", async () => {
  const { text, names } = await sheetOf({ only: { role: "Ops" } });
  expect(names).toContain("item.second.pass");
  expect(names).toContain("signoff.end.signature");
  expect(names.filter((name) => /^item\.(first|own)|signoff\.go/.test(name))).toEqual([]);
  expect(text).toContain("only Ops");
});

test("a sheet in order of time has the same blanks", async () => {
  const source = await sheetOf({});
  const time = await sheetOf({ order: "time" });
  expect(source.text).toMatch(/Second thing.*First thing/);
  expect(time.text).toMatch(/First thing.*Second thing/);
  expect(time.names.toSorted()).toEqual(source.names.toSorted());
});

test("a blank that is known before is printed, and no blank any more", async () => {
  const fields = parseFields(["environment=staging", "decider=Rob R."], plan);
  const { text, names } = await sheetOf({ fields });
  expect(text).toMatch(/Environment staging/);
  expect(text).toContain("Rob R.");
  expect(names).not.toContain("field.decider");
  expect(() => parseFields(["envirnment=x"], plan)).toThrow(
    'no blank "envirnment"; did you mean environment?',
  );
  expect(() => parseFields(["environment"], plan)).toThrow("--field is key=value");
});
