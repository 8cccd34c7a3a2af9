/** The only reader of `content/checklists`: every file is read, parsed and checked once. */
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ID_PATTERN } from "../model/checklist.schema.ts";
import type { Checklist } from "../model/checklist.ts";
import { compareDiagnostics, compareText, type Diagnostic } from "../model/diagnostic.ts";
import type { RuleName } from "../model/rulebook.ts";
import type { KnownExample, Lock, Roster, Site } from "../model/site.schema.ts";
import { compareVersions, isVersion } from "../model/version.ts";
import { checkSource } from "./check.ts";
import type { Pin } from "./context.ts";
import { digestOf } from "./file.ts";
import { checkHistory } from "./history.ts";
import { readInstallation } from "./installation.ts";
import { checkLock, type FindReleased } from "./lock.ts";
import { parseChecklist } from "./parse.ts";
import { checkReach } from "./reach.ts";
import { checkRedirects } from "./redirects.ts";
import { concealing, type Secret } from "./secrets.ts";

/** Larger files are refused unread (trust.md). */
const LARGEST = 1024 * 1024;

/** One file under `content/checklists`. */
export interface Source {
  readonly id: string;
  readonly version: string;
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly digest: string;
  /** Null where the file cannot be parsed; its diagnostics say why. */
  readonly checklist: Checklist | null;
  readonly pins: readonly Pin[];
  /** What looks like a secret in it: never shown. */
  readonly secrets: readonly Secret[];
}

export interface Catalogue {
  /** Sorted by id, then by version, oldest first. */
  readonly sources: readonly Source[];
  readonly checklists: readonly Checklist[];
  readonly diagnostics: readonly Diagnostic[];
  readonly lock: Lock;
  readonly site: Site;
  readonly roster: Roster;
}

/**
 * Reads everything under `<root>/content`. Content problems are diagnostics; a folder that cannot be read throws.
 * @param findReleased asked what a version said that has changed since its release
 */
export function readChecklists(root: string, findReleased: FindReleased = () => null): Catalogue {
  const content = join(root, "content");
  const { lock, site, roster, diagnostics: installation } = readInstallation(content);
  const diagnostics: Diagnostic[] = [...installation];
  const sources: Source[] = [];
  for (const place of listFiles(join(content, "checklists"))) {
    const read = readSource(root, place.id, place.version, lock, site.knownExamples);
    diagnostics.push(...read.diagnostics);
    if (read.source) sources.push(read.source);
  }
  sources.sort(
    (a, b) =>
      compareText(a.id, b.id) || compareVersions(a.version, b.version) || compareText(a.version, b.version),
  );
  const told = [
    ...sameVersions(sources),
    ...checkLock(root, lock, sources, findReleased),
    ...checkHistory(lock, sources),
    ...checkReach(root, lock, sources),
    ...checkRedirects(content, site.redirects, new Set(sources.map(({ id }) => id))),
  ];
  diagnostics.push(...told.map((one) => withoutSecrets(one, sources)));
  return {
    sources,
    checklists: sources.flatMap(({ checklist }) => (checklist ? [checklist] : [])),
    diagnostics: diagnostics.sort(compareDiagnostics),
    lock,
    site,
    roster,
  };
}

/** Ids are derived from text: what speaks of them could give a secret away. */
function withoutSecrets(diagnostic: Diagnostic, sources: readonly Source[]): Diagnostic {
  const source = sources.find(({ file }) => file === diagnostic.file);
  return source
    ? { ...diagnostic, reason: concealing(source.text, source.secrets)(diagnostic.reason) }
    : diagnostic;
}

/** Two spellings of one version (`1.0` and `1.0.0`) would make its place among the others a matter of chance. */
function sameVersions(sources: readonly Source[]): readonly Diagnostic[] {
  return sources.flatMap((source, at): readonly Diagnostic[] => {
    const before = sources[at - 1];
    if (before?.id !== source.id || compareVersions(before.version, source.version) !== 0) return [];
    const [first, second] = [before, source].sort((a, b) => compareText(a.version, b.version));
    const reason = `the version ${second?.version} is the same as ${first?.version}`;
    const hint = "rename or remove one of the two";
    return [{ severity: "error", rule: "path-matches", file: source.file, line: 1, column: 1, reason, hint }];
  });
}

export interface SourceRead {
  readonly source: Source | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one version. The loader of the site calls it for the file that changed.
 * @param known what looks like a secret and is none; only the diagnostics depend on it
 */
export function readSource(
  root: string,
  id: string,
  version: string,
  lock: Lock,
  known: readonly KnownExample[] = [],
): SourceRead {
  const file = `content/checklists/${id}/${version}.md`;
  const problem = (rule: RuleName, reason: string, hint: string | null = null): Diagnostic => ({
    severity: "error",
    rule,
    file,
    line: 1,
    column: 1,
    reason,
    hint,
  });
  const names = badNames(id, version);
  if (names.length > 0)
    return { source: null, diagnostics: names.map((reason) => problem("path-matches", reason)) };
  const bytes = readFileSync(join(root, file));
  if (bytes.length > LARGEST)
    return {
      source: null,
      diagnostics: [problem("too-large", `the file has ${bytes.length} bytes; at most ${LARGEST} are read`)],
    };
  const digest = digestOf(bytes);
  const text = decode(bytes);
  if (text === null)
    return {
      source: null,
      diagnostics: [problem("not-utf8", "the file is not valid UTF-8", "save it as UTF-8")],
    };
  const parsed = parseChecklist({ id, version, file, text, digest });
  const locked = lock.checklists[id]?.[version] !== undefined;
  const { diagnostics, secrets } = checkSource({ id, version, file, text, digest }, parsed, {
    locked,
    known,
  });
  const { checklist, pins } = parsed;
  return { source: { id, version, file, text, digest, checklist, pins, secrets }, diagnostics };
}

/** Names that Windows gives to devices, whatever stands behind a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/** What is wrong with the names of a version's folder and file. */
export function badNames(id: string, version: string): readonly string[] {
  return [
    ...(ID_PATTERN.test(id) && !id.includes("..") && !DEVICE.test(id)
      ? []
      : [`the folder '${id}' is no checklist id: write a-z, 0-9, '.', '_', '-'`]),
    ...(isVersion(version)
      ? []
      : [`'${version}' is no version: write numbers with dots, such as 1.10.0, perhaps with -rc.1 behind`]),
  ];
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

interface FilePlace {
  readonly id: string;
  readonly version: string;
}

/** `<id>/<version>.md`, sorted; `<id>/files/` holds images and the like. No folder at all is an empty catalogue. */
function listFiles(folder: string): readonly FilePlace[] {
  return entries(folder)
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: id }) =>
      entries(join(folder, id))
        .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
        .map((entry) => ({ id, version: entry.name.slice(0, -".md".length) })),
    );
}

function entries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw cause;
  }
}
