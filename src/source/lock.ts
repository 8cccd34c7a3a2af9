/** What is released is frozen: rules that compare the files with `content/lock.json` and with each other. */
import { dirname, join } from "node:path";
import type { Checklist } from "../model/checklist.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Lock } from "../model/site.schema.ts";
import { digestOf, readBytesIfThere } from "./file.ts";
import { concealing, findSecrets } from "./secrets.ts";

export interface Locked {
  readonly id: string;
  readonly version: string;
  readonly file: string;
  readonly text: string;
  readonly digest: string;
  readonly checklist: Checklist | null;
}

/** The text of a released version by the digest of its bytes, where somebody still has it. */
export type FindReleased = (file: string, digest: string) => string | null;

/** `frozen`: every released version is in the lock with its digest, with the files it refers to, and the other way round. */
export function checkLock(
  root: string,
  lock: Lock,
  sources: readonly Locked[],
  findReleased: FindReleased,
): readonly Diagnostic[] {
  return [
    ...sources.flatMap((source) => [
      ...checkSource(lock, source, findReleased),
      ...checkFiles(root, lock, source),
    ]),
    ...missingFiles(lock, sources),
  ];
}

function checkFiles(root: string, lock: Lock, { id, version, file }: Locked): readonly Diagnostic[] {
  const files = Object.entries(lock.checklists[id]?.[version]?.files ?? {});
  return files.flatMap(([path, digest]): readonly Diagnostic[] => {
    const bytes = readBytesIfThere(join(root, dirname(file), path));
    const found = bytes === null ? null : digestOf(bytes);
    if (found === digest) return [];
    const reason =
      found === null
        ? `'${path}' was released with this version, and it is gone`
        : `'${path}' was released with this version and has changed: the lock has ${digest}, the file ${found}`;
    return [
      {
        severity: "error",
        rule: "frozen",
        file,
        line: 1,
        column: 1,
        reason,
        hint: "put the file back as it was",
      },
    ];
  });
}

function checkSource(lock: Lock, source: Locked, findReleased: FindReleased): readonly Diagnostic[] {
  const release = lock.checklists[source.id]?.[source.version];
  const frozen = (reason: string, hint: string, line = 1): Diagnostic => ({
    severity: "error",
    rule: "frozen",
    file: source.file,
    line,
    column: 1,
    reason,
    hint,
  });
  if (!release) {
    if (source.checklist?.status !== "released") return [];
    return [
      frozen(
        "the file says 'released', and the lock does not know it",
        `run 'countersign release ${source.id}@${source.version}', or write 'status: draft'`,
      ),
    ];
  }
  const difference =
    release.digest === source.digest ? null : differenceOf(release.digest, source, findReleased);
  const changed = difference
    ? [
        frozen(
          `a released version has changed: the lock has ${release.digest}, the file ${source.digest}${difference.says}`,
          "put the file back as it was, and make the change in a new version",
          difference.line,
        ),
      ]
    : [];
  return source.checklist && source.checklist.status !== "released"
    ? [
        ...changed,
        frozen(
          "the lock has this version as released, and the file says 'draft'",
          "put the file back as it was",
        ),
      ]
    : changed;
}

interface Difference {
  /** The first line that differs, from 1. */
  readonly line: number;
  readonly says: string;
}

/** Line ends are what a checkout changes most easily; else the first line that differs, where what was released is known. */
function differenceOf(digest: string, { file, text }: Locked, findReleased: FindReleased): Difference {
  const lf = text.replaceAll("\r\n", "\n");
  if ([lf, lf.replaceAll("\n", "\r\n")].some((form) => digestOf(form) === digest))
    return { line: 1, says: "; only line ends differ (see .gitattributes)" };
  const released = findReleased(file, digest);
  if (released === null) return { line: 1, says: "" };
  const [before, after] = [released, text].map((one) => one.split(/\r\n|\n|\r/));
  const at = (before ?? []).findIndex((line, index) => line !== after?.[index]);
  if (at < 0) return { line: before?.length ?? 1, says: "; text was added at the end, or line ends differ" };
  const was = before?.[at] ?? "";
  const shown = concealing(was, findSecrets(was))(was);
  return {
    line: at + 1,
    says: `; line ${at + 1} was '${shown.length > 120 ? `${shown.slice(0, 117)}...` : shown}'`,
  };
}

function missingFiles(lock: Lock, sources: readonly Locked[]): readonly Diagnostic[] {
  const there = new Set(sources.map(({ id, version }) => `${id}@${version}`));
  return Object.entries(lock.checklists).flatMap(([id, versions]) =>
    Object.entries(versions)
      .filter(([version]) => !there.has(`${id}@${version}`))
      .map(([version, { digest }]): Diagnostic => {
        const file = `content/checklists/${id}/${version}.md`;
        return {
          severity: "error",
          rule: "frozen",
          file,
          line: 0,
          column: 0,
          reason: `the lock has ${id}@${version} with ${digest}, and the file is gone`,
          hint: "put the file back; a version is withdrawn, never deleted",
        };
      }),
  );
}
