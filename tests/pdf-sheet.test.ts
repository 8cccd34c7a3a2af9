/** Sign-off sheets: of all checklists in `content/`, and of texts that are hard to set. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { placeOfBlank } from "../src/model/blank.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { outlineOf } from "../src/model/outline.ts";
import type { Lock } from "../src/model/site.schema.ts";
import { PdfFile } from "../src/pdf/file.ts";
import type { Unprintable } from "../src/pdf/fonts.ts";
import { mm } from "../src/pdf/scale.ts";
import { TICKS } from "../src/pdf/sheet/columns.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { checklist as build } from "./build.ts";
import { expectGolden } from "./golden.ts";
import { newest } from "./ours.ts";
import { checkFile, fieldNames, splitRows } from "./pdfcheck.ts";
import { attachmentOf, fonts, openPdf, outside, overlaps, type ReadPage, readPages } from "./pdftext.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const checklists = newest().map(({ checklist }) => checklist);
const lock: Pick<Lock, "checklists"> = JSON.parse(readFileSync(`${root}content/lock.json`, "utf8"));

function options(checklist: Checklist, rest: Partial<SheetOptions> = {}): SheetOptions {
  return {
    fonts,
    paper: "a4",
    organisation: "Example",
    url: "https://runbooks.example.com",
    source: new TextEncoder().encode(`source of ${checklist.id}`),
    released: "2026-03-01",
    tool: "0.0.0",
    ...rest,
  };
}

/** Margins without head and foot, which stand in them. */
const margin = { left: mm(20), right: mm(13), top: mm(8), bottom: mm(7) };

/** Faults of any sheet at all. */
function faultsOf(file: PdfFile, pages: readonly ReadPage[]): string[] {
  const split = splitRows(file);
  return [
    ...checkFile(file),
    ...(split > 0 ? [`${split} rows are split`] : []),
    ...pages.flatMap((page, i) => [
      ...outside(page, margin).map((what) => `page ${i + 1}: ${what} is outside the margins`),
      ...overlaps(page).map((what) => `page ${i + 1}: ${what} lie on each other`),
    ]),
  ];
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

const runSchema: Schema = JSON.parse(readFileSync(`${root}public/schema/run-1.json`, "utf8"));

/** Is there such a place in a record, by its published schema? */
function isPlace(pointer: string | null): boolean {
  let schema: Schema | undefined = pointer === null ? undefined : runSchema;
  for (const part of pointer?.split("/").slice(1) ?? []) {
    const open = schema?.additionalProperties;
    const inner: Schema | undefined = typeof open === "object" ? open : open === true ? {} : undefined;
    schema = part === "*" ? (schema?.items ?? inner) : schema?.properties?.[part];
  }
  return schema !== undefined;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}

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

    test("takes no more paper than it needs", () => {
      expect(pages.length).toBeLessThanOrEqual(items.length > 145 ? 19 : 14);
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
    expect(text).toContain("[Hebrewtext,4characters,notprinted]");
    expect(text).toContain("A&B<Co>");
    expect(problems.map(({ kind }) => kind)).toEqual(["missing-glyph", "missing-glyph", "right-to-left"]);
  });

  test("is laid out as it was looked at last", () => {
    expectGolden("sheet", bytes);
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
  expect(names).not.toContain("item.do-it.by");
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
