/** Rules that compare the versions of one checklist with each other. */
import type { Checklist } from "../model/checklist.ts";
import type { Diagnostic, DiagnosticSeverity } from "../model/diagnostic.ts";
import { outlineOf } from "../model/outline.ts";
import type { RuleName } from "../model/rulebook.ts";
import type { Lock } from "../model/site.schema.ts";
import type { Locked } from "./lock.ts";

/** `version-order`, `changes-missing` and `reused-id`, over all versions of all checklists; sources are sorted by version. */
export function checkHistory(lock: Lock, sources: readonly Locked[]): readonly Diagnostic[] {
  const ids = [...new Set(sources.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const versions = sources.filter((source) => source.id === id);
    return [...versionOrder(lock, versions), ...changesMissing(lock, versions), ...reusedIds(lock, versions)];
  });
}

function told(
  source: Locked,
  rule: RuleName,
  severity: DiagnosticSeverity,
  reason: string,
  hint: string,
  line = 1,
): Diagnostic {
  return { severity, rule, file: source.file, line, column: 1, reason, hint };
}

const releaseOf = (lock: Lock, { id, version }: Locked) => lock.checklists[id]?.[version];

/** A higher version is not released before a lower one, or "current" would depend on whom one asks. */
function versionOrder(lock: Lock, versions: readonly Locked[]): readonly Diagnostic[] {
  let latest: { readonly version: string; readonly date: string } | null = null;
  return versions.flatMap((source): readonly Diagnostic[] => {
    const date = releaseOf(lock, source)?.date;
    if (date === undefined) return [];
    const before = latest;
    if (before === null || date >= before.date) latest = { version: source.version, date };
    if (before === null || date >= before.date) return [];
    const reason = `${source.version} was released on ${date}, before the lower version ${before.version} (${before.date})`;
    return [
      told(
        source,
        "version-order",
        "warning",
        reason,
        "give maintenance releases of an old line a version below the next one's, and know that 'current' is the highest",
      ),
    ];
  });
}

/** From the second version on the frontmatter says what changed. */
function changesMissing(lock: Lock, versions: readonly Locked[]): readonly Diagnostic[] {
  return versions.slice(1).flatMap((source): readonly Diagnostic[] => {
    if (!source.checklist || source.checklist.changes !== null || releaseOf(lock, source)) return [];
    const reason = `nothing says what changed since ${versions[versions.indexOf(source) - 1]?.version}`;
    return [
      told(
        source,
        "changes-missing",
        "warning",
        reason,
        "add 'changes' to the frontmatter: one sentence for whoever works from the version before",
      ),
    ];
  });
}

type Kind = "section" | "item" | "command";

interface Use {
  readonly kind: Kind;
  readonly line: number;
}

function kindsOf(checklist: Checklist): ReadonlyMap<string, Use> {
  const { sections, items, codes } = outlineOf(checklist);
  const uses = new Map<string, Use>();
  for (const { id, line } of sections) uses.set(id, { kind: "section", line });
  for (const { id, line } of items) uses.set(id, { kind: "item", line });
  for (const { command } of codes) if (command) uses.set(command.id, { kind: "command", line: command.line });
  return uses;
}

/** An id that existed earlier is never given to something else: not after it was gone, not to another kind of thing. */
function reusedIds(lock: Lock, versions: readonly Locked[]): readonly Diagnostic[] {
  if (versions.length < 2) return [];
  const first = new Map<string, { readonly kind: Kind; readonly version: string }>();
  const gone = new Map<string, string>();
  return versions.flatMap((source): readonly Diagnostic[] => {
    if (!source.checklist) return [];
    const kinds = kindsOf(source.checklist);
    const found = [...kinds].flatMap(([id, { kind, line }]): readonly Diagnostic[] => {
      const before = first.get(id);
      const since = gone.get(id);
      const reason =
        before && before.kind !== kind
          ? `'${id}' was the id of a kind '${before.kind}' in ${before.version}, and is of a kind '${kind}' here`
          : since !== undefined
            ? `'${id}' was last in ${since}, is in no version between, and is given again here`
            : null;
      return reason === null
        ? []
        : [
            told(
              source,
              "reused-id",
              "error",
              reason,
              "choose a new id: reports of earlier runs name the old one",
              line,
            ),
          ];
    });
    for (const [id, { kind }] of kinds) {
      if (!first.has(id)) first.set(id, { kind, version: source.version });
      gone.delete(id);
    }
    // A draft's ids are not given away for good: only a release makes them so.
    if (releaseOf(lock, source))
      for (const id of first.keys())
        if (!kinds.has(id) && !gone.has(id)) gone.set(id, lastWith(id, versions, source));
    return found;
  });
}

function lastWith(id: string, versions: readonly Locked[], until: Locked): string {
  const earlier = versions.slice(0, versions.indexOf(until));
  return (
    earlier.findLast(({ checklist }) => checklist && kindsOf(checklist).has(id))?.version ?? until.version
  );
}
