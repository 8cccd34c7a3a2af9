/** One version of a checklist, for a command that needs no other. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ID_PATTERN } from "../src/model/checklist.schema.ts";
import type { Checklist } from "../src/model/checklist.ts";
import type { Lock } from "../src/model/site.schema.ts";
import { isVersion } from "../src/model/version.ts";
import { readSource } from "../src/source/checklists.ts";
import type { Target } from "./project.ts";

export interface FoundVersion {
  readonly checklist: Checklist;
  /** The bytes of its file. */
  readonly source: Uint8Array;
}

/** Reads a version, or says why it cannot be used: not there, cannot be parsed, not what was released. */
export function findVersion(
  root: string,
  lock: Lock,
  { id, version }: Target,
): FoundVersion | { readonly reason: string } {
  const file = `content/checklists/${id}/${version}.md`;
  const named = ID_PATTERN.test(id) && !id.includes("..") && isVersion(version);
  if (!named || !existsSync(join(root, file))) return { reason: `there is no ${file}` };
  const { source, diagnostics } = readSource(root, id, version, lock);
  if (!source?.checklist) {
    const first = diagnostics.find(({ severity }) => severity === "error");
    return { reason: first ? `${first.file}:${first.line}: ${first.reason}` : `${file} cannot be parsed` };
  }
  const released = lock.checklists[id]?.[version]?.digest;
  if (released !== undefined && released !== source.digest)
    return {
      reason: `${file} is not what was released: the lock has ${released}, the file ${source.digest}`,
    };
  return { checklist: source.checklist, source: new TextEncoder().encode(source.text) };
}
