/** Real sheets that another library fills in and saves anew: both standards hold, and what was filled in is read. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFCheckBox, PDFDocument, PDFTextField } from "@cantoo/pdf-lib";
import { create } from "fontkit";
import { beforeAll, describe, expect, test } from "vitest";
import { readFilled } from "../scripts/filled.ts";
import { readFilledSheet } from "../scripts/filledsheet.ts";
import { assemble } from "../src/model/assemble.ts";
import { outlineOf } from "../src/model/outline.ts";
import type { WrittenRecord } from "../src/model/run.schema.ts";
import type { PdfFile } from "../src/pdf/file.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { initialsOf } from "../src/pdf/sheet/filling.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { openForeign } from "./foreignfile.ts";
import { ours } from "./ours.ts";
import { checkFile } from "./pdfcheck.ts";
import { fonts } from "./pdftext.ts";
import { hasPoppler } from "./poppler.ts";
import { options } from "./sheets.ts";

const { checklist, source } = ours("restaurant-os", "6.0.4");
const { items } = outlineOf(checklist);
const examples = "content/examples/2026-03-04-restaurant-os-prod";

type Values = Readonly<Record<string, string | true>>;

const HEAD: Values = {
  "run.run": "refilled",
  "run.deployment.environment": "production",
  "run.offset": "-05:00",
  "run.window.plannedStart": "2026-02-20 22:00",
  "person.1.name": "Łucja Ōe",
  "person.1.initials": "LO",
};

/** How a program may save what was filled in. */
const WAYS = {
  "objects packed": { draw: false, appended: false, packed: true },
  "objects plain": { draw: false, appended: false, packed: false },
  "changes appended": { draw: false, appended: true, packed: true },
  "text drawn with a font of its own": { draw: true, appended: false, packed: true },
} as const;

/** Ticks and types as another library does it. What it draws itself is drawn with a font that it embeds. */
async function refill(
  sheet: Uint8Array,
  values: Values,
  { draw, appended, packed }: (typeof WAYS)[keyof typeof WAYS],
): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(sheet, { forIncrementalUpdate: appended });
  const form = pdf.getForm();
  const fields = new Map(form.getFields().map((field) => [field.getName(), field]));
  for (const [name, value] of Object.entries(values)) {
    const field = fields.get(name);
    if (field instanceof PDFCheckBox && value === true) field.check();
    else if (field instanceof PDFTextField && typeof value === "string") field.setText(value);
    else throw new Error(`${name} cannot hold ${value}`);
  }
  if (draw) {
    pdf.registerFontkit({ create } as unknown as Parameters<PDFDocument["registerFontkit"]>[0]);
    form.updateFieldAppearances(await pdf.embedFont(fonts.regular));
  }
  return pdf.save({ useObjectStreams: packed, updateFieldAppearances: false });
}

/** Every third item passed, every third failed with a value where one is asked, the others left open. */
function nightOf(open: (name: string) => boolean): Values {
  const values: Record<string, string | true> = {};
  items.forEach(({ id, derived, signs, limits }, at) => {
    const place = `item.${id.replaceAll(".", ":")}`;
    const box = `${place}.${at % 3 === 0 ? "pass" : "fail"}`;
    if (derived !== null || signs !== null || at % 3 === 2 || !open(box)) return;
    values[box] = true;
    values[`${place}.by`] = "LO";
    values[`${place}.at`] = "22:15";
    for (const { metric } of limits) values[`${place}.value.${metric}`] = "1.25";
  });
  return values;
}

/** Ticked items, by what is recorded of them. */
function ticked(values: Values): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(values).flatMap((name) => {
      const [, id, box] = /^item\.([^.]+)\.(pass|fail)$/.exec(name) ?? [];
      return id === undefined ? [] : [[id.replaceAll(":", "."), box === "pass" ? "passed" : "failed"]];
    }),
  );
}

function statuses({ results }: WrittenRecord): unknown {
  return Object.fromEntries(results.map(({ item, status }) => [item, status]));
}

async function openBlanks(sheet: Uint8Array): Promise<ReadonlySet<string>> {
  const form = (await PDFDocument.load(sheet)).getForm();
  return new Set(form.getFields().map((field) => field.getName()));
}

function renderOurs(rest: Partial<SheetOptions> = {}): Promise<Uint8Array> {
  return renderSheet(checklist, options(checklist, { source, ...rest }));
}

function recordOf(bytes: Uint8Array): { record: WrittenRecord; problems: readonly string[] } {
  const { results, problems } = readFilledSheet(
    bytes,
    "refilled.pdf",
    () => null,
    () => true,
  );
  if (results === null) throw new Error(problems.map(({ reason }) => reason).join("; "));
  return {
    record: JSON.parse(new TextDecoder().decode(results)),
    problems: problems.map(({ pointer, reason }) => `${pointer}: ${reason}`),
  };
}

