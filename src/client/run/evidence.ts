/** Files that prove something: hashed on this computer, kept until they are handed in, never sent anywhere. */
import type { WrittenRecord } from "../../model/run.schema.ts";
import { keepFile, readFile } from "./store.ts";

export interface HashedFile {
  readonly name: string;
  readonly type?: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Where `ingest --evidence` finds it. */
  readonly file: string;
}

/** Keeps what was chosen, by its digest. */
export async function keepFiles(chosen: readonly FormDataEntryValue[]): Promise<readonly HashedFile[]> {
  const files = chosen.filter((one): one is File => one instanceof File && one.size > 0);
  const kept: HashedFile[] = [];
  for (const file of files) {
    const sha256 = await digestOf(new Uint8Array(await file.arrayBuffer()));
    await keepFile({ sha256, name: file.name, blob: file });
    kept.push({
      name: file.name,
      ...(file.type === "" ? {} : { type: file.type }),
      bytes: file.size,
      sha256,
      file: `${sha256.slice(0, 12)}-${plain(file.name)}`,
    });
  }
  return kept;
}

/** SHA-256, 64 hex digits. Over plain http a browser has no cryptography of its own: then a library does it. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash =
    globalThis.crypto?.subtle === undefined
      ? (await import("@noble/hashes/sha2.js")).sha256(bytes)
      : new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A name that every file system takes. */
function plain(name: string): string {
  return (
    name
      .normalize("NFC")
      .replace(/[^\p{L}\p{N}._-]+/gu, "_")
      .replace(/^[._]+/, "")
      .slice(-80) || "file"
  );
}

export interface Attached {
  readonly path: string;
  readonly blob: Blob;
}

/** The files that a record names and that are on this computer; somebody else's may not be. */
export async function filesOf({ evidence = [] }: WrittenRecord): Promise<readonly Attached[]> {
  const attached: Attached[] = [];
  for (const { sha256, file } of evidence) {
    const kept = sha256 === undefined ? undefined : await readFile(sha256.replace("sha256:", ""));
    if (kept && file !== undefined) attached.push({ path: file, blob: kept.blob });
  }
  return attached;
}
