/** A difference carried out: the first version with these changes is the second. */
import type { Checklist } from "../checklist.ts";
import type { AttributeChange, Attributes, Diff, PartName, Token } from "./change.ts";
import { flatten, keyOf, type Part, unflatten } from "./flat.ts";
import { applyListChanges } from "./lists.ts";
import type { Matching } from "./match.ts";
import { applyEdits, translate } from "./places.ts";
import { renameIn, renamesOf } from "./references.ts";

/**
 * Carries out a difference. What comes out is the second version in everything but the lines of its source, which are
 * 0. Throws TypeError where `diff` does not begin with this version.
 */
export function applyDiff(a: Checklist, diff: Diff): Checklist {
  const { id, version, digest } = diff.from;
  if (a.id !== id || a.version !== version || a.digest !== digest)
    throw new TypeError(
      `the difference begins with ${id} ${version} (${digest}), not with ${a.id} ${a.version} (${a.digest})`,
    );
  const flat = flatten(a);
  const matched = matchingOf(flat.parts, diff);
  const renames = renamesOf(matched);
  const edits = new Map(diff.text.map((change) => [ownerKey(change.in), change.edits]));
  const edited = (owner: string, text: readonly Token[]): readonly Token[] =>
    applyEdits(translate(text, matched), edits.get(owner) ?? []);
  const numbers = new Map(diff.renumbered.map((one) => [keyOf(one), one.to]));
  // A part that is gone may have had the id that another one has now: only changed ones are looked up.
  const changed = diff.parts.filter((change) => change.change === "changed");
  const changes = new Map(changed.map((change) => [keyOf(change), change.attributes]));
  const parts = new Map<string, Part>();
  for (const [was, is] of matched) {
    const part = flat.parts.get(was);
    if (!part) continue;
    const attributes = applyAttributes(renameIn(part.attributes, renames), changes.get(is) ?? []);
    const number = numbers.has(is) ? (numbers.get(is) ?? null) : part.number;
    parts.set(is, {
      ...part,
      id: is.slice(part.kind.length + 1),
      number,
      attributes,
      text: edited(is, part.text),
    });
  }
  for (const change of diff.parts) if (change.change === "added") parts.set(keyOf(change), change);
  return unflatten({
    side: diff.to,
    document: applyAttributes(flat.document, diff.document),
    lists: applyListChanges(renameIn(flat.lists, renames), diff.lists),
    text: edited("", flat.text),
    parts,
  });
}

function ownerKey(owner: PartName | null): string {
  return owner === null ? "" : keyOf(owner);
}

/** What stays, under the names of the second version. */
function matchingOf(parts: ReadonlyMap<string, Part>, diff: Diff): Matching {
  const gone = new Set(diff.parts.flatMap((part) => (part.change === "removed" ? [keyOf(part)] : [])));
  const renamed = new Map(
    diff.parts.flatMap((part) =>
      part.change === "changed" ? [[keyOf({ kind: part.kind, id: part.was }), keyOf(part)] as const] : [],
    ),
  );
  return new Map(
    [...parts.keys()].flatMap((key) => (gone.has(key) ? [] : [[key, renamed.get(key) ?? key] as const])),
  );
}

function applyAttributes(attributes: Attributes, changes: readonly AttributeChange[]): Attributes {
  return { ...attributes, ...Object.fromEntries(changes.map(({ attribute, to }) => [attribute, to])) };
}
