/** The release of a draft: a plan, decided before anything is written. */
import { dirname, join } from "node:path";
import { localFilesOf } from "../model/addresses.ts";
import { compareText, type Diagnostic } from "../model/diagnostic.ts";
import { folded } from "../model/judgement/identity.ts";
import type { Lock, Release } from "../model/site.schema.ts";
import { checkSource } from "./check.ts";
import type { Catalogue, Source } from "./checklists.ts";
import { digestOf, readBytesIfThere } from "./file.ts";
import { checkHistory } from "./history.ts";
import { parseChecklist } from "./parse.ts";
import { RULES_VERSION } from "./rules.ts";

export interface ReleaseWish {
  readonly id: string;
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly author: string;
  readonly approvedBy: string;
}

export interface ReleasePlan {
  readonly file: string;
  /** The source with `status: released`. */
  readonly text: string;
  readonly release: Release;
  readonly lock: Lock;
}

/** Rules whose findings stop a release although they are warnings on a draft. */
const STOPS_RELEASE = new Set(["unpinned-item", "no-signoff", "changes-missing"]);

/** What a release would write, or why it is refused: all reasons, not only the first. */
export function planRelease(
  root: string,
  { sources, lock, site }: Pick<Catalogue, "sources" | "lock" | "site">,
  wish: ReleaseWish,
): ReleasePlan | { readonly reasons: readonly string[] } {
  const source = sources.find(({ id, version }) => id === wish.id && version === wish.version);
  if (!source) return { reasons: [`there is no ${wish.id}@${wish.version} under content/checklists`] };
  if (lock.checklists[wish.id]?.[wish.version])
    return { reasons: [`${wish.id}@${wish.version} is released already; a change is a new version`] };
  const people =
    folded(wish.author) === folded(wish.approvedBy)
      ? [`'${wish.approvedBy}' is the author: a release is approved by somebody else`]
      : [];
  const text = withStatus(source.text);
  if (text === null)
    return { reasons: [...people, `${source.file} has no frontmatter to write 'status: released' into`] };
  const digest = digestOf(text);
  const parsed = parseChecklist({ ...source, text, digest });
  const { diagnostics } = checkSource({ ...source, text }, parsed, {
    locked: false,
    known: site.knownExamples,
  });
  const among = checkHistory(lock, sources).filter(({ file }) => file === source.file);
  const found = [...diagnostics, ...among].filter(
    ({ rule, severity }) => severity === "error" || STOPS_RELEASE.has(rule),
  );
  const files = filesOf(root, source);
  const reasons = [
    ...people,
    ...found.map(sentence),
    ...files.missing.map((path) => `${source.file} refers to '${path}', and there is no such file`),
  ];
  if (reasons.length > 0) return { reasons };
  const release: Release = {
    digest,
    date: wish.date,
    author: wish.author,
    approvedBy: wish.approvedBy,
    rules: RULES_VERSION,
    files: files.digests,
  };
  return { file: source.file, text, release, lock: withRelease(lock, wish, release) };
}

function sentence({ file, line, rule, reason }: Diagnostic): string {
  return `${file}:${line}: ${rule}: ${reason}`;
}

/** `status: draft` becomes `status: released`; where the frontmatter says nothing a line is added to it. */
function withStatus(text: string): string | null {
  const matter = /^(\uFEFF?---[ \t]*(\r\n|\n|\r))([\s\S]*?)(?:\r\n|\n|\r)---/.exec(text);
  if (!matter) return null;
  const [, open = "", newline = "\n", yaml = ""] = matter;
  const changed = /^status:/m.test(yaml)
    ? yaml.replace(/^(status:[ \t]*)(["']?)draft\2/m, "$1released")
    : `${yaml}${newline}status: released`;
  return open + changed + text.slice(open.length + yaml.length);
}

function filesOf(
  root: string,
  source: Source,
): { readonly digests: Record<string, string>; readonly missing: readonly string[] } {
  const digests: Record<string, string> = {};
  const missing: string[] = [];
  for (const path of source.checklist ? localFilesOf(source.checklist) : []) {
    const bytes = readBytesIfThere(join(root, dirname(source.file), path));
    if (bytes === null) missing.push(path);
    else digests[path] = digestOf(bytes);
  }
  return { digests, missing };
}

/** The lock with one more release; keys sorted, so that two releases on two branches merge. */
export function withRelease(
  lock: Lock,
  { id, version }: Pick<ReleaseWish, "id" | "version">,
  release: Release,
): Lock {
  const versions = { ...lock.checklists[id], [version]: release };
  return { ...lock, checklists: sorted({ ...lock.checklists, [id]: sorted(versions) }) };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}

/** The lock as it is written. */
export function renderLock(lock: Lock): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}
