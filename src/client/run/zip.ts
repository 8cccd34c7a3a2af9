/** Files in one archive. They are pictures and logs of a night: stored as they are, nothing is compressed. */
import { zipSync } from "fflate";
import type { Attached } from "./evidence.ts";

export async function zipped(files: readonly Attached[]): Promise<Blob> {
  const entries: Record<string, Uint8Array> = {};
  for (const { path, blob } of files) entries[path] = new Uint8Array(await blob.arrayBuffer());
  // A fixed time: the same evidence gives the same archive.
  const bytes = zipSync(entries, { level: 0, mtime: new Date("1980-01-01T12:00:00Z") });
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/zip" });
}
