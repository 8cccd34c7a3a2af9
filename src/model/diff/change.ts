/**
 * The nouns of a difference between two versions of a checklist. Plain data: JSON in, JSON out. What is said here is
 * complete: the first version with these changes is the second (apply.ts), but for the lines of its source.
 */
import type { Block, Figure } from "../checklist.ts";

export type PartKind = "section" | "item" | "command" | "template" | "footnote";

/** A part of a checklist: a footnote's id is its label, a template's the section's it stands in. */
export interface PartName {
  readonly kind: PartKind;
  readonly id: string;
}

type Holder = Extract<Block, { type: "list" | "quote" | "details" }>;

/** What a text is made of, one after another: blocks, the brackets around blocks, and the places of parts. */
export type Token =
  | { readonly type: "block"; readonly block: Exclude<Block, Holder | { type: "section" }> }
  | {
      readonly type: "open";
      readonly block:
        | Omit<Extract<Block, { type: "list" }>, "entries">
        | Omit<Extract<Block, { type: "quote" }>, "content">
        | Omit<Extract<Block, { type: "details" }>, "content">
        | { readonly type: "bullet" };
    }
  | { readonly type: "close" }
  /** `gone`: this part is not in the second version, whatever else may have its id there. */
  | { readonly type: "part"; readonly kind: PartKind; readonly id: string; readonly gone?: true };

export interface Word {
  readonly change: "kept" | "removed" | "added";
  readonly text: string;
}

/** A line of a text, or a paragraph: `words` has only added words, only removed ones, or both among kept ones. */
export interface LineChange {
  readonly change: "added" | "removed" | "reworded";
  readonly words: readonly Word[];
}

/**
 * How the values that a limit lets pass have changed. `tightened` and `loosened` for what is judged, `narrowed` and
 * `widened` for what is only shown (settings, usual ranges, triggers); `same` where it is only written in another way
 * (`0.2 s`, `200 ms`), `shifted` where some values are gained and others lost, `unknown` where the two do not compare.
 */
export type Direction = "tightened" | "loosened" | "narrowed" | "widened" | "same" | "shifted" | "unknown";

export interface FigureChange {
  readonly change: "added" | "removed" | "changed";
  readonly from: Figure | null;
  readonly to: Figure | null;
  /** Null for a figure that was added or removed. */
  readonly direction: Direction | null;
}

/** Does the change ask for more than before, for less, or for more here and less there? */
export type Demand = "stricter" | "looser" | "mixed";

export type ChangeDetail =
  | { readonly type: "words"; readonly words: readonly Word[] }
  | { readonly type: "lines"; readonly lines: readonly LineChange[] }
  | { readonly type: "figures"; readonly figures: readonly FigureChange[] };

export interface AttributeChange {
  /** Its name in the model: `owner`, `limits`, `timing`. */
  readonly attribute: string;
  readonly from: unknown;
  readonly to: unknown;
  /** It has the value from what it stands in, before and now: the change is that one's, or its move's. */
  readonly inherited: boolean;
  readonly demand: Demand | null;
  readonly detail: ChangeDetail | null;
}

/** Where a part stands: in which other part (null: in the document itself), behind which of its kind. */
export interface Position {
  readonly in: PartName | null;
  readonly after: PartName | null;
}

export interface Move {
  readonly from: Position;
  readonly to: Position;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** A part that is in one of the versions only, whole. */
export interface WholePart extends PartName {
  readonly change: "added" | "removed";
  readonly number: string | null;
  readonly in: PartName | null;
  readonly attributes: Attributes;
  readonly text: readonly Token[];
  readonly demand: Demand | null;
}

/** A part that is in both versions, and not the same. What stands in it is in `Diff.text`. */
export interface ChangedPart extends PartName {
  readonly change: "changed";
  /** Its id in the first version; another one only where ids were derived from text. */
  readonly was: string;
  readonly moved: Move | null;
  readonly attributes: readonly AttributeChange[];
}

export type PartChange = WholePart | ChangedPart;

/** From the token at `at` on, `removed` are replaced by `added`. Places count in the first version. */
export interface Edit {
  readonly at: number;
  readonly removed: readonly Token[];
  readonly added: readonly Token[];
}

export interface TextChange {
  /** Null: the document itself. */
  readonly in: PartName | null;
  readonly edits: readonly Edit[];
  /** The edits as they are read: prose line by line and word by word. Empty where only parts came, went or moved. */
  readonly lines: readonly LineChange[];
}

export type ListName = "questions" | "fields" | "metrics" | "signoffs" | "escalation" | "contacts";

/** A change in a list of the frontmatter. `key` is an id, or what stands in for one. */
export type ListChange =
  | {
      readonly list: ListName;
      readonly change: "added" | "removed";
      readonly key: string;
      /** Its place in the version that has it. */
      readonly index: number;
      readonly value: Attributes;
      readonly demand: Demand | null;
    }
  | {
      readonly list: ListName;
      readonly change: "changed";
      readonly key: string;
      readonly attributes: readonly AttributeChange[];
    }
  /** The entries that are in both versions stand in another order. */
  | { readonly list: ListName; readonly change: "reordered"; readonly order: readonly string[] };

export interface Side {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
}

/** Numbers on paper: the same part, another number. */
export interface Renumbering extends PartName {
  readonly from: string | null;
  readonly to: string | null;
}

export interface Diff {
  readonly schema: "countersign/diff@1";
  readonly from: Side;
  readonly to: Side;
  readonly document: readonly AttributeChange[];
  readonly lists: readonly ListChange[];
  /** In the order of the second version; what is gone stands where it was among the others. */
  readonly parts: readonly PartChange[];
  readonly text: readonly TextChange[];
  readonly renumbered: readonly Renumbering[];
}
