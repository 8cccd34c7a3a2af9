/**
 * The file system as the archive uses it, in single steps, so that a test can stop after each of them or make
 * one fail. Everything is synchronous: the order of the steps is what durability consists of.
 */
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";

/** A process, told apart from a later one with the same number. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Id of the boot of the machine, where it has one (Linux). */
  readonly boot: string | null;
  /** When the process started, in the kernel's own count, where it can be read (Linux). */
  readonly started: string | null;
}

/** Every method but {@link Disk.kind} throws what `node:fs` throws, with its `code`. */
export interface Disk {
  read(path: string): Uint8Array;
  /** Names in a folder, by code unit. */
  list(folder: string): readonly string[];
  /** What stands at a path, links not followed; null where nothing does. */
  kind(path: string): "file" | "folder" | "other" | null;
  size(path: string): number;
  realPath(path: string): string;
  makeFolder(path: string): void;
  /** A new file for writing; fails with EEXIST. */
  create(path: string): number;
  /** Returns how many bytes of `bytes` from `offset` on were written: perhaps not all. */
  write(file: number, bytes: Uint8Array, offset: number): number;
  sync(file: number): void;
  close(file: number): void;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): void;
  /** A second name for a file; fails with EEXIST. */
  link(from: string, to: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  removeFolder(path: string): void;
  pause(milliseconds: number): void;
  self(): Owner;
  /** Whether a process may still be running. Of another machine nobody can tell: it may. */
  mayLive(owner: Owner): boolean;
}

/** The code of an error of `node:fs`, or null. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

export const disk: Disk = {
  read: (path) => readFileSync(path),
  list: (folder) => readdirSync(folder).sort(),
  kind(path) {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats) return null;
    return stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
  },
  size: (path) => lstatSync(path).size,
  realPath: (path) => realpathSync.native(path),
  makeFolder: (path) => mkdirSync(path),
  create: (path) => openSync(path, "wx", 0o644),
  write: (file, bytes, offset) => writeSync(file, bytes, offset),
  sync: (file) => fsyncSync(file),
  close: (file) => closeSync(file),
  syncFolder(path) {
    // Windows opens no folders and keeps their names by itself.
    if (process.platform === "win32") return;
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
  link: (from, to) => linkSync(from, to),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => unlinkSync(path),
  removeFolder: (path) => rmdirSync(path),
  pause(milliseconds) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },
  self: () => ({ host: hostname(), pid: process.pid, boot: bootId(), started: startOf(process.pid) }),
  mayLive(owner) {
    if (owner.host !== hostname()) return true;
    if (owner.boot !== bootId()) return false;
    if (owner.started !== null && startOf(owner.pid) !== owner.started) return false;
    return isRunning(owner.pid);
  },
};

function bootId(): string | null {
  return readLinux("/proc/sys/kernel/random/boot_id");
}

/** Field 22 of `/proc/<pid>/stat`; the name in field 2 may hold blanks and brackets, so count from its end. */
function startOf(pid: number): string | null {
  const stat = readLinux(`/proc/${pid}/stat`);
  return stat === null ? null : (stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null);
}

function readLinux(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
