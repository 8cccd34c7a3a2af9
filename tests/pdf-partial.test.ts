/** Sheets of a part, and with blanks that are known before. */
import { expect, test } from "vitest";
import { parseFields } from "../scripts/filled.ts";
import { PdfFile } from "../src/pdf/file.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { checklist as build } from "./build.ts";
import { fieldNames } from "./pdfcheck.ts";
import { readPages } from "./pdftext.ts";
import { faultsOf, options } from "./sheets.ts";

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
  const bytes = await renderSheet(plan, options(plan, rest));
  const pages = await readPages(bytes);
  expect(faultsOf(new PdfFile(bytes), pages)).toEqual([]);
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
