/** A sheet of a hundred pages: no standard is lost, and the file stays small. */
import { expect, test } from "vitest";
import { longChecklist } from "../scripts/benchpaper.ts";
import { PdfFile } from "../src/pdf/file.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { checkFile, fieldNames } from "./pdfcheck.ts";
import { options } from "./sheets.ts";

test("a hundred pages with four thousand boxes are less than 1.5 MB", async () => {
  const checklist = longChecklist(100);
  const bytes = await renderSheet(checklist, options(checklist));
  const file = new PdfFile(bytes);
  const boxes = fieldNames(file).filter((name) => /^item\..*\.(pass|fail|na)$/.test(name));
  expect(file.pages.length).toBeGreaterThanOrEqual(100);
  expect(boxes.length).toBeGreaterThanOrEqual(4000);
  expect(bytes.length).toBeLessThan(1_500_000);
  expect(checkFile(file)).toEqual([]);
}, 60_000);
