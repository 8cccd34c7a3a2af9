/** Evidence files of a results file: found inside one folder, read within limits, known by what they hold. */
import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { digestOf } from "../src/archive/canonical.ts";
import { mediaTypeOf } from "../src/archive/mediatype.ts";
import type { StoredFile } from "../src/archive/store.ts";
import { faultIn, type ResultsFile } from "../src/formats/results.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";

export const maxEvidenceBytes = 20 * 1024 * 1024;
export const maxEvidenceFiles = 200;

/** An entry under `evidence` with the bytes that were found for it. */
export interface FoundEvidence extends StoredFile {
  readonly id: string;
  readonly type: string;
  /** Where lines were taken out: which, and the digest that the file came with. */
  readonly redacted?: { readonly lines: readonly number[]; readonly original: string };
}

export interface EvidenceFolder {
  readonly path: string;
  /** Named by `--evidence`: then a file is also looked for by its digest. */
  readonly named: boolean;
}

/**
 * Reads the files that a record names.
 * @param folder where they lie; null where there is none (standard input without `--evidence`)
 */
export function readEvidence(
  results: ResultsFile,
  folder: EvidenceFolder | null,
): { readonly found: readonly FoundEvidence[]; readonly faults: readonly JsonFault[] } {
  const entries = results.record.evidence ?? [];
  const faults: JsonFault[] = [];
  const refuse = (pointer: string, reason: string, hint: string | null): void => {
    faults.push(faultIn(results, "evidence-file", pointer, reason, hint));
  };
  if (entries.length > maxEvidenceFiles) {
    refuse(
      "/evidence",
      `names ${entries.length} files; at most ${maxEvidenceFiles} are taken`,
      "put logs of one kind into one file",
    );
    return { found: [], faults };
  }
  const byDigest =
    folder?.named && entries.some(({ file, sha256 }) => !file && sha256)
      ? digestsIn(folder.path)
      : new Map<string, string>();
  const found: FoundEvidence[] = [];
  entries.forEach((entry, index) => {
    const pointer = `/evidence/${index}/file`;
    const name = entry.file ?? byDigest.get(withPrefix(entry.sha256) ?? "");
    if (name === undefined) return;
    if (folder === null) {
      refuse(pointer, `names the file '${name}', and there is no folder to look in`, "type --evidence DIR");
      return;
    }
    const read = readInside(folder.path, name);
    if ("fault" in read)
      refuse(pointer, read.fault, folder.named ? null : "type --evidence DIR if the files lie elsewhere");
    else found.push({ id: entry.id, ...read, sha256: digestOf(read.bytes), type: mediaTypeOf(read.bytes) });
  });
  return { found, faults };
}

/** `sha256:` and the digits, however the digest was written. */
export function withPrefix(sha256: string | undefined): string | undefined {
  return sha256 === undefined ? undefined : `sha256:${sha256.replace(/^sha256:/, "")}`;
}

/** Reads a file below a folder, links followed only if they stay inside it. */
function readInside(
  folder: string,
  name: string,
): { readonly bytes: Uint8Array } | { readonly fault: string } {
  const fault = faultOfPath(name);
  if (fault !== null) return { fault: `'${name}' ${fault}` };
  const path = join(folder, name);
  let file: number;
  try {
    const inside = relative(realpathSync.native(folder), realpathSync.native(path));
    if (inside === "" || inside.startsWith("..") || inside.includes(`..${sep}`))
      return { fault: `'${name}' leads out of ${folder}` };
    // Opening a pipe would wait for a writer for ever.
    if (!statSync(path).isFile()) return { fault: `'${name}' is not a file` };
    file = openSync(path, "r");
  } catch (error) {
    return {
      fault: `'${name}' cannot be read in ${folder}: ${error instanceof Error ? error.message.replace(/,.*$/, "") : String(error)}`,
    };
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return { fault: `'${name}' is not a file` };
    if (stats.size > maxEvidenceBytes)
      return { fault: `'${name}' has ${stats.size} bytes; at most ${maxEvidenceBytes} (20 MiB) are taken` };
    return { bytes: readWhole(file, stats.size) };
  } finally {
    closeSync(file);
  }
}

/** Exactly `size` bytes: a file that grows meanwhile gives no more than were allowed. */
function readWhole(file: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const read = readSync(file, bytes, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** What is wrong with the relative path of an evidence file, as the rest of a sentence, or null. */
function faultOfPath(name: string): string | null {
  if (/^[\\/]|^[A-Za-z]:/.test(name)) return "is not relative: write the path from the evidence folder";
  if (name.includes("\\")) return "holds '\\': write '/' between folders";
  if (/\p{Cc}/u.test(name)) return "holds a control character";
  const parts = name.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".."))
    return "may not hold '.', '..' or empty parts";
  if (parts.some((part) => DEVICE.test(part))) return "is the name of a device";
  return null;
}

/** Digest -> name of the files that lie directly in a folder, as far as they are within the limits. */
function digestsIn(folder: string): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true }).slice(0, 5 * maxEvidenceFiles)) {
    if (!entry.isFile()) continue;
    const read = readInside(folder, entry.name);
    if ("bytes" in read) digests.set(digestOf(read.bytes), entry.name);
  }
  return digests;
}
