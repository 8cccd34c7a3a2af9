/** What tests of sheets share: how one is made, and what is wrong with any. */
import { readFileSync } from "node:fs";
import type { Checklist } from "../src/model/checklist.ts";
import type { PdfFile } from "../src/pdf/file.ts";
import { mm } from "../src/pdf/scale.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { checkFile, splitRows } from "./pdfcheck.ts";
import { fonts, outside, overlaps, type ReadPage } from "./pdftext.ts";

export function options(checklist: Checklist, rest: Partial<SheetOptions> = {}): SheetOptions {
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
export const margin = { left: mm(20), right: mm(13), top: mm(8), bottom: mm(7) };

/** Faults of any sheet at all. */
export function faultsOf(file: PdfFile, pages: readonly ReadPage[]): string[] {
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

const runSchema: Schema = JSON.parse(
  readFileSync(new URL("../public/schema/run-1.json", import.meta.url), "utf8"),
);

/** Is there such a place in a record, by its published schema? */
export function isPlace(pointer: string | null): boolean {
  let schema: Schema | undefined = pointer === null ? undefined : runSchema;
  for (const part of pointer?.split("/").slice(1) ?? []) {
    const open = schema?.additionalProperties;
    const inner: Schema | undefined = typeof open === "object" ? open : open === true ? {} : undefined;
    schema = part === "*" ? (schema?.items ?? inner) : schema?.properties?.[part];
  }
  return schema !== undefined;
}

export function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}
