/** What a build and dev show of the content, read once: checklists, and where outputs are kept. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Checklist } from "../../src/model/checklist.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { type Catalogue, readChecklists } from "../../src/source/checklists.ts";
import { type Kept, openKept } from "../../src/source/kept.ts";
import { releasedTexts } from "../released.ts";
import { layoutDigest } from "./layout.ts";

/** The folder of this software, where Astro finds the pages. */
export const home = fileURLToPath(new URL("../..", import.meta.url));

export interface Shown {
  readonly checklist: Checklist;
  /** Its Markdown, as it stands on the disk. */
  readonly source: Uint8Array;
}

export interface Gathered {
  readonly root: string;
  readonly catalogue: Catalogue;
  /** The versions that are published: all, or all but drafts. */
  readonly shown: readonly Shown[];
  readonly diagnostics: readonly Diagnostic[];
  /** YYYY-MM-DD: the day that lists are made for. */
  readonly day: string;
  readonly cache: string;
  readonly kept: Kept;
  readonly layout: string;
}

/** @param root the folder that holds `content/` @param day YYYY-MM-DD */
export function gather(root: string, day: string): Gathered {
  const catalogue = readChecklists(root, releasedTexts(root));
  const { lock, site } = catalogue;
  const cache = join(home, ".cache");
  return {
    root,
    catalogue,
    shown: catalogue.sources.flatMap(({ id, version, checklist, text }) =>
      checklist && (site.publish.drafts || lock.checklists[id]?.[version])
        ? [{ checklist, source: new TextEncoder().encode(text) }]
        : [],
    ),
    diagnostics: catalogue.diagnostics,
    day,
    cache,
    kept: openKept(join(cache, "kept")),
    layout: layoutDigest(),
  };
}
