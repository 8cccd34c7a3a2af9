/** Which checklist a run is of: the source that is stored with it, or for a new run the file that it names. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readRunNames, readSource as readStoredSource, type StoredRun } from "../src/archive/read.ts";
import { faultIn, type PlacedFile, type ResultsFile } from "../src/formats/results.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";
import { bindNames } from "../src/model/binding.ts";
import { ID_PATTERN } from "../src/model/checklist.schema.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { nearest } from "../src/model/nearest.ts";
import { isTree, type Json } from "../src/model/parts.ts";
import type { Lock } from "../src/model/site.schema.ts";
import { compareVersions, isVersion } from "../src/model/version.ts";
import { checklistOf } from "../src/pages/_archive.ts";
import { readSource } from "../src/source/checklists.ts";

export interface BoundChecklist {
  readonly checklist: Checklist;
  readonly source: Uint8Array;
}

export type Binding = BoundChecklist | { readonly faults: readonly JsonFault[] };

/** The source that is stored with a run, parsed as it was run. */
export function storedChecklist(root: string, stored: StoredRun): BoundChecklist {
  return { checklist: checklistOf(root, stored), source: readStoredSource(root, stored.run) };
}

/** The checklist of a run that is opened. What the record names must be there, and be what it was released as. */
export function openingChecklist(root: string, lock: Lock, results: ResultsFile): Binding {
  return checklistNamed(root, lock, results, results.record.checklist);
}

/** Names that the checklist has not, in a file that does not follow the schema: far from complete, and still of use. */
export function unknownNames(root: string, lock: Lock, file: PlacedFile): readonly JsonFault[] {
  const value = file.document.value as Json;
  if (!isTree(value) || !isTree(value.checklist)) return [];
  const { id, version } = value.checklist;
  if (typeof id !== "string" || typeof version !== "string") return [];
  const bound = checklistNamed(root, lock, file, { id, version });
  if ("faults" in bound) return bound.faults;
  const opens = typeof value.run !== "string" || !readRunNames(root).includes(value.run);
  const faults: JsonFault[] = [];
  bindNames(value, bound.checklist, opens, (pointer, rule, reason, hint) =>
    faults.push(faultIn(file, rule, pointer, reason, hint)),
  );
  return faults;
}

type Named = Pick<ResultsFile["record"]["checklist"], "id" | "version">;

function checklistNamed(root: string, lock: Lock, results: PlacedFile, named: Named): Binding {
  const { id, version } = named;
  const refuse = (rule: string, pointer: string, reason: string, hint: string | null): Binding => ({
    faults: [faultIn(results, rule, pointer, reason, hint)],
  });
  const folder = join(root, "content/checklists");
  if (!isId(id) || !existsSync(join(folder, id))) {
    const known = namesIn(folder).filter(isId);
    const reason = `there is no checklist '${id}'`;
    return refuse("unknown-checklist", "/checklist/id", reason, suggest(nearest(id, known), known));
  }
  if (!isVersion(version) || !existsSync(join(folder, id, `${version}.md`))) {
    const known = namesIn(join(folder, id)).flatMap((name) =>
      name.endsWith(".md") ? [name.slice(0, -3)] : [],
    );
    known.sort(compareVersions);
    const reason = `there is no version '${version}' of '${id}'`;
    return refuse("unknown-version", "/checklist/version", reason, suggest(null, known));
  }
  const { source, diagnostics } = readSource(root, id, version, lock);
  if (!source?.checklist) {
    const first = diagnostics.find(({ severity }) => severity === "error");
    const reason = `${id}@${version} cannot be parsed: ${first ? `${first.file}:${first.line}: ${first.reason}` : "see check"}`;
    return refuse(
      "broken-checklist",
      "/checklist",
      reason,
      "mend the file; `countersign check` lists everything",
    );
  }
  const released = lock.checklists[id]?.[version]?.digest;
  if (released !== undefined && released !== source.digest) {
    const reason = `${id}@${version} was released with the digest ${released}, but its file has ${source.digest}`;
    return refuse("frozen", "/checklist/version", reason, "put the file back as it was released");
  }
  return { checklist: source.checklist, source: new TextEncoder().encode(source.text) };
}

function isId(name: string): boolean {
  return ID_PATTERN.test(name) && !name.includes("..");
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function suggest(near: string | null, known: readonly string[]): string {
  if (near !== null) return `did you mean '${near}'?`;
  return known.length === 0 ? "there are none" : `there are ${known.slice(-20).join(", ")}`;
}
