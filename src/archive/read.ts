/** Reads the archive back. An error of the disk is thrown, never turned into fewer runs. */
import { join } from "node:path";
import { compareDiagnostics, type Diagnostic } from "../model/diagnostic.ts";
import type { Envelope } from "../model/envelope.schema.ts";
import { compareInstants, parseInstant } from "../model/instant.ts";
import { canonicalJson, digestOf } from "./canonical.ts";
import { readChain } from "./chain.ts";
import { type Disk, disk as realDisk } from "./disk.ts";
import { faultOfRunName } from "./names.ts";
import { hexOf } from "./store.ts";

/** A stored file whose bytes are gone, or are not those it was stored with. */
export interface FileProblem {
  readonly kind: "inputs" | "evidence" | "checklist";
  /** The digest it was stored under. */
  readonly sha256: string;
  /** The digest of what is there now; null where nothing is. */
  readonly found: string | null;
}

/** One run as it is stored. */
export interface StoredRun {
  readonly run: string;
  /** In order, from 1; at least one. */
  readonly envelopes: readonly Envelope[];
  /** Files that do not hold what they were stored with. */
  readonly damaged: readonly FileProblem[];
}

export interface Archive {
  /** By name, by code unit. */
  readonly runs: readonly StoredRun[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Every stored run, with each stored file's digest checked.
 * @param root the project; without a folder `content/runs` in it there are no runs
 * @throws what the disk threw
 */
export function readRuns(root: string, disk: Disk = realDisk): Archive {
  const { names, diagnostics: strange } = listRuns(root, disk);
  const runs: StoredRun[] = [];
  const diagnostics = [...strange];
  for (const name of names) {
    const read = readRun(root, name, disk);
    diagnostics.push(...read.diagnostics);
    if (read.run) runs.push(read.run);
  }
  return { runs, diagnostics: diagnostics.sort(compareDiagnostics) };
}

/** The folders of runs by name, by code unit, without reading any of them; and what is no such folder. */
export function listRuns(
  root: string,
  disk: Disk = realDisk,
): { readonly names: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const folder = join(root, "content/runs");
  if (disk.kind(folder) === null) return { names: [], diagnostics: [] };
  const names: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of disk.list(folder)) {
    if (name.startsWith(".") || disk.kind(join(folder, name)) !== "folder") continue;
    const fault = faultOfRunName(name);
    if (fault === null) names.push(name);
    else
      diagnostics.push(
        problem("run-name", name, `is not the folder of a run: ${fault}`, "rename or remove it"),
      );
  }
  return { names, diagnostics };
}

/**
 * A digest over the names and the bytes of all files of a run: where it is known, so is everything that reading the
 * run would tell.
 */
export function readImprint(root: string, name: string, disk: Disk = realDisk): string {
  const folder = join(root, "content/runs", name);
  const files: string[] = [];
  const walk = (path: string, inside: string): void => {
    for (const entry of disk.list(path)) {
      const kind = disk.kind(join(path, entry));
      if (kind === "folder") walk(join(path, entry), `${inside}${entry}/`);
      else
        files.push(`${inside}${entry}`, kind === "file" ? digestOf(disk.read(join(path, entry))) : "other");
    }
  };
  walk(folder, "");
  return digestOf(canonicalJson(files));
}

/** Names of folders that may hold a run, by code unit, without reading any of them. */
export function readRunNames(root: string, disk: Disk = realDisk): readonly string[] {
  const folder = join(root, "content/runs");
  if (disk.kind(folder) === null) return [];
  return disk.list(folder).filter((name) => faultOfRunName(name) === null);
}

/** One run, or null where none of that name is stored. */
export function readRun(
  root: string,
  name: string,
  disk: Disk = realDisk,
): { readonly run: StoredRun | null; readonly diagnostics: readonly Diagnostic[] } {
  const folder = join(root, "content/runs", name);
  if (faultOfRunName(name) !== null || disk.kind(folder) !== "folder") return { run: null, diagnostics: [] };
  const { envelopes, problems } = readChain(disk, folder);
  const diagnostics = problems.map(({ rule, file, reason }): Diagnostic => {
    const severity = rule === "unfinished-write" ? "info" : "error";
    const hint =
      severity === "error" ? "bring the file back from a copy, such as the version control system" : null;
    return { ...problem(rule, `${name}/${file}`, reason, hint), severity };
  });
  if (envelopes.length === 0) {
    if (problems.length === 0) {
      const reason = "holds no record: a write that was never finished, which the next ingest removes";
      diagnostics.push({ ...problem("unfinished-write", name, reason, null), severity: "info" });
    }
    return { run: null, diagnostics };
  }
  const damaged = damagedFiles(disk, folder, envelopes);
  diagnostics.push(...damaged.map((file) => damage(name, file)));
  return { run: { run: name, envelopes, damaged }, diagnostics };
}

/** The records of one run, without looking at the files beside them: for a look at many runs. */
export function readEnvelopes(root: string, name: string, disk: Disk = realDisk): readonly Envelope[] {
  const folder = join(root, "content/runs", name);
  return disk.kind(folder) === "folder" ? readChain(disk, folder).envelopes : [];
}

/** What tells which of many runs are worth reading. */
export interface RunGist {
  /** Id of its checklist. */
  readonly checklist: string;
  /** When items may have passed last, by id: no result in the run is later. */
  readonly passed: Readonly<Record<string, string>>;
}

/** A glance at a run, for these items: nothing is checked. Null where its records cannot be read, which `check` reports. */
export function readGist(
  root: string,
  name: string,
  items: ReadonlySet<string>,
  disk: Disk = realDisk,
): RunGist | null {
  const folder = join(root, "content/runs", name);
  if (disk.kind(folder) !== "folder") return null;
  const glances = disk
    .list(folder)
    .filter((file) => FILE_OF_RECORD.test(file))
    .map((file) => glanceAt(disk.read(join(folder, file))));
  const checklist = glances.map((glance) => glance.checklist?.id).find((id) => typeof id === "string");
  if (typeof checklist !== "string") return null;
  const passed: Record<string, string> = {};
  const add = (item: unknown, at: unknown): void => {
    if (typeof item !== "string" || !items.has(item) || typeof at !== "string" || !parseInstant(at)) return;
    const known = passed[item];
    if (known === undefined || compareInstants(known, at) < 0) passed[item] = at;
  };
  for (const { record } of glances) {
    for (const { item, status, at } of record?.results ?? []) if (status === "passed") add(item, at);
    // What an amendment made of it is known only once the whole run is read.
    if (record?.amends) for (const item of items) add(item, record.asOf);
  }
  return { checklist, passed };
}

const FILE_OF_RECORD = /^[1-9]\d{0,8}\.json$/;

interface Glance {
  readonly checklist?: { readonly id?: unknown };
  readonly record?: {
    readonly asOf?: unknown;
    readonly amends?: unknown;
    readonly results?: readonly {
      readonly item?: unknown;
      readonly status?: unknown;
      readonly at?: unknown;
    }[];
  };
}

function glanceAt(bytes: Uint8Array): Glance {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The source of the checklist that was run, as it was run. */
export function readSource(root: string, run: string, disk: Disk = realDisk): Uint8Array {
  return disk.read(join(root, "content/runs", run, "checklist.md"));
}

/** Bytes of a stored input or evidence file. */
export function readStored(
  root: string,
  run: string,
  kind: "inputs" | "evidence",
  sha256: string,
  disk: Disk = realDisk,
): Uint8Array {
  return disk.read(join(root, "content/runs", run, kind, hexOf(sha256)));
}

function damagedFiles(disk: Disk, folder: string, envelopes: readonly Envelope[]): FileProblem[] {
  const problems: FileProblem[] = [];
  const check = (kind: FileProblem["kind"], path: string, sha256: string): void => {
    const found = disk.kind(path) === "file" ? digestOf(disk.read(path)) : null;
    if (found !== sha256) problems.push({ kind, sha256, found });
  };
  const [first] = envelopes;
  if (first) check("checklist", join(folder, "checklist.md"), first.checklist.digest);
  for (const kind of ["inputs", "evidence"] as const) {
    const digests = new Set(envelopes.flatMap((envelope) => envelope[kind].map((file) => file.sha256)));
    for (const sha256 of [...digests].sort()) check(kind, join(folder, kind, hexOf(sha256)), sha256);
  }
  return problems;
}

function damage(run: string, { kind, sha256, found }: FileProblem): Diagnostic {
  const file = kind === "checklist" ? "checklist.md" : `${kind}/${hexOf(sha256)}`;
  const reason =
    found === null ? "is missing" : `holds other bytes than were stored: ${sha256} expected, ${found} found`;
  return problem(
    `${kind}-digest`,
    `${run}/${file}`,
    reason,
    "bring the file back from a copy, such as the version control system",
  );
}

function problem(rule: string, path: string, reason: string, hint: string | null): Diagnostic {
  return { severity: "error", rule, file: `content/runs/${path}`, line: 0, column: 0, reason, hint };
}
