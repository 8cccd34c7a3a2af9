/** Changes to a text as values: planned first, reported, applied last. */

/** How sure we are: `certain` follows from the bytes, `likely` is a proposal, `unsure` wants a look. */
export type Confidence = "certain" | "likely" | "unsure";

export interface Edit {
  /** Where `old` stands in the text, in UTF-16 units. */
  readonly offset: number;
  /** What stands there; empty for an insertion. */
  readonly old: string;
  /** What takes its place; empty for a removal. */
  readonly new: string;
  /** One word for machines, such as `encoding` or `untick`. */
  readonly kind: string;
  /** One sentence for people. */
  readonly why: string;
  readonly confidence: Confidence;
  /** What may have stood here, where that is known and no more. */
  readonly candidates?: readonly string[];
}

/** Orders by place; of two at one place the insertion comes first. Stable, so insertions keep their order. */
export function sortEdits(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.offset - b.offset || a.old.length - b.old.length);
}

/**
 * The text with every edit made. `edits` are in order and do not overlap.
 * Throws where an edit does not fit the text: that is a bug of ours, and nothing may be written then.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let made = "";
  let at = 0;
  for (const edit of edits) {
    if (edit.offset < at || !text.startsWith(edit.old, edit.offset))
      throw new RangeError(`the edit '${edit.kind}' at ${edit.offset} does not fit the text`);
    made += text.slice(at, edit.offset) + edit.new;
    at = edit.offset + edit.old.length;
  }
  return made + text.slice(at);
}

/** A stretch of the first text that is kept, or new text; a removal is new text of length nought. */
type Piece =
  | { readonly kept: true; readonly from: number; readonly length: number }
  | { readonly kept: false; readonly text: string; readonly edits: readonly Edit[] };

/**
 * One list that does what many in a row do: the first fits `text`, each further one fits what the one before makes
 * of it. Where they touch, they become one edit with all reasons and the least of their confidences.
 */
export function composeEdits(text: string, passes: readonly (readonly Edit[])[]): readonly Edit[] {
  const [only = [], ...more] = passes;
  if (more.length === 0) return only;
  let pieces: readonly Piece[] = [{ kept: true, from: 0, length: text.length }];
  for (const edits of passes) pieces = cut(pieces, edits);
  return joined(text, pieces);
}

function lengthOf(piece: Piece): number {
  return piece.kept ? piece.length : piece.text.length;
}

function slice(piece: Piece, from: number, to: number): Piece {
  return piece.kept
    ? { kept: true, from: piece.from + from, length: to - from }
    : { ...piece, text: piece.text.slice(from, to) };
}

function cut(pieces: readonly Piece[], edits: readonly Edit[]): readonly Piece[] {
  const made: Piece[] = [];
  const rest = [...pieces].reverse();
  let at = 0;
  /** Hands over pieces up to `to`; `removed` collects the edits whose text is taken away instead. */
  const pass = (to: number, removed: Edit[] | null): void => {
    while (at < to) {
      const piece = rest.pop();
      if (!piece) return;
      const length = lengthOf(piece);
      const part = Math.min(length, to - at);
      if (part < length) rest.push(slice(piece, part, length));
      if (!removed) made.push(slice(piece, 0, part));
      else if (!piece.kept) removed.push(...piece.edits);
      at += part;
    }
  };
  for (const edit of edits) {
    pass(edit.offset, null);
    const removed: Edit[] = [];
    pass(edit.offset + edit.old.length, removed);
    made.push({ kept: false, text: edit.new, edits: [...removed, edit] });
  }
  return [...made, ...rest.reverse()];
}

function joined(text: string, pieces: readonly Piece[]): readonly Edit[] {
  const made: Edit[] = [];
  let end = 0;
  let added = "";
  let edits: Edit[] = [];
  const close = (next: number): void => {
    const old = text.slice(end, next);
    if (edits.length > 0 && old !== added) made.push(merged(edits, end, old, added));
    added = "";
    edits = [];
  };
  for (const piece of pieces) {
    if (!piece.kept) {
      added += piece.text;
      edits.push(...piece.edits);
    } else if (piece.length > 0) {
      close(piece.from);
      end = piece.from + piece.length;
    }
  }
  close(text.length);
  return made;
}

const RANKS: readonly Confidence[] = ["certain", "likely", "unsure"];

function merged(edits: readonly Edit[], offset: number, old: string, made: string): Edit {
  const kind = [...new Set(edits.map((edit) => edit.kind))].join("+");
  const why = [...new Set(edits.map((edit) => edit.why))].join("; ");
  const rank = Math.max(...edits.map(({ confidence }) => RANKS.indexOf(confidence)));
  const candidates = edits.flatMap((edit) => edit.candidates ?? []);
  return {
    offset,
    old,
    new: made,
    kind,
    why,
    confidence: RANKS[rank] ?? "unsure",
    ...(candidates.length > 0 ? { candidates } : {}),
  };
}

/** The place in the first text that a place in the changed one comes from; of new text the place where it was put. */
export function originalOffset(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const edit of edits) {
    const start = edit.offset + shift;
    if (offset < start) break;
    if (offset < start + edit.new.length) return edit.offset;
    shift += edit.new.length - edit.old.length;
  }
  return offset - shift;
}
