/**
 * What the file system says of files that were read before, so that a build does not read ten thousand runs again. The
 * time of the last change of a file's entry (ctime) cannot be set by a program: whoever writes or exchanges a file
 * leaves another one. `check` and `verify` never look here; they read every byte.
 */
import { lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyOf } from "../../src/source/kept.ts";

/** Milliseconds: files younger than this may be written again within the same tick of the file system's clock. */
const FRESH = 2000;

/** Names, sizes and times of all files in a folder and below; null while one of them is too fresh to tell. */
export function stampOf(folder: string, now: Date): string | null {
  const parts: string[] = [];
  let youngest = 0;
  const walk = (path: string, inside: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const here = join(path, entry.name);
      const { size, ino, mtimeNs, ctimeNs } = lstatSync(here, { bigint: true });
      youngest = Math.max(youngest, Number(ctimeNs / 1_000_000n));
      if (entry.isDirectory()) walk(here, `${inside}${entry.name}/`);
      else parts.push(`${inside}${entry.name} ${size} ${ino} ${mtimeNs} ${ctimeNs}`);
    }
  };
  walk(folder, "");
  return now.getTime() - youngest < FRESH ? null : keyOf(...parts.sort());
}

export interface Stamps<T> {
  get(name: string, stamp: string | null): T | null;
  set(name: string, stamp: string | null, value: T): void;
  /** Writes what is remembered of these names, where anything is new. */
  save(names: readonly string[]): void;
}

interface Remembered<T> {
  readonly key: string;
  readonly entries: Readonly<Record<string, readonly [stamp: string, value: T]>>;
}

/** @param file is ours alone; without it, or if it is not of this key, nothing is remembered */
export function openStamps<T>(file: string, key: string): Stamps<T> {
  const entries = new Map(Object.entries(readRemembered<T>(file, key)));
  let isNew = false;
  return {
    get(name, stamp) {
      const [known, value] = entries.get(name) ?? [];
      return stamp !== null && known === stamp && value !== undefined ? value : null;
    },
    set(name, stamp, value) {
      if (stamp === null) return;
      entries.set(name, [stamp, value]);
      isNew = true;
    },
    save(names) {
      if (!isNew) return;
      const kept = names.flatMap((name) => {
        const entry = entries.get(name);
        return entry ? [[name, entry] as const] : [];
      });
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify({ key, entries: Object.fromEntries(kept) }));
      renameSync(temporary, file);
    },
  };
}

function readRemembered<T>(file: string, key: string): Remembered<T>["entries"] {
  try {
    const remembered = JSON.parse(readFileSync(file, "utf8")) as Remembered<T>;
    return remembered.key === key ? remembered.entries : {};
  } catch (cause) {
    const isAbsent = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    if (isAbsent || cause instanceof SyntaxError) return {};
    throw cause;
  }
}
