/** Our own checklists, parsed one at a time, without the checks that other tests make of all of them. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Checklist } from "../src/model/checklist.ts";
import { compareVersions } from "../src/model/version.ts";
import { parseChecklist } from "../src/source/parse.ts";

const folder = fileURLToPath(new URL("../content/checklists", import.meta.url));

export interface Ours {
  readonly checklist: Checklist;
  readonly source: Uint8Array;
}

/** One version. */
export function ours(id: string, version: string): Ours {
  const source = new Uint8Array(readFileSync(`${folder}/${id}/${version}.md`));
  const text = new TextDecoder().decode(source);
  const digest = `sha256:${createHash("sha256").update(source).digest("hex")}`;
  const { checklist } = parseChecklist({ id, version, file: `${id}/${version}.md`, text, digest });
  if (!checklist) throw new Error(`${id}@${version} cannot be parsed`);
  return { checklist, source };
}

/** The newest version of each. */
export function newest(): Ours[] {
  return readdirSync(folder)
    .sort()
    .map((id) => {
      const versions = readdirSync(`${folder}/${id}`).map((name) => name.replace(/\.md$/, ""));
      return ours(id, versions.sort(compareVersions).at(-1) ?? "");
    });
}
