/**
 * A file system in memory that can lose power or fail after any step. What was not synced may be lost, or may
 * be there in part: a test looks at both.
 */
import type { Disk, Owner } from "../src/archive/disk.ts";

/** The power is gone: nothing after it runs. */
export class PowerCut extends Error {}

interface File {
  live: Uint8Array;
  durable: Uint8Array;
}
interface Folder {
  live: Map<string, Entry>;
  durable: Map<string, Entry>;
}
type Entry = { readonly file: File } | { readonly folder: Folder };

export interface Trouble {
  /** Which step it happens at, from 1. */
  readonly at: number;
  /** The power goes, or the step fails with this code and the program goes on. */
  readonly kind: "power" | "EIO" | "ENOSPC" | "EROFS";
}

const emptyFolder = (): Folder => ({ live: new Map(), durable: new Map() });

function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

export class CrashDisk implements Disk {
  readonly root: Folder;
  readonly linkless: boolean;
  steps = 0;
  trouble: Trouble | null = null;
  owner: Owner = { host: "h", pid: 1, boot: "b", started: "1" };
  living = new Set<number>([1]);
  /** A write call takes at most so many bytes. */
  chunk = 900;
  paused = 0;
  onPause: (() => void) | null = null;
  #open = new Map<number, File>();
  #next = 3;

  constructor(root: Folder = emptyFolder(), linkless = false) {
    this.root = root;
    this.linkless = linkless;
  }

  /** What a machine finds when it is switched on again. */
  afterPowerCut(mode: "only what was synced" | "half of the rest"): CrashDisk {
    const strict = mode === "only what was synced";
    const files = new Map<File, File>();
    const copyFile = (file: File): File => {
      const kept = strict
        ? file.durable
        : file.live.length > file.durable.length
          ? file.live.slice(0, file.live.length / 2)
          : file.live;
      const copy = files.get(file) ?? { live: kept, durable: kept };
      files.set(file, copy);
      return copy;
    };
    const copy = (folder: Folder): Folder => {
      const entries = [...(strict ? folder.durable : folder.live)].map(([name, entry]): [string, Entry] => [
        name,
        "file" in entry ? { file: copyFile(entry.file) } : { folder: copy(entry.folder) },
      ]);
      return { live: new Map(entries), durable: new Map(entries) };
    };
    return new CrashDisk(copy(this.root), this.linkless);
  }

  /** Every file with its bytes as text. */
  files(): Record<string, string> {
    const found: Record<string, string> = {};
    const visit = (folder: Folder, path: string): void => {
      for (const [name, entry] of folder.live) {
        if ("file" in entry) found[`${path}/${name}`] = new TextDecoder().decode(entry.file.live);
        else visit(entry.folder, `${path}/${name}`);
      }
    };
    visit(this.root, "");
    return found;
  }

