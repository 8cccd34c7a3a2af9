/** Where parts stand among others, which of them have moved, and the edits between two texts. */
import type { Edit, Move, PartName, Position, Token } from "./change.ts";
import { type Flat, keyOf } from "./flat.ts";
import type { Matching } from "./match.ts";
import { compareSequences, isSame, outOfOrder } from "./sequence.ts";

/** Every part that is in both versions and stands elsewhere in the second, by its key there. */
export function movesBetween(a: Flat, b: Flat, matched: Matching): ReadonlyMap<string, Move> {
  const moves = new Map<string, Move>();
  const disordered = disorderIn(a, b, matched);
  const [before, after] = [positionsIn(a), positionsIn(b)];
  for (const [was, is] of matched) {
    const [from, to] = [before.get(was), after.get(is)];
    if (!from || !to) continue;
    const isElsewhere = (from.in === null ? null : matched.get(keyOf(from.in))) !== ownerKey(to);
    if (isElsewhere || disordered.has(is)) moves.set(is, { from, to });
  }
  return moves;
}

function ownerKey(place: { readonly in: PartName | null }): string | null {
  return place.in === null ? null : keyOf(place.in);
}

/** Parts that stayed in the same part, and change places with their neighbours: so few as can be. */
function disorderIn(a: Flat, b: Flat, matched: Matching): ReadonlySet<string> {
  const moved = new Set<string>();
  const before = childrenOf(a);
  const after = childrenOf(b);
  for (const [owner, children] of before) {
    const others = after.get(owner === null ? null : (matched.get(owner) ?? "")) ?? [];
    const left = children.map((key) => matched.get(key) ?? "");
    const common = new Set(left).intersection(new Set(others));
    const order = outOfOrder(
      left.filter((key) => common.has(key)),
      others.filter((key) => common.has(key)),
    );
    for (const key of order) moved.add(key);
  }
  return moved;
}

function childrenOf(flat: Flat): ReadonlyMap<string | null, readonly string[]> {
  const children = new Map<string | null, string[]>();
  for (const [key, part] of flat.parts) {
    const owner = ownerKey(part);
    const known = children.get(owner);
    if (known) known.push(key);
    else children.set(owner, [key]);
  }
  return children;
}

/** Where every part stands. */
function positionsIn(flat: Flat): ReadonlyMap<string, Position> {
  const positions = new Map<string, Position>();
  const last = new Map<string, PartName>();
  for (const [key, { kind, id, in: owner }] of flat.parts) {
    const place = `${kind} ${owner === null ? "" : keyOf(owner)}`;
    positions.set(key, { in: owner, after: last.get(place) ?? null });
    last.set(place, { kind, id });
  }
  return positions;
}

/** Tokens of the first version in the names of the second. */
export function translate(tokens: readonly Token[], matched: Matching): readonly Token[] {
  return tokens.map((token): Token => {
    if (token.type !== "part") return token;
    const is = matched.get(keyOf(token));
    return is === undefined ? { ...token, gone: true } : { ...token, id: is.slice(token.kind.length + 1) };
  });
}

/** What to replace in `from` (in the names of the second version) so that it is `to`. */
export function editsBetween(from: readonly Token[], to: readonly Token[]): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const { change, values } of compareSequences(from, to, JSON.stringify)) {
    const last = edits.at(-1);
    if (change === "removed") edits.push({ at, removed: values, added: [] });
    else if (change === "added" && last && last.at + last.removed.length === at)
      edits.splice(-1, 1, { ...last, added: values });
    else if (change === "added") edits.push({ at, removed: [], added: values });
    if (change !== "added") at += values.length;
  }
  return edits;
}

/** Edits carried out. Throws where they are not edits of this text. */
export function applyEdits(text: readonly Token[], edits: readonly Edit[]): readonly Token[] {
  const result: Token[] = [];
  let at = 0;
  for (const edit of edits) {
    if (!isSame(text.slice(edit.at, edit.at + edit.removed.length), edit.removed))
      throw new TypeError(`the text at ${edit.at} is not what the change takes out`);
    result.push(...text.slice(at, edit.at), ...edit.added);
    at = edit.at + edit.removed.length;
  }
  return [...result, ...text.slice(at)];
}
