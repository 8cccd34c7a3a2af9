/** Digests of documents that change only when the layout does. UPDATE_FIXTURES=1 writes them anew. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const folder = fileURLToPath(new URL("fixtures/pdf", import.meta.url));

/** A value as it was when its document was looked at last, so that the document follows from the layout alone. */
export function goldenInput<T>(name: string, made: T): T {
  const file = `${folder}/${name}.json`;
  if (process.env.UPDATE_FIXTURES) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify(made)}\n`);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Compares a document with its digest under `tests/fixtures/pdf`. */
export function expectGolden(name: string, bytes: Uint8Array): void {
  const file = `${folder}/${name}.sha256`;
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (process.env.UPDATE_FIXTURES) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${digest}\n`);
  }
  const known = existsSync(file) ? readFileSync(file, "utf8").trim() : "none";
  expect(
    digest,
    `${name} is laid out otherwise; look at it, then write its digest with UPDATE_FIXTURES=1`,
  ).toBe(known);
}
