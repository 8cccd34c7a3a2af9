/**
 * The closed vocabulary of prose. Everything a checklist says is one of these; what the Markdown
 * held beyond them becomes `raw` (its text, shown as text) and a diagnostic. Nothing is dropped.
 */

export type Inline =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "strong"; readonly children: readonly Inline[] }
  | { readonly type: "emphasis"; readonly children: readonly Inline[] }
  | { readonly type: "strike"; readonly children: readonly Inline[] }
  | { readonly type: "code"; readonly value: string }
  /** `href` is as written; whoever renders decides what is safe. */
  | {
      readonly type: "link";
      readonly href: string;
      readonly title: string | null;
      readonly children: readonly Inline[];
    }
  | { readonly type: "image"; readonly src: string; readonly alt: string; readonly title: string | null }
  | { readonly type: "break" }
  /** A reference to a footnote: `label` as written, `number` in order of first use. */
  | { readonly type: "footnote"; readonly label: string; readonly number: number }
  /** Four or more underscores: a blank to fill in. `field` is the id of its field, if it has one. */
  | { readonly type: "blank"; readonly field: string | null; readonly width: number }
  /** HTML that is not understood, shown as its text. */
  | { readonly type: "raw"; readonly value: string };

export interface Paragraph {
  readonly type: "paragraph";
  readonly children: readonly Inline[];
}

/** A row of cells; each cell is inline text. */
export type TableRow = readonly (readonly Inline[])[];

export interface Table {
  readonly type: "table";
  readonly align: readonly ("left" | "right" | "center" | null)[];
  readonly head: TableRow;
  readonly rows: readonly TableRow[];
}

/** Blocks that hold no items and no sections; a checklist's own blocks (checklist.ts) add those. */
export type Prose =
  | Paragraph
  | Table
  /** A heading inside a quote or an item, where it opens no section. */
  | { readonly type: "heading"; readonly depth: number; readonly children: readonly Inline[] }
  | { readonly type: "rule" }
  | { readonly type: "raw"; readonly value: string };

/** The visible text of inline nodes, in order. A blank is its underscores, an image its alt text, a break a space. */
export function plainText(nodes: readonly Inline[]): string {
  return nodes.map(inlineText).join("");
}

function inlineText(node: Inline): string {
  switch (node.type) {
    case "text":
    case "code":
    case "raw":
      return node.value;
    case "strong":
    case "emphasis":
    case "strike":
    case "link":
      return plainText(node.children);
    case "image":
      return node.alt;
    case "break":
      return " ";
    case "footnote":
      return `[${node.label}]`;
    case "blank":
      return "_".repeat(node.width);
    default:
      return node satisfies never;
  }
}
