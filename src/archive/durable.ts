/**
 * Writing so that a file is there whole or not at all, whatever happens (trust.md, "On disk"). A step that
 * fails ends everything: after a failed fsync the kernel may have dropped the data, and a retry would lie.
 */
import { join } from "node:path";
import { codeOf, type Disk } from "./disk.ts";

/** Names of files that are not finished begin so; nobody reads them, the next writer removes them. */
export const unfinished = ".tmp-";

/** A stored file exists already and holds other bytes. */
export class DifferentBytes extends Error {
  override readonly name = "DifferentBytes";
}

/** Makes a folder where there is none, and its name in the folder above durable. */
export function makeFolderDurable(disk: Disk, parent: string, name: string): string {
  const path = join(parent, name);
  const kind = disk.kind(path);
  if (kind === null) disk.makeFolder(path);
  else if (kind !== "folder") throw new Error(`${path} is in the way: a folder is expected there`);
  // Also where it was there: whoever made it may have died before this step.
  disk.syncFolder(parent);
  return path;
}

/** Writes bytes into a new file that only this process knows, and makes the bytes durable. Returns its path. */
function writeUnfinished(disk: Disk, folder: string, bytes: Uint8Array): string {
  const { path, file } = createUnfinished(disk, folder);
  try {
    for (let offset = 0; offset < bytes.length; ) {
      const written = disk.write(file, bytes, offset);
      if (written === 0)
        throw new Error(`${path}: the disk took no more bytes after ${offset} of ${bytes.length}`);
      offset += written;
    }
    disk.sync(file);
  } catch (error) {
    quietly(() => disk.close(file));
    quietly(() => disk.remove(path));
    throw error;
  }
  disk.close(file);
  return path;
}

function createUnfinished(disk: Disk, folder: string): { readonly path: string; readonly file: number } {
  for (let count = 0; ; count += 1) {
    const path = join(folder, `${unfinished}${disk.self().pid}-${count}`);
    try {
      return { path, file: disk.create(path) };
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}

/**
 * Puts a file into a folder under a name that nobody had. Durable once `syncFolder` has run over the folder,
 * which is the caller's business: one call may serve many files.
 * @throws DifferentBytes where the name exists with other bytes; with the same ones nothing happens
 */
export function placeFile(disk: Disk, folder: string, name: string, bytes: Uint8Array): void {
  const path = join(folder, name);
  if (disk.kind(path) === null) {
    const temporary = writeUnfinished(disk, folder, bytes);
    const placed = moveInto(disk, temporary, path);
    if (placed) return;
  }
  if (disk.kind(path) === "file" && Buffer.compare(disk.read(path), bytes) === 0) return;
  throw new DifferentBytes(`${path} exists and holds something else; it was left as it is`);
}

/** Gives the file its name if the name is free. The unfinished name is gone afterwards in either case. */
function moveInto(disk: Disk, temporary: string, path: string): boolean {
  try {
    disk.link(temporary, path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") return false;
    // The lock keeps other writers out meanwhile.
    if (code !== null && linkless.has(code)) disk.rename(temporary, path);
    else throw error;
    return true;
  } finally {
    quietly(() => disk.remove(temporary));
  }
  return true;
}

/** How file systems say that they have no second names for files. */
export const linkless: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK", "ENOSYS"]);

/** For tidying up after a failure that is about to be reported: its own failure would hide the first. */
export function quietly(step: () => void): void {
  try {
    step();
  } catch {
    // The next writer removes what is left.
  }
}