  /** Puts a file or folder there, with what leads to it, durable. */
  put(path: string, text: string | null): void {
    const parts = path.split("/").filter(Boolean);
    const last = parts.pop() ?? "";
    let folder = this.root;
    for (const part of parts) {
      const next = folder.live.get(part) ?? { folder: emptyFolder() };
      this.#set(folder, part, next);
      if ("file" in next) throw systemError("ENOTDIR", path);
      folder = next.folder;
    }
    const bytes = new TextEncoder().encode(text ?? "");
    this.#set(
      folder,
      last,
      text === null ? { folder: emptyFolder() } : { file: { live: bytes, durable: bytes } },
    );
  }

  #set(folder: Folder, name: string, entry: Entry): void {
    folder.live.set(name, entry);
    folder.durable.set(name, entry);
  }

  #step(path: string): void {
    this.steps += 1;
    if (this.trouble?.kind === "power" && this.steps >= this.trouble.at) throw new PowerCut();
    if (this.trouble && this.trouble.kind !== "power" && this.steps === this.trouble.at)
      throw systemError(this.trouble.kind, path);
  }

  #find(path: string): Entry | null {
    let entry: Entry = { folder: this.root };
    for (const part of path.split("/").filter(Boolean)) {
      const next: Entry | undefined = "folder" in entry ? entry.folder.live.get(part) : undefined;
      if (!next) return null;
      entry = next;
    }
    return entry;
  }

  #folder(path: string): Folder {
    const entry = this.#find(path);
    if (!entry) throw systemError("ENOENT", path);
    if ("file" in entry) throw systemError("ENOTDIR", path);
    return entry.folder;
  }

  #parent(path: string): { folder: Folder; name: string } {
    const at = path.lastIndexOf("/");
    return { folder: this.#folder(path.slice(0, at)), name: path.slice(at + 1) };
  }

  read(path: string): Uint8Array {
    const entry = this.#find(path);
    if (!entry) throw systemError("ENOENT", path);
    if ("folder" in entry) throw systemError("EISDIR", path);
    return entry.file.live;
  }

  list(path: string): readonly string[] {
    return [...this.#folder(path).live.keys()].sort();
  }

  kind(path: string): "file" | "folder" | "other" | null {
    const entry = this.#find(path);
    return entry === null ? null : "file" in entry ? "file" : "folder";
  }

  size(path: string): number {
    return this.read(path).length;
  }

  realPath(path: string): string {
    return path;
  }

  makeFolder(path: string): void {
    this.#step(path);
    const { folder, name } = this.#parent(path);
    if (folder.live.has(name)) throw systemError("EEXIST", path);
    folder.live.set(name, { folder: emptyFolder() });
  }

  create(path: string): number {
    this.#step(path);
    const { folder, name } = this.#parent(path);
    if (folder.live.has(name)) throw systemError("EEXIST", path);
    const file = { live: new Uint8Array(), durable: new Uint8Array() };
    folder.live.set(name, { file });
    this.#next += 1;
    this.#open.set(this.#next, file);
    return this.#next;
  }

  write(handle: number, bytes: Uint8Array, offset: number): number {
    this.#step(`write ${handle}`);
    const file = this.#open.get(handle);
    if (!file) throw systemError("EBADF", String(handle));
    const part = bytes.slice(offset, offset + this.chunk);
    file.live = Buffer.concat([file.live, part]);
    return part.length;
  }

  sync(handle: number): void {
    this.#step(`sync ${handle}`);
    const file = this.#open.get(handle);
    if (!file) throw systemError("EBADF", String(handle));
    file.durable = file.live;
  }

  close(handle: number): void {
    this.#step(`close ${handle}`);
    this.#open.delete(handle);
  }

  syncFolder(path: string): void {
    this.#step(path);
    const folder = this.#folder(path);
    folder.durable = new Map(folder.live);
  }

  link(from: string, to: string): void {
    this.#step(to);
    if (this.linkless) throw systemError("EPERM", to);
    const entry = this.#find(from);
    if (!entry) throw systemError("ENOENT", from);
    const { folder, name } = this.#parent(to);
    if (folder.live.has(name)) throw systemError("EEXIST", to);
    folder.live.set(name, entry);
  }

  rename(from: string, to: string): void {
    this.#step(to);
    const source = this.#parent(from);
    const entry = source.folder.live.get(source.name);
    if (!entry) throw systemError("ENOENT", from);
    source.folder.live.delete(source.name);
    const target = this.#parent(to);
    target.folder.live.set(target.name, entry);
  }

  remove(path: string): void {
    this.#step(path);
    const { folder, name } = this.#parent(path);
    if (!folder.live.delete(name)) throw systemError("ENOENT", path);
  }

  removeFolder(path: string): void {
    this.#step(path);
    if (this.#folder(path).live.size > 0) throw systemError("ENOTEMPTY", path);
    const { folder, name } = this.#parent(path);
    folder.live.delete(name);
  }

  pause(): void {
    this.paused += 1;
    this.onPause?.();
  }

  self(): Owner {
    return this.owner;
  }

  mayLive(owner: Owner): boolean {
    return owner.host !== this.owner.host || (owner.boot === this.owner.boot && this.living.has(owner.pid));
  }
}
