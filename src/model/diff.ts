/** What changed between two versions of a checklist, as data. */
import type { Checklist } from "./checklist.ts";
import { attributesBetween } from "./diff/attributes.ts";
import type {
  Attributes,
  ChangedPart,
  Demand,
  Diff,
  PartChange,
  Renumbering,
  TextChange,
  WholePart,
} from "./diff/change.ts";
import { type Flat, flatten, keyOf, type Part } from "./diff/flat.ts";
import { linesOfEdits } from "./diff/lines.ts";
import { listsBetween } from "./diff/lists.ts";
import { type Matching, matchParts } from "./diff/match.ts";
import { editsBetween, movesBetween, translate } from "./diff/places.ts";
import { type Renames, renameIn, renamesOf } from "./diff/references.ts";

/**
 * Compares two versions, `a` the earlier one. Parts are matched by their ids, and by their words where ids are derived
 * from them. `diffChecklists(a, a)` has no changes; `applyDiff(a, diffChecklists(a, b))` is `b` but for source lines.
 */
export function diffChecklists(a: Checklist, b: Checklist): Diff {
  const [from, to] = [flatten(a), flatten(b)];
  const matched = matchParts(from, to);
  const renames = renamesOf(matched);
  return {
    schema: "countersign/diff@1",
    from: from.side,
    to: to.side,
    document: attributesBetween(from.document, to.document),
    lists: listsBetween(renameIn(from.lists, renames), to.lists),
    parts: partsBetween(from, to, matched, renames),
    text: textBetween(from, to, matched),
    renumbered: renumberedBetween(from, to, matched),
  };
}

/** Is there nothing to say? Two versions may still differ in name and in the bytes of their files. */
export function isEmptyDiff({ document, lists, parts, text, renumbered }: Diff): boolean {
  return [document, lists, parts, text, renumbered].every((changes) => changes.length === 0);
}

function partsBetween(from: Flat, to: Flat, matched: Matching, renames: Renames): readonly PartChange[] {
  const changed = changedParts(from, to, matched, renames);
  const gone = goneBehind(from, matched);
  const inPlace = (key: string | null): readonly PartChange[] => gone.get(key) ?? [];
  return [
    ...inPlace(null),
    ...[...to.parts].flatMap(([key, part]) => {
      const change = changed.has(key) ? changed.get(key) : wholePart("added", part);
      return [...(change ? [change] : []), ...inPlace(key)];
    }),
  ];
}

/** Null: in both versions, and the same. */
function changedParts(
  from: Flat,
  to: Flat,
  matched: Matching,
  renames: Renames,
): ReadonlyMap<string, ChangedPart | null> {
  const moves = movesBetween(from, to, matched);
  const changed = new Map<string, ChangedPart | null>();
  for (const [was, is] of matched) {
    const [before, after] = [from.parts.get(was), to.parts.get(is)];
    if (!before || !after) continue;
    const attributes = attributesBetween(renameIn(before.attributes, renames), after.attributes, {
      before: around(from, before, renames),
      after: around(to, after, new Map()),
    });
    const moved = moves.get(is) ?? null;
    const isChanged = attributes.length > 0 || moved !== null || before.id !== after.id;
    const { kind, id } = after;
    changed.set(is, isChanged ? { change: "changed", kind, id, was: before.id, moved, attributes } : null);
  }
  return changed;
}

/** The attributes of the item or section that a part stands in. */
function around(flat: Flat, part: Part, renames: Renames): Attributes | null {
  const owner = part.in === null ? undefined : flat.parts.get(keyOf(part.in));
  return owner ? renameIn(owner.attributes, renames) : null;
}

/** What is gone, by the part of the second version behind which it is told; null: before all others. */
function goneBehind(from: Flat, matched: Matching): ReadonlyMap<string | null, readonly WholePart[]> {
  const gone = new Map<string | null, WholePart[]>();
  let last: string | null = null;
  for (const [key, part] of from.parts) {
    const is = matched.get(key);
    if (is !== undefined) last = is;
    else gone.set(last, [...(gone.get(last) ?? []), wholePart("removed", part)]);
  }
  return gone;
}

function wholePart(change: WholePart["change"], part: Part): WholePart {
  const { kind, id, number, in: owner, attributes, text } = part;
  return { change, kind, id, number, in: owner, attributes, text, demand: demandOfPart(change, part) };
}

/** An item asks for something, unless it is optional or follows from others. */
function demandOfPart(change: WholePart["change"], { kind, attributes }: Part): Demand | null {
  if (kind !== "item" || attributes.optional === true || attributes.derived !== null) return null;
  return change === "added" ? "stricter" : "looser";
}

function textBetween(from: Flat, to: Flat, matched: Matching): readonly TextChange[] {
  const owners = [...matched].map(([was, is]) => [from.parts.get(was), to.parts.get(is)] as const);
  const inOrder = new Map(owners.map(([before, after]) => [after, before]));
  const changes: TextChange[] = [];
  const compare = (owner: TextChange["in"], before: Flat["text"], after: Flat["text"]): void => {
    const edits = editsBetween(translate(before, matched), after);
    if (edits.length > 0) changes.push({ in: owner, edits, lines: linesOfEdits(edits) });
  };
  compare(null, from.text, to.text);
  for (const after of to.parts.values()) {
    const before = inOrder.get(after);
    if (before) compare({ kind: after.kind, id: after.id }, before.text, after.text);
  }
  return changes;
}

function renumberedBetween(from: Flat, to: Flat, matched: Matching): readonly Renumbering[] {
  const before = new Map([...matched].map(([was, is]) => [is, from.parts.get(was)?.number ?? null]));
  return [...to.parts].flatMap(([key, { kind, id, number }]) => {
    const was = before.get(key);
    return was === undefined || was === number ? [] : [{ kind, id, from: was, to: number }];
  });
}
