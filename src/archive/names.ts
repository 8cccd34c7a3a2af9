/** Names of runs become names of folders: what is refused, and why. */
import { dirname, join, relative, sep } from "node:path";
import { runId } from "../model/run.schema.ts";
import type { Disk } from "./disk.ts";

/** What is wrong with the name of a run, as a sentence, or null. */
export function faultOfRunName(name: string): string | null {
  const parsed = runId.safeParse(name);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? "is no name of a run");
}

/**
 * Refuses a path that leads out of a folder once links are followed. The path may not exist yet: then its
 * nearest folder that does is looked at.
 */
export function leadsOut(disk: Disk, folder: string, path: string): boolean {
  const inside = relative(disk.realPath(folder), realNearest(disk, path));
  return inside === ".." || inside.startsWith(`..${sep}`) || /^[A-Za-z]:|^[\\/]/.test(inside);
}

function realNearest(disk: Disk, path: string): string {
  if (disk.kind(path) !== null) return disk.realPath(path);
  const parent = dirname(path);
  return parent === path ? path : join(realNearest(disk, parent), path.slice(parent.length));
}
