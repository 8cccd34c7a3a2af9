/** What an import did and what it was unsure of: one value for people, for machines and for tests. */
import type { Confidence } from "../edits.ts";
import { type BytesRead, decodeBytes } from "../encoding/bytes.ts";
import { placesIn } from "../places.ts";
import { type ImportCounts, type ImportPlan, type ImportWish, planImport } from "./plan.ts";

export interface ReportedEdit {
  /** Both from 1, in the file that was brought. */
  readonly line: number;
  readonly column: number;
  /** In UTF-16 units of its text. */
  readonly offset: number;
  readonly kind: string;
  readonly old: string;
  readonly new: string;
  readonly why: string;
  readonly confidence: Confidence;
  /** What may have stood there, where a byte was lost. */
  readonly candidates: readonly string[];
}

export interface ReportedNote {
  readonly line: number;
  readonly column: number;
  readonly kind: string;
  readonly text: string;
  /** Wants a decision of somebody who knows. */
  readonly doubt: boolean;
}

export interface ImportReport {
  readonly schema: "countersign/import@1";
  /** The file that was brought, as it was named. */
  readonly from: string;
  /** Where the source goes, relative to the project. */
  readonly to: string;
  /** Why nothing is made of it; null where something is. */
  readonly refused: string | null;
  readonly encoding: {
    /** How the file is stored. */
    readonly stored: string;
    /** Code pages in which its text had been misread, outermost first. */
    readonly misreadAs: readonly string[];
    /** What was mended, run by run; U+FFFD where a byte was lost and nothing says which. */
    readonly mended: readonly {
      readonly line: number;
      readonly column: number;
      readonly old: string;
      readonly new: string;
      readonly candidates: readonly string[];
    }[];
    /** Bytes that are no text any more. */
    readonly lost: readonly { readonly line: number; readonly column: number; readonly bytes: string }[];
  };
  readonly counts: ImportCounts;
  /** In order; made one after the other they turn the text that was brought into the source. */
  readonly edits: readonly ReportedEdit[];
  readonly notes: readonly ReportedNote[];
}

export interface Imported {
  readonly report: ImportReport;
  /** The source; null where the file is refused. */
  readonly text: string | null;
}

const NOTHING: ImportCounts = { sections: 0, items: 0, boxes: 0, found: {} };

/** Turns the bytes of a file into a source, or says by name why not. @param from the file as it was named */
export function importBytes(bytes: Uint8Array, from: string, wish: ImportWish): Imported {
  const to = `content/checklists/${wish.id}/${wish.version}.md`;
  const base = { schema: "countersign/import@1" as const, from, to };
  const read = decodeBytes(bytes);
  const encoding = { stored: "error" in read ? "none" : read.encoding, misreadAs: [], mended: [], lost: [] };
  const refused = (reason: string): Imported => ({
    report: { ...base, refused: reason, encoding, counts: NOTHING, edits: [], notes: [] },
    text: null,
  });
  if ("error" in read) return refused(read.error);
  const plan = planImport(read.text, wish);
  return "refusal" in plan
    ? refused(plan.refusal)
    : { report: { ...base, ...reportOf(read, plan) }, text: plan.text };
}

function reportOf(
  read: Extract<BytesRead, { readonly text: string }>,
  plan: ImportPlan,
): Pick<ImportReport, "refused" | "encoding" | "counts" | "edits" | "notes"> {
  const placeOf = placesIn(read.text);
  const lost = read.lost.map(({ offset, bytes }) => ({ ...placeOf(offset), bytes }));
  const mended = plan.mends.map(({ offset, old, new: made, candidates = [] }) => ({
    ...placeOf(offset),
    old,
    new: made,
    candidates,
  }));
  return {
    refused: null,
    encoding: { stored: read.encoding, misreadAs: plan.pages, mended, lost },
    counts: plan.counts,
    edits: plan.edits.map(({ offset, kind, old, new: made, why, confidence, candidates = [] }) => ({
      ...placeOf(offset),
      offset,
      kind,
      old,
      new: made,
      why,
      confidence,
      candidates,
    })),
    notes: [
      ...aboutBytes(read, lost),
      ...plan.notes.map(({ offset, kind, text, doubt }) => ({ ...placeOf(offset), kind, text, doubt })),
    ],
  };
}

function aboutBytes(
  { text, encoding }: Extract<BytesRead, { readonly text: string }>,
  lost: ImportReport["encoding"]["lost"],
): readonly ReportedNote[] {
  const notes: ReportedNote[] = [];
  const add = (line: number, column: number, says: string, doubt: boolean): void => {
    notes.push({ line, column, kind: "encoding", text: says, doubt });
  };
  if (encoding !== "UTF-8") add(1, 1, `the file was stored as ${encoding}; the source is UTF-8`, false);
  const [first] = lost;
  if (first)
    add(
      first.line,
      first.column,
      `${lost.length} ${lost.length === 1 ? "character is" : "characters are"} damaged for good: of ${lost.length === 1 ? "its" : "their"} bytes some are not in the file, so U+FFFD stands there; take the text from an undamaged copy`,
      true,
    );
  const gone = text.split("\uFFFD").length - 1 - lost.length;
  if (gone > 0) {
    const at = text.indexOf("\uFFFD");
    const line = text.slice(0, at).split(/\r\n|\n|\r/).length;
    add(
      line,
      1,
      `${gone} ${gone === 1 ? "character was" : "characters were"} lost before (U+FFFD), for good; take the text from an undamaged copy`,
      true,
    );
  }
  return notes;
}
