import { beforeAll, describe, expect, test } from "vitest";
import { placeOfBlank } from "../src/model/blank.ts";
import { PdfFile } from "../src/pdf/file.ts";
import type { Unprintable } from "../src/pdf/fonts.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { checklist as build } from "./build.ts";
import { expectGolden } from "./golden.ts";
import { checkFile, fieldNames } from "./pdfcheck.ts";
import { attachmentOf, openPdf, outside, overlaps, type ReadPage, readPages } from "./pdftext.ts";
import { faultsOf, isPlace, margin, options, squeeze } from "./sheets.ts";

const words = (count: number): string => Array.from({ length: count }, (_, i) => `word${i}`).join(" ");
const HARD = `
product: {name: "A & B <Co>", version: "1"}
fields: [{id: target, label: Target, type: datetime, required: true}]
metrics: [{id: error_rate, label: Error rate, unit: "%", better: lower, query: "sum(rate(errors[5m])) / sum(rate(requests[5m]))"}]
signoffs: [{id: lead, role: Lead, meaning: approval}]
---
# Hard to set

Text before any section, with a footnote[^1] and a [link](https://example.com/a?b=c&d=e).

[^1]: The note itself.

## Words <!-- section: {id: words, stage: before, duration: PT30M} -->
- [ ] ${words(300)} <!-- item: long -->
- [ ] ${"x".repeat(400)} <!-- item: unbroken -->
- [ ] Emoji ✅ ⚠️ 👩‍💻 🔴, arrows → ≥ ☐, CJK 漢字 and Hebrew שלום <!-- item: script -->
- [ ] Twelve lines <!-- item: twelve -->
  \`\`\`bash
  ${Array.from({ length: 12 }, (_, i) => `echo line-${i} ${"argument ".repeat(i)}`).join("\n  ")}
  \`\`\`
- [ ] Level one
  - [ ] Level two
    - [ ] Level three
      - [ ] Level four
        - [ ] Level five <!-- item: five -->
- [ ] Watched <!-- item: {id: watched, limit: ["error_rate < 1 % for 5 min"], target: "error_rate < 0.5 %", repeat: PT5M, for: PT1H, witness: true, evidence: required, capture: [{id: where, type: location, label: Where, required: true}, {id: build, type: version, label: Build}]} -->
- [ ] Same id with a dot <!-- item: a.pass -->
- [ ] Its neighbour <!-- item: a -->

| No | What | Why |
| -- | ---- | --- |
${Array.from({ length: 40 }, (_, i) => `| ${i} | ${words(3 + (i % 5))} | because of ${words(i % 9)} |`).join("\n")}

## Triggers <!-- section: {id: triggers, role: triggers, when-met: rollback, decider: Lead} -->
- [ ] It burns <!-- item: burns -->

## Way back <!-- section: {id: back, role: contingency, stage: change, duration: PT15M} -->
1. [ ] Undo <!-- item: {id: undo-it, verifies: rollback} -->
   <!-- command: {id: undo, kind: undo, on: production, danger: true, params: {TAG: the tag to go back to}} -->
   \`\`\`bash
   git checkout \${TAG}
   \`\`\`
`;

describe("a hard checklist", () => {
  const checklist = build(HARD, { id: "hard" });
  const problems: Unprintable[] = [];
  let bytes = new Uint8Array();
  let file: PdfFile;
  let pages: ReadPage[] = [];

  beforeAll(async () => {
    bytes = new Uint8Array(
      await renderSheet(checklist, options(checklist, { report: (problem) => problems.push(problem) })),
    );
    file = new PdfFile(bytes);
    pages = await readPages(bytes);
  });

  test("keeps both standards, splits nothing, overlaps nothing", () => {
    expect(faultsOf(file, pages)).toEqual([]);
  });

  test("loses no word", () => {
    const text = squeeze(pages.map((page) => page.text).join(" "));
    expect(text).toContain(squeeze(words(300)));
    expect(text).toContain("x".repeat(400));
    expect(text).toContain("echoline-11");
    expect(text).toContain("[U+6F22][U+5B57]");
    expect(text).toContain("שלום");
    expect(text).toContain("A&B<Co>");
    expect(problems.map(({ kind }) => kind)).toEqual(["missing-glyph", "missing-glyph"]);
  });

  test("is laid out as it was looked at last", () => {
    expectGolden("sheet", bytes);
  });

  test("has a place in the results JSON for every blank", () => {
    expect(fieldNames(file).filter((name) => !isPlace(placeOfBlank(name)))).toEqual([]);
  });

  test("prints a reading for every planned time", () => {
    const names = fieldNames(file);
    expect(names.filter((name) => name.startsWith("item.watched.reading."))).toHaveLength(12);
  });

  test("has a dot in an id and no clash of names", () => {
    const names = fieldNames(file);
    expect(names).toContain("item.a:pass.pass");
    expect(names).toContain("item.a.pass");
  });

  test("ends with the rollback card on a leaf of its own", async () => {
    const first = pages.findIndex(({ text }) => text.includes("Rollback card"));
    expect(first % 2).toBe(0);
    expect(
      pages
        .slice(first)
        .map(({ text }) => text)
        .join(" "),
    ).toMatch(/It burns.*ROLL BACK.*DANGER.*git checkout/);
    expect(pages.slice(0, first).some(({ text }) => text.includes("It burns"))).toBe(false);
  });

  test("carries its source and leads to its parts", async () => {
    expect(new TextDecoder().decode((await attachmentOf(bytes, "source.md")) ?? undefined)).toBe(
      "source of hard",
    );
    const pdf = await openPdf(bytes);
    for (const name of ["words", "five", "_rollback", "_note-1"])
      expect(await pdf.getDestination(name)).not.toBeNull();
    expect(await pdf.getDestination("nowhere")).toBeNull();
    await pdf.loadingTask.destroy();
  });
});

test("an item that is longer than a page goes on over the next, and loses nothing", async () => {
  const checklist = build(`## Work\n- [ ] ${words(900)} <!-- item: {id: endless, evidence: required} -->`);
  const bytes = await renderSheet(checklist, options(checklist));
  const pages = await readPages(bytes);
  expect(checkFile(new PdfFile(bytes))).toEqual([]);
  expect(pages.flatMap((page) => [...outside(page, margin), ...overlaps(page)])).toEqual([]);
  expect(squeeze(pages.map((page) => page.places.map(({ text }) => text).join(" ")).join(" "))).toContain(
    "word899",
  );
});

test("marks: a draft, and a superseded version on request only", async () => {
  const checklist = build("## Work\n- [ ] Do it <!-- item: do-it -->");
  const marksOf = async (rest: Partial<SheetOptions>): Promise<readonly string[]> =>
    (await readPages(await renderSheet(checklist, options(checklist, rest))))[0]?.marks ?? [];
  expect(await marksOf({})).toEqual([]);
  expect(await marksOf({ released: null })).toEqual(["DRAFT"]);
  expect(await marksOf({ supersededBy: "2.0.0" })).toEqual(["SUPERSEDED"]);
});

test("initials once a section leave out the column", async () => {
  const checklist = build("## Work\n- [ ] Do it <!-- item: do-it -->");
  const names = fieldNames(
    new PdfFile(await renderSheet(checklist, options(checklist, { initials: "section" }))),
  );
  expect(names).toContain("item.do-it.at");
  expect(names).toContain("section.work.by");
  expect(names).not.toContain("item.do-it.by");
});
