/** One change of a part as it is read. */
import type { ChangedPart, Demand, LineChange, Move, PartKind, TextChange, WholePart } from "./change.ts";
import { sumOfDemands } from "./figures.ts";
import type { Part } from "./flat.ts";
import { linesOf } from "./lines.ts";
import { type BothNames, type Row, rowsOfAttributes, rowsOfChange } from "./rows.ts";

export interface Entry {
  readonly change: "added" | "removed" | "moved" | "changed";
  /** "Item", "Section", "Command", "Sign-off", … */
  readonly kind: string;
  /** Its place on the page of the version that has it; null where it has none. */
  readonly id: string | null;
  readonly number: string | null;
  readonly name: string;
  readonly rows: readonly Row[];
  readonly demand: Demand | null;
}

const KINDS: Readonly<Record<PartKind, string>> = {
  section: "Section",
  item: "Item",
  command: "Command",
  template: "Template",
  footnote: "Footnote",
};

/** A part that is new or gone: what it asks for, and what stands in it. */
export function entryOfWhole(part: WholePart, around: Part | null, name: string, names: BothNames): Entry {
  const own = part.change === "added" ? names.after : names.before;
  const code = typeof part.attributes.value === "string" ? part.attributes.value.split("\n") : null;
  const lines = (code ?? part.text.flatMap(linesOf)).map(
    (text): LineChange => ({ change: part.change, words: [{ change: part.change, text }] }),
  );
  const rows = [
    ...rowsOfAttributes(part.attributes, around?.attributes ?? null, own),
    ...(lines.length === 0 ? [] : [rowOfLines(lines, code !== null)]),
  ];
  return { change: part.change, ...titled(part), name, rows, demand: part.demand };
}

/** A part that is in both versions: its move, its attributes, its text. Null where nothing is to be said of it. */
export function entryOfChanged(
  part: Part,
  change: ChangedPart | null,
  text: TextChange | null,
  name: string,
  names: BothNames,
): Entry | null {
  const moved = change?.moved ?? null;
  const wording = part.kind === "section" ? "Renamed" : "Reworded";
  const attributes = (change?.attributes ?? []).flatMap((one) => {
    if (!one.inherited) return rowsOfChange(one, names, wording);
    // Said by what it stands in, unless it stands there only now.
    const rows = moved === null ? [] : rowsOfChange(one, names, wording);
    return rows.map((row) => ({ ...row, label: `${row.label}, by its new place` }));
  });
  const isRenamed = change !== null && change.was !== change.id;
  const rows = [
    ...(moved === null ? [] : [rowOfMove(moved, names)]),
    ...(isRenamed ? [rowOfId(change)] : []),
    ...attributes,
    ...rowsOfText(text),
  ];
  if (rows.length === 0) return null;
  const demand = sumOfDemands(rows.map((row) => row.demand));
  const kind = moved !== null && rows.length === 1 ? "moved" : "changed";
  return { change: kind, ...titled(part), name, rows, demand };
}

function titled({
  kind,
  id,
  number,
}: Pick<Part, "kind" | "id" | "number">): Pick<Entry, "kind" | "id" | "number"> {
  return {
    kind: KINDS[kind],
    id: kind === "footnote" ? `_note-${number}` : id,
    number: kind === "footnote" ? null : number,
  };
}

function rowOfId({ was, id }: ChangedPart): Row {
  return { label: "Id", content: { type: "values", about: null, from: was, to: id }, demand: null };
}

function rowOfMove({ from, to }: Move, { before, after }: BothNames): Row {
  const [was, is] = [before.part(from.in), after.part(to.in)];
  const isElsewhere = from.in?.id !== to.in?.id || from.in?.kind !== to.in?.kind;
  const behind = (position: Move["from"], names: BothNames["after"]): string =>
    position.after === null ? "first" : `behind ${names.part(position.after)}`;
  const values = isElsewhere ? { from: was, to: is } : { from: behind(from, before), to: behind(to, after) };
  return {
    label: "Moved",
    content: { type: "values", about: null, ...values },
    demand: null,
  };
}

export function rowsOfText(text: TextChange | null): readonly Row[] {
  if (text === null) return [];
  if (text.lines.length > 0) return [rowOfLines(text.lines, false)];
  const tokens = text.edits.flatMap(({ removed, added }) => [...removed, ...added]);
  // Parts that came, went or moved say so themselves.
  if (tokens.some(({ type }) => type === "part")) return [];
  const said = "the same text in other lists or quotes";
  return [{ label: "Text", content: { type: "text", text: said }, demand: null }];
}

function rowOfLines(lines: readonly LineChange[], code: boolean): Row {
  return { label: "Text", content: { type: "lines", lines, code }, demand: null };
}
