/** What pages ask: the only reader of the collection. Bodies come from the cache, made where there are none. */
import { getCollection } from "astro:content";
import { join } from "node:path";
import { renderBody, renderContents } from "../html/body.ts";
import type { Html } from "../html/html.ts";
import type { BrokenEntry, Installation, VersionEntry } from "../model/entry.ts";
import type { RegisterRow } from "../model/register.ts";
import { readSource } from "../source/checklists.ts";
import { readHandover } from "../source/handover.ts";
import { bodyKey, openKept } from "../source/kept.ts";
import { type Register, readRegister } from "./_archive.ts";

const {
  COUNTERSIGN_ROOT: root,
  COUNTERSIGN_CACHE: cache,
  COUNTERSIGN_LAYOUT: layout,
  COUNTERSIGN_CATALOGUE: handed,
} = import.meta.env;

export const today = import.meta.env.COUNTERSIGN_TODAY;

interface Catalogue {
  readonly installation: Installation;
  /** Sorted by id, then by version, oldest first. */
  readonly versions: readonly VersionEntry[];
  /** Only ever in dev: a build refuses broken files. */
  readonly broken: readonly BrokenEntry[];
}

export async function queryCatalogue(): Promise<Catalogue> {
  const entries = await getCollection("catalogue");
  const withPrefix = (prefix: string): unknown[] =>
    entries.filter(({ id }) => id.startsWith(prefix)).map(({ data }) => data);
  const [installation] = withPrefix("installation");
  return {
    installation: installation as Installation,
    versions: withPrefix("version ") as VersionEntry[],
    broken: withPrefix("broken ") as BrokenEntry[],
  };
}

export interface Line {
  readonly id: string;
  /** Newest first. */
  readonly versions: readonly VersionEntry[];
  readonly current: VersionEntry | null;
  /** The one that stands for the checklist: the current one, else the newest. */
  readonly shown: VersionEntry;
}

/** The versions of each checklist, by id. */
export function linesOf(versions: readonly VersionEntry[]): readonly Line[] {
  return [...Map.groupBy(versions, ({ id }) => id)].flatMap(([id, oldestFirst]) => {
    const newestFirst = oldestFirst.toReversed();
    const current = newestFirst.find(({ standing }) => standing === "current") ?? null;
    const shown = current ?? newestFirst[0];
    return shown ? [{ id, versions: newestFirst, current, shown }] : [];
  });
}

export interface Body {
  readonly body: Html;
  readonly contents: Html;
}

/** The text of a version and the list of its sections. In dev rendered anew, so that edited code and text show. */
export async function queryBody({ id, version, digest }: VersionEntry): Promise<Body | null> {
  const render = (): Body | null => {
    const { source } = readSource(root, id, version, { schema: "countersign/lock@1", checklists: {} });
    return source?.checklist
      ? { body: renderBody(source.checklist), contents: renderContents(source.checklist) }
      : null;
  };
  if (import.meta.env.DEV) return render();
  const kept = openKept(join(cache, "kept"));
  return JSON.parse(await kept.text("body", bodyKey(layout, digest), () => JSON.stringify(render()))) as Body;
}

let handedRows: readonly RegisterRow[] | undefined;

/** The register. In dev read anew, so that a new record shows; what cannot be read is told of and left out. */
export function queryRegister(): Register {
  if (handed === "") return readRegister(root);
  handedRows ??= readHandover(handed).register;
  return { rows: handedRows, diagnostics: [] };
}
