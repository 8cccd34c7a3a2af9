/** Links that lead out of a source, to other versions and to local files: whether what they lead to is there. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { addressesOf, localFilesOf, versionAddress } from "../model/addresses.ts";
import type { Checklist } from "../model/checklist.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { outlineOf } from "../model/outline.ts";
import type { Lock } from "../model/site.schema.ts";

interface Linking {
  readonly id: string;
  readonly version: string;
  readonly file: string;
  readonly checklist: Checklist | null;
}

/** `broken-link` across the files of all checklists. @param root the folder that holds `content/` */
export function checkReach(root: string, lock: Lock, sources: readonly Linking[]): readonly Diagnostic[] {
  const known = new Map(sources.map((source) => [`${source.id} ${source.version}`, source]));
  return sources.flatMap((source) => {
    const { checklist, file, id } = source;
    if (!checklist) return [];
    const versions = addressesOf(checklist).flatMap(({ url, line }): readonly Diagnostic[] => {
      const to = versionAddress(url);
      if (!to) return [];
      const found = known.get(`${to.id ?? id} ${to.version}`);
      if (!found) return [broken(file, line, `the link '${url}' leads to a version that is not there`)];
      return isIn(found.checklist, to.anchor)
        ? []
        : [
            broken(
              file,
              line,
              `the link '${url}' leads to no section and no item of ${found.id} ${found.version}`,
            ),
          ];
    });
    // Of what is released the lock says what is gone.
    const isLocked = lock.checklists[id]?.[source.version] !== undefined;
    const files = (isLocked ? [] : localFilesOf(checklist))
      .filter((path) => !existsSync(join(root, dirname(file), path)))
      .map((path) => broken(file, 1, `'${path}' is not there, and this checklist shows it or links to it`));
    return [...versions, ...files];
  });
}

/** What cannot be parsed has its own diagnostics. */
function isIn(checklist: Checklist | null, anchor: string): boolean {
  if (!checklist || anchor.length < 2) return true;
  const { section, item } = outlineOf(checklist);
  return section.has(anchor.slice(1)) || item.has(anchor.slice(1));
}

function broken(file: string, line: number, reason: string): Diagnostic {
  return {
    severity: "warning",
    rule: "broken-link",
    file,
    line,
    column: 1,
    reason,
    hint: "write where it leads now, or take the link away",
  };
}
