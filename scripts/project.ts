/** The project a command works on: the folder that holds `content/`. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "./command.ts";

/** The folder itself or the nearest one above that holds `content/checklists`. Throws UsageError where there is none. */
export function findProject(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "content", "checklists"))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new UsageError(
    `no content/checklists in ${resolve(cwd)} or above it: change into the project's folder`,
  );
}

export interface Target {
  readonly id: string;
  readonly version: string;
}

/** Reads `<id>@<version>`. */
export function parseTarget(text: string | undefined): Target {
  const match = /^([^@\s]+)@([^@\s]+)$/.exec(text ?? "");
  if (!match?.[1] || !match[2])
    throw new UsageError(`expected <id>@<version>, such as restaurant-os@6.0.4, got "${text ?? ""}"`);
  return { id: match[1], version: match[2] };
}
