/** Sheets of a part, and with blanks that are known before. */
import { expect, test } from "vitest";
import { blankPhones, parseFields } from "../scripts/filled.ts";
import { PdfFile } from "../src/pdf/file.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { checklist as build, record, run } from "./build.ts";
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

test("phones that a sheet leaves blank are named by role, once each", () => {
  const called = build(`
contacts: [{role: Lead, for: everything}, {role: DBA, for: the database}]
escalation: [{level: 1, role: Lead, from: PT0M, to: PT5M}, {level: 2, role: Sponsor, from: PT5M}]
---
## Work
- [ ] Do it <!-- item: do-it -->
`);
  const people = [
    { id: "a", name: "A", role: "lead", phone: "+46 1" },
    { id: "b", name: "B", role: "DBA" },
  ];
  expect(blankPhones(called, null)).toEqual(["Lead", "DBA", "Sponsor"]);
  expect(blankPhones(called, { run: run(called, record(called, { people })), records: [] })).toEqual([
    "DBA",
    "Sponsor",
  ]);
  expect(blankPhones(plan, null)).toEqual([]);
});

test("a short front page is shared with what follows, and one that is nearly full is not", async () => {
  const pageOf = async (text: string): Promise<number> => {
    const one = build(text);
    const pages = await readPages(await renderSheet(one, options(one)));
    return pages.findIndex((page) => page.text.includes("Very first thing"));
  };
  const item = "## Work\n- [ ] Very first thing <!-- item: do-it -->\n";
  const contacts = Array.from({ length: 9 }, (_, i) => `{role: Role ${i}, for: a thing}`).join(", ");
  expect(await pageOf(item)).toBe(0);
  expect(await pageOf(`contacts: [${contacts}]\n---\n${item}`)).toBe(1);
});
