/** Files that are typed after a command, read no further than they may be long. */
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./command.ts";

/** Of a file that is too long one byte too many is read: the parser refuses it by its length. */
export function readCapped(path: string, name: string, most: number): Uint8Array {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`there is no file "${name}"`);
  if (stats.isDirectory())
    throw new UsageError(
      `"${name}" is a folder; type the results files in it, such as ${join(name, "results.json")}`,
    );
  if (!stats.isFile() && !stats.isFIFO()) throw new UsageError(`"${name}" is not a file`);
  if (stats.size <= most) return readFileSync(path);
  const start = new Uint8Array(most + 1);
  const file = openSync(path, "r");
  try {
    return start.subarray(0, readSync(file, start, 0, start.length, 0));
  } finally {
    closeSync(file);
  }
}
