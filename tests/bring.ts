/** Brings texts in, and holds what every import must hold. */
import { expect } from "vitest";
import { applyEdits } from "../src/source/edits.ts";
import { decodeBytes } from "../src/source/encoding/bytes.ts";
import { importBytes } from "../src/source/importer/report.ts";

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const bring = (bytes: Uint8Array, name = "night.md", fenced = false) =>
  importBytes(bytes, name, { id: "night", version: "1.0.0", name, fenced, known: [] });

/**
 * What every import must hold: reported edits make it, and nothing is left to do. That it is brought in once more
 * without a refusal says that `check` finds no error in it.
 */
export function examine(bytes: Uint8Array, name: string, fenced = false) {
  const { report, text } = bring(bytes, name, fenced);
  if (text === null) return { report, text };
  const read = decodeBytes(bytes);
  if ("error" in read) throw new Error(read.error);
  const edits = report.edits.map((edit) => ({ ...edit, why: "", candidates: [] }));
  expect(applyEdits(read.text, edits), `${name}: bytes beside the edits`).toBe(text);
  const again = bring(bytesOf(text), name);
  expect(again.report, `${name}: imported again`).toMatchObject({ refused: null, edits: [] });
  expect(again.text).toBe(text);
  return { report, text };
}
