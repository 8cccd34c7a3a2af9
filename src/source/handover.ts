/** What the shell that builds hands to the pages: read and judged once, passed on as one file. */
import { readFileSync } from "node:fs";
import { type BrokenEntry, entryOf, type Installation, type VersionEntry } from "../model/entry.ts";
import type { RegisterView } from "../model/registerpages.ts";
import type { Catalogue } from "./checklists.ts";

export interface Handover {
  readonly installation: Installation;
  /** Sorted by id, then by version, oldest first. */
  readonly versions: readonly VersionEntry[];
  /** Files that cannot be read; a build refuses them, dev shows them. */
  readonly broken: readonly BrokenEntry[];
  /** What pages say of runs. It never enters Astro's store. */
  readonly register: RegisterView;
}

/** The metadata of a catalogue. @param day the day that lists are made for, YYYY-MM-DD */
export function handoverOf(catalogue: Catalogue, day: string, register: RegisterView): Handover {
  const { organisation, url, lang, timezone, paper, redirects, publish } = catalogue.site;
  const isBroken = (file: string): boolean =>
    catalogue.diagnostics.some((one) => one.file === file && one.severity === "error");
  const broken = catalogue.sources.filter(({ file, checklist }) => checklist === null || isBroken(file));
  const shown = catalogue.checklists.filter(
    ({ id, version }) => publish.drafts || catalogue.lock.checklists[id]?.[version] !== undefined,
  );
  return {
    installation: { organisation, url, lang, timezone, paper, redirects, publish },
    versions: shown.map((checklist) => entryOf(checklist, catalogue.lock, day)),
    register,
    broken: broken.map(({ id, version, file }) => ({
      id,
      version,
      diagnostics: catalogue.diagnostics.filter((one) => one.file === file),
    })),
  };
}

/** Reads a handover from the file that the shell has written. */
export function readHandover(path: string): Handover {
  return JSON.parse(readFileSync(path, "utf8")) as Handover;
}