/** How dark each box of a page is within its frame, from 0 to 1, as poppler draws it. */
function inkOf(bytes: Uint8Array, file: PdfFile, page: number): ReadonlyMap<string, number> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-"));
  try {
    writeFileSync(join(folder, "in.pdf"), bytes);
    const number = String(page + 1);
    execFileSync("pdftoppm", ["-r", "144", "-gray", "-f", number, "-l", number, "in.pdf", "out"], {
      cwd: folder,
    });
    const width = String(file.pages.length).length;
    const image = readFileSync(join(folder, `out-${number.padStart(width, "0")}.pgm`));
    const [, columns = "", rows = ""] =
      /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(image.toString("latin1", 0, 40)) ?? [];
    const pixels = image.subarray(image.length - Number(columns) * Number(rows));
    return new Map(
      boxesOf(file, page).map(([name, [left, bottom, right, top]]) => {
        let sum = 0;
        let count = 0;
        for (let y = Number(rows) - top * 2 + 5; y < Number(rows) - bottom * 2 - 5; y += 1)
          for (let x = left * 2 + 5; x < right * 2 - 5; x += 1) {
            sum += 255 - (pixels[Math.round(y) * Number(columns) + Math.round(x)] ?? 255);
            count += 255;
          }
        return [name, sum / count];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Area = readonly [left: number, bottom: number, right: number, top: number];

/** Check boxes of a page by their full names. */
function boxesOf(file: PdfFile, page: number): (readonly [string, Area])[] {
  return file.list(file.dict(file.pages[page]).get("Annots")).flatMap((entry) => {
    const data = file.dict(entry);
    if (file.name(data.get("FT")) !== "Btn") return [];
    const names: string[] = [];
    for (let at = data; at.size > 0; at = file.dict(at.get("Parent")))
      names.unshift(file.text(at.get("T")) ?? "");
    const [left = 0, bottom = 0, right = 0, top = 0] = file.list(data.get("Rect")).map(Number);
    return [[names.join("."), [left, bottom, right, top]] as const];
  });
}

describe.each(["blank", "half-filled"] as const)("a %s sheet", (kind) => {
  let sheet = new Uint8Array();
  let values: Values = {};

  beforeAll(async () => {
    const filling = kind === "blank" ? null : readFilled([`${examples}/1.json`], ".", checklist);
    if (filling && !("filled" in filling)) throw new Error(filling.reasons.join("; "));
    sheet = new Uint8Array(await renderOurs(filling ? { filled: filling.filled } : {}));
    const open = await openBlanks(sheet);
    values = { ...(filling ? {} : HEAD), ...nightOf((name) => open.has(name)) };
    expect(Object.keys(ticked(values)).length).toBeGreaterThan(40);
  });

  test.each(Object.entries(WAYS))("%s: both standards hold, ticks are drawn", async (_, way) => {
    const saved = await refill(sheet, values, way);
    const file = openForeign(saved);
    expect(file.pages.length).toBeGreaterThan(8);
    expect(checkFile(file)).toEqual([]);
    if (!hasPoppler) return console.log("not looked at: pdftoppm is not installed");
    for (const page of [2, file.pages.length - 3]) {
      const wrong = [...inkOf(saved, file, page)].filter(
        ([name, ink]) => ink > 0.1 !== (values[name] === true),
      );
      expect(wrong).toEqual([]);
    }
  });

  test("a library that draws text with a font it does not embed is the only fault of its default", async () => {
    const pdf = await PDFDocument.load(sheet);
    pdf
      .getForm()
      .getTextField(Object.keys(values).find((name) => /\.by$/.test(name)) ?? "")
      .setText("LO");
    expect(checkFile(openForeign(await pdf.save()))).toEqual(["Helvetica is not embedded"]);
  });
});

/** The same from every way of saving. */
async function readAll(sheet: Uint8Array, values: Values): Promise<ReturnType<typeof recordOf>> {
  const readings = await Promise.all(
    Object.values(WAYS).map(async (way) => recordOf(await refill(sheet, values, way))),
  );
  const [first, ...others] = readings;
  if (!first) throw new Error("nothing was saved");
  for (const other of others) expect(other).toEqual(first);
  return first;
}

test("what was filled into a blank sheet is read, however it was saved", async () => {
  const sheet = await renderOurs();
  const open = await openBlanks(sheet);
  const values = { ...HEAD, ...nightOf((name) => open.has(name)) };
  const { record, problems } = await readAll(sheet, values);
  expect(problems).toEqual([]);
  expect(record).toMatchObject({ run: "refilled", people: [{ id: "LO", name: "Łucja Ōe" }] });
  expect(statuses(record)).toEqual(ticked(values));
  const observed = record.results.flatMap((result) => result.observed ?? []);
  expect(observed.length).toBe(Object.keys(values).filter((name) => name.includes(".value.")).length);
  expect(new Set(observed.map(({ value }) => value))).toEqual(new Set(["1.25"]));
});

test("what was added to a half-filled sheet is read, and is the next record of its run", async () => {
  const filling = readFilled([`${examples}/1.json`], ".", checklist);
  if (!("filled" in filling)) throw new Error(filling.reasons.join("; "));
  const { run } = filling.filled;
  const sheet = await renderOurs({ filled: filling.filled });
  const open = await openBlanks(sheet);
  // Initials that the sheet has printed for somebody whom the run knows.
  const [person] = run.people;
  const initials = initialsOf(run.people).get(person?.id ?? "") ?? "";
  const night = Object.entries(nightOf((name) => open.has(name)));
  const values = Object.fromEntries(
    night.map(([name, value]) => [
      name,
      name.endsWith(".by") ? initials : name.endsWith(".at") ? "2026-03-04 22:15" : value,
    ]),
  );
  const { record, problems } = await readAll(sheet, values);
  expect(problems).toEqual([]);
  expect(record).toMatchObject({ run: run.id, asOf: "2026-03-04T22:15:00-05:00", people: [], sections: [] });
  expect(record.deployment).toEqual({ environment: run.deployment.environment });
  expect(statuses(record)).toEqual(ticked(values));
  expect(new Set(record.results.map(({ by }) => by))).toEqual(new Set([person?.id]));
  const assembly = assemble([...run.chain, { record, digest: "sha256:", receivedAt: null }]);
  expect("faults" in assembly ? assembly.faults : []).toEqual([]);
});
