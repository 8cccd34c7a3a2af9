/** What pages ask: the only reader of the collection. Bodies come from the cache, made where there are none. */
import { getCollection } from "astro:content";
import { join } from "node:path";
import { renderBody, renderContents } from "../html/body.ts";
import { renderCompare } from "../html/compare.ts";
import type { Html } from "../html/html.ts";
import { renderWork } from "../html/work.ts";
import type { Checklist } from "../model/checklist.ts";
import { hasControls, type RunControls } from "../model/controls.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { diffChecklists } from "../model/diff.ts";
import type { BrokenEntry, Installation, Pair, VersionEntry, VersionLine } from "../model/entry.ts";
import type { RegisterRow } from "../model/register.ts";
import { type RegisterView, registerView } from "../model/registerpages.ts";
import { readSource } from "../source/checklists.ts";
import { readHandover } from "../source/handover.ts";
import { bodyKey, keyOf, openKept } from "../source/kept.ts";
import { readRegister } from "./_archive.ts";

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

export interface Line extends VersionLine {
  readonly id: string;
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

/** The checklist of a version, for what is not kept. Null where its file cannot be read: dev tells of it on its page. */
function readVersion({ id, version }: VersionEntry): Checklist | null {
  const { source } = readSource(root, id, version, { schema: "countersign/lock@1", checklists: {} });
  return source?.checklist ?? null;
}

/** The text of a version and the list of its sections. In dev rendered anew, so that edited code and text show. */
export async function queryBody(entry: VersionEntry): Promise<Body | null> {
  const render = (): Body | null => {
    const checklist = readVersion(entry);
    return checklist && { body: renderBody(checklist), contents: renderContents(checklist) };
  };
  if (import.meta.env.DEV) return render();
  const kept = openKept(join(cache, "kept"));
  const key = bodyKey(layout, entry.digest);
  return JSON.parse(await kept.text("body", key, () => JSON.stringify(render()))) as Body;
}

/** The text of a version with room to record, and the list of its sections. In dev rendered anew. */
export async function queryWork(entry: VersionEntry): Promise<Body | null> {
  const render = (): Body | null => {
    const checklist = readVersion(entry);
    return checklist && { body: renderWork(checklist), contents: renderContents(checklist) };
  };
  if (import.meta.env.DEV) return render();
  const kept = openKept(join(cache, "kept"));
  const key = keyOf("work", layout, entry.digest);
  return JSON.parse(await kept.text("work", key, () => JSON.stringify(render()))) as Body | null;
}

/** What changed between two versions. In dev rendered anew. */
export async function queryComparison({ older, newer }: Pair): Promise<Html | null> {
  const render = (): Html | null => {
    const [a, b] = [readVersion(older), readVersion(newer)];
    return a && b && renderCompare(diffChecklists(a, b), a, b);
  };
  if (import.meta.env.DEV) return render();
  const kept = openKept(join(cache, "kept"));
  const key = keyOf("compare", layout, older.digest, newer.digest);
  return JSON.parse(await kept.text("compare", key, () => JSON.stringify(render()))) as Html | null;
}

let handedView: RegisterView | undefined;

export interface RegisterQuery {
  readonly view: RegisterView;
  /** Every run, oldest first, in dev only: a build makes the pages of the register itself (scripts/site/register.ts). */
  readonly rows: readonly RegisterRow[];
  /** The same by control, in dev only. */
  readonly controls: readonly RunControls[];
  /** What cannot be read in dev; a build refuses it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The register. In dev read anew, so that a new record shows; what cannot be read is told of and left out. */
export function queryRegister(): RegisterQuery {
  if (handed === "") {
    const { rows, controls, diagnostics } = readRegister(root);
    return { view: registerView(rows, hasControls(controls)), rows, controls, diagnostics };
  }
  handedView ??= readHandover(handed).register;
  return { view: handedView, rows: [], controls: [], diagnostics: [] };
}
