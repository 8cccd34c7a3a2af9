/** Sign-off sheets of all checklists in `content/`. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { placeOfBlank } from "../src/model/blank.ts";
import { outlineOf } from "../src/model/outline.ts";
import type { Lock } from "../src/model/site.schema.ts";
import { PdfFile } from "../src/pdf/file.ts";
import { TICKS } from "../src/pdf/sheet/columns.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { newest } from "./ours.ts";
import { pagesNeeded } from "./paperneed.ts";
import { fieldNames } from "./pdfcheck.ts";
import { type ReadPage, readPages } from "./pdftext.ts";
import { faultsOf, isPlace, options, squeeze } from "./sheets.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const checklists = newest().map(({ checklist }) => checklist);
const lock: Pick<Lock, "checklists"> = JSON.parse(readFileSync(`${root}content/lock.json`, "utf8"));

describe.each(checklists.map((checklist) => [`${checklist.id}@${checklist.version}`, checklist] as const))(
  "%s",
  (_, checklist) => {
    const { items, sections } = outlineOf(checklist);
    let bytes = new Uint8Array();
    let file: PdfFile;
    let pages: ReadPage[] = [];

    beforeAll(async () => {
      bytes = new Uint8Array(
        await renderSheet(
          checklist,
          options(checklist, { released: lock.checklists[checklist.id]?.[checklist.version]?.date ?? null }),
        ),
      );
      file = new PdfFile(bytes);
      pages = await readPages(bytes);
    });

    test("keeps both standards, splits nothing, overlaps nothing", () => {
      expect(faultsOf(file, pages)).toEqual([]);
    });

    test("takes at most a fifth more paper than it needs", () => {
      expect(pages.length).toBeLessThanOrEqual(pagesNeeded(checklist) * 1.2);
    });

    test("prints every item and every section, once each", () => {
      const text = squeeze(pages.map((page) => page.text).join(" "));
      for (const item of items)
        expect(text).toContain(squeeze(item.number + (item.band ?? "").toUpperCase()));
      for (const section of sections) expect(text).toContain(squeeze(section.text));
    });

    test("gives every item its boxes, initials and time, and every value a cell", () => {
      const names = new Set(fieldNames(file));
      const missing = items
        .filter((item) => item.derived === null && item.signs === null)
        .flatMap((item) => {
          const id = item.id.replaceAll(".", ":");
          const ticks = TICKS[item.role]
            .filter(({ key }) => key !== "na" || !item.mandatory)
            .map(({ key }) => key);
          const values = item.limits.map(({ metric }) => `value.${metric}`);
          const captures = item.captures.map((capture) => `capture.${capture.id}`);
          return [...ticks, "by", "at", ...values, ...captures, ...(item.evidence ? ["evidence"] : [])].map(
            (part) => `item.${id}.${part}`,
          );
        })
        .filter((name) => !names.has(name));
      expect(missing).toEqual([]);
      for (const { id } of checklist.signoffs) expect(names).toContain(`signoff.${id}.signature`);
      for (const { id } of checklist.fields) expect(names).toContain(`field.${id}`);
    });

    test("has a place in the results JSON for every blank", () => {
      const names = fieldNames(file);
      expect(names.length).toBeGreaterThan(items.length * 3);
      expect(names.filter((name) => !isPlace(placeOfBlank(name)))).toEqual([]);
      // A blank that is new on the sheet and has no place would be found.
      for (const name of ["item.x.colour", "signoff.x.stamp", "run.weather", "log.1.2.mood"])
        expect(isPlace(placeOfBlank(name))).toBe(false);
    });

    test("says on every page what it is", () => {
      pages.forEach((page, i) => {
        expect(page.text).toContain(`page ${i + 1} of ${pages.length}`);
        expect(page.text).toContain(`${checklist.id} ${checklist.version}`);
        expect(page.text).toContain(checklist.digest.slice(7, 19));
        expect(squeeze(page.text)).toContain(
          `https://runbooks.example.com/checklists/${checklist.id}/${checklist.version}/`,
        );
        expect(page.marks).toEqual(lock.checklists[checklist.id]?.[checklist.version] ? [] : ["DRAFT"]);
      });
    });

    test("stays within its budget of bytes and pages", () => {
      const asked = items.filter((item) => item.derived === null).length;
      expect(bytes.length).toBeLessThan(90_000 + asked * 2_000);
      expect(pages.length).toBeLessThan(6 + asked / 9);
    });
  },
);

test("Letter paper holds the same sheet", async () => {
  const [checklist] = checklists;
  if (!checklist) throw new Error("no checklist");
  const bytes = await renderSheet(checklist, options(checklist, { paper: "letter" }));
  const pages = await readPages(bytes);
  expect([pages[0]?.width, pages[0]?.height]).toEqual([612, 792]);
  expect(faultsOf(new PdfFile(bytes), pages)).toEqual([]);
});

test("the same bytes in another time zone, locale and folder", async () => {
  const [checklist] = checklists;
  if (!checklist) throw new Error("no checklist");
  const script = `
    import { renderSheet } from ${JSON.stringify(`${root}src/pdf/sheet.ts`)};
    import { FONT_FILES } from ${JSON.stringify(`${root}src/pdf/fonts.ts`)};
    import { createHash } from "node:crypto";
    import { readFileSync } from "node:fs";
    const checklist = JSON.parse(readFileSync(0, "utf8"));
    const fonts = Object.fromEntries(Object.entries(FONT_FILES).map(([key, name]) =>
      [key, readFileSync(${JSON.stringify(`${root}public/fonts/`)} + name)]));
    const bytes = await renderSheet(checklist, { fonts, paper: "a4", organisation: "Example", url: "https://runbooks.example.com",
      source: new TextEncoder().encode("source of " + checklist.id), released: "2026-03-01", tool: "0.0.0" });
    console.log(createHash("sha256").update(bytes).digest("hex"));`;
  const here = createHash("sha256")
    .update(await renderSheet(checklist, options(checklist)))
    .digest("hex");
  const there = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: "/",
    input: JSON.stringify(checklist),
    env: { ...process.env, TZ: "Pacific/Auckland", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
  });
  expect(there.toString().trim()).toBe(here);
});
