/** Sheets that are filled in part from a real run. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { readFilled } from "../scripts/filled.ts";
import { canonicalJson } from "../src/archive/canonical.ts";
import { outlineOf } from "../src/model/outline.ts";
import { PdfFile } from "../src/pdf/file.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { ours } from "./ours.ts";
import { fieldNames } from "./pdfcheck.ts";
import { attachmentOf, type ReadPage, readPages } from "./pdftext.ts";
import { faultsOf, options } from "./sheets.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = "content/examples/2026-03-04-restaurant-os-prod";
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
    bytes = new Uint8Array(await renderSheet(checklist, options(checklist, { filled: filling.filled })));
    pages = await readPages(bytes);
    open = new Set(fieldNames(new PdfFile(bytes)));
  });

  test("keeps both standards, splits nothing, overlaps nothing", () => {
    expect(faultsOf(new PdfFile(bytes), pages)).toEqual([]);
  });

  test("leaves open what is open, and nothing else", async () => {
    const blank = new Set(fieldNames(new PdfFile(await renderSheet(checklist, options(checklist)))));
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
