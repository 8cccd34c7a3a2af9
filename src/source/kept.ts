/**
 * Outputs made once and kept by key under `.cache/`: bodies, models, sheets, reports. A key covers everything that
 * the output shows, so nothing here is ever stale; deleting the folder loses time and nothing else.
 */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** A key over everything an output depends on: text parts, in order. 64 hex digits. */
export function keyOf(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  // Lengths keep ["ab", "c"] and ["a", "bc"] apart.
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest("hex");
}

export interface Kept {
  /** The bytes under this key; made and kept where there are none. */
  bytes(kind: string, key: string, make: () => Uint8Array | Promise<Uint8Array>): Promise<Uint8Array>;
  /** Text under this key, as UTF-8. */
  text(kind: string, key: string, make: () => string | Promise<string>): Promise<string>;
  /** Forgets what was made before `before` and has not been asked for since this cache was opened. */
  sweep(before: Date): void;
  /** Puts the output at `path` as a hard link, or as a copy where there can be none. Answers whether it was made now. */
  place(
    kind: string,
    key: string,
    path: string,
    make: () => Uint8Array | Promise<Uint8Array>,
  ): Promise<boolean>;
}

/** @param folder such as `.cache/kept`; it is made when something is kept */
export function openKept(folder: string): Kept {
  const used = new Set<string>();
  const pathOf = (kind: string, key: string): string => {
    const path = join(folder, kind, key.slice(0, 2), key.slice(2));
    used.add(path);
    return path;
  };
  const bytes: Kept["bytes"] = async (kind, key, make) => {
    const path = pathOf(kind, key);
    if (isIntact(path, key)) return readFileSync(path);
    const made = await make();
    write(path, key, made);
    return made;
  };
  return {
    bytes,
    text: async (kind, key, make) =>
      new TextDecoder().decode(await bytes(kind, key, async () => new TextEncoder().encode(await make()))),
    sweep: (before) => {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || used.has(path)) continue;
        const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {
          mtimeMs: Number.POSITIVE_INFINITY,
        };
        if (mtimeMs < before.getTime()) rmSync(path, { force: true });
      }
    },
    place: async (kind, key, path, make) => {
      const from = pathOf(kind, key);
      const isThere = isIntact(from, key);
      if (!isThere) write(from, key, await make());
      link(from, path);
      return !isThere;
    },
  };
}

/**
 * A built site shares its files with the cache by hard links: whoever edits one in place would edit both. So every
 * kept file carries a mark derived from its key in the fraction of a second of its time stamp, which such an edit loses.
 */
function isIntact(path: string, key: string): boolean {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat !== undefined && (stat.mtimeNs / 10_000n) % 100_000n === BigInt(markOf(key));
}

/** In steps of 10 microseconds: a time stamp goes through a double, which is good for a quarter of one. */
function markOf(key: string): number {
  return Number.parseInt(key.slice(0, 8), 16) % 100_000;
}

function write(path: string, key: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, bytes);
  const seconds = Math.floor(statSync(temporary).mtimeMs / 1000);
  const time = seconds + (markOf(key) + 0.5) / 100_000;
  utimesSync(temporary, time, time);
  renameSync(temporary, path);
}

/** Asks the file system for no more than it must: tens of thousands of files are placed by one build. */
function link(from: string, path: string): void {
  const failed = linked(from, path);
  if (failed === null) return;
  if (failed === "ENOENT") mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  const again = linked(from, path);
  if (again === null) return;
  if (!["EXDEV", "EPERM", "EMLINK", "ENOTSUP", "ENOSYS"].includes(again))
    throw new Error(`${path} cannot be linked to ${from}: ${again}`);
  copyFileSync(from, path);
}

/** The code of what went wrong, null where nothing did. */
function linked(from: string, path: string): string | null {
  try {
    linkSync(from, path);
    return null;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause) return String(cause.code);
    throw cause;
  }
}

/** The key of a version's body. @param layout digest of the code that renders @param digest of the source */
export function bodyKey(layout: string, digest: string): string {
  return keyOf("body", layout, digest);
}
