/** Samples and schemas of other tools, where the machine has them: `COUNTERSIGN_FORMATS` or a folder beside the project. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.COUNTERSIGN_FORMATS ?? join(import.meta.dirname, "../../shared/formats");

/** The bytes of a sample; null where this machine has none of them. */
export function sampleOf(name: string): Uint8Array | null {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path) : null;
}

/** Why a test about samples is skipped. */
export const noSamples = `no samples of other tools in ${folder}: set COUNTERSIGN_FORMATS to a folder that has them`;

/** A public schema, parsed; null where this machine has none of them. */
export function schemaOf(name: string): object | null {
  const bytes = sampleOf(name);
  return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as object);
}
