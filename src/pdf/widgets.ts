/**
 * Form fields. Every widget has its own appearance (a viewer must never make one with a font that is not in
 * the file) and a name that a screen reader says. Boxes and lines themselves are printed on the page, so a sheet is
 * the same where forms are not shown.
 */
import type { PDFDocument, PDFReference } from "pdfkit";
import { type FontSet, inert } from "./fonts.ts";
import { embedFormFont } from "./formfont.ts";
import { numeral as n } from "./objects.ts";

export type FieldKind = "check" | "text" | "lines" | "signature";

export interface WidgetOptions {
  readonly kind: FieldKind;
  /** Parts of the full name, as `item`, `error-rate`, `pass`. */
  readonly name: readonly string[];
  /** What a screen reader says. */
  readonly label: string;
  /** Left, bottom, right, top in PDF coordinates. */
  readonly area: readonly [number, number, number, number];
  readonly checked?: boolean;
}

/**
 * A part of a field's full name. A dot divides the parts, so a dot inside an id is written as a colon, which no
 * id contains.
 */
export function fieldPart(part: string): string {
  return part.replaceAll(".", ":");
}

interface Node {
  readonly reference: PDFReference;
  readonly children: Map<string, Node>;
  readonly widget: boolean;
}

const PRINTED = 4;
const MULTILINE = 4096;
/** Size of typed text, in points. */
const SIZE = 9;

export class Form {
  readonly #pdf: PDFDocument;
  readonly #fonts: FontSet;
  readonly #fields = new Map<string, Node>();
  readonly #boxes = new Map<string, { readonly Yes: PDFReference; readonly Off: PDFReference }>();
  #text = false;
  #signatures = false;

  constructor(pdf: PDFDocument, fonts: FontSet) {
    this.#pdf = pdf;
    this.#fonts = fonts;
  }

  /** Is there a field of this name? */
  has(name: readonly string[]): boolean {
    let children: ReadonlyMap<string, Node> | undefined = this.#fields;
    let node: Node | undefined;
    for (const part of name) {
      node = children?.get(fieldPart(part));
      children = node?.children;
    }
    return node !== undefined;
  }

  /** A field with its one widget. The name must be new in the document. */
  add(options: WidgetOptions): PDFReference {
    const names = options.name.map(fieldPart);
    const last = names.at(-1);
    if (last === undefined) throw new Error("a form field needs a name");
    let children = this.#fields;
    let parent: PDFReference | undefined;
    for (const part of names.slice(0, -1)) {
      const node = children.get(part) ?? this.#group(children, part, parent);
      if (node.widget) throw new Error(`the form field ${names.join(".")} is inside another field`);
      children = node.children;
      parent = node.reference;
    }
    if (children.has(last)) throw new Error(`two form fields are called ${names.join(".")}`);
    const reference = this.#pdf.ref({
      Type: "Annot",
      Subtype: "Widget",
      T: new String(last),
      Parent: parent,
      TU: new String(inert(options.label)),
      F: PRINTED,
      Rect: [...options.area],
      ...this.#kind(options),
    });
    children.set(last, { reference, children: new Map(), widget: true });
    return reference;
  }

  #group(siblings: Map<string, Node>, part: string, parent: PDFReference | undefined): Node {
    const reference = this.#pdf.ref({ T: new String(part), Parent: parent });
    const node: Node = { reference, children: new Map(), widget: false };
    siblings.set(part, node);
    return node;
  }

  #kind({ kind, area, checked }: WidgetOptions): Record<string, unknown> {
    const [left, bottom, right, top] = area;
    const [width, height] = [right - left, top - bottom];
    switch (kind) {
      case "check": {
        const state = checked ? "Yes" : "Off";
        return { FT: "Btn", V: state, AS: state, AP: { N: this.#states(width, height) } };
      }
      case "text":
      case "lines":
        this.#text = true;
        return {
          FT: "Tx",
          Ff: kind === "lines" ? MULTILINE : undefined,
          DA: new String(`/Typed ${SIZE} Tf 0 g`),
          AP: { N: this.#empty(width, height) },
        };
      case "signature":
        this.#signatures = true;
        return { FT: "Sig", AP: { N: this.#empty(width, height) } };
      default:
        return kind satisfies never;
    }
  }

  /**
   * The empty appearance of a field to be filled: its own, because whoever fills it in writes into it. A sheet has
   * thousands of them, so nothing stands in them that need not (Type is optional).
   */
  #empty(width: number, height: number): PDFReference {
    const reference = this.#pdf.ref({ Subtype: "Form", BBox: [0, 0, width, height], Resources: {} });
    reference.end(" ");
    return reference;
  }

  /** The two states of a box; boxes of one size share them, because ticking only chooses between them. */
  #states(width: number, height: number): { readonly Yes: PDFReference; readonly Off: PDFReference } {
    const key = `${n(width)} ${n(height)}`;
    const known = this.#boxes.get(key);
    if (known) return known;
    const inset = 2;
    const cross = `1.2 w 1 J ${n(inset)} ${n(inset)} m ${n(width - inset)} ${n(height - inset)} l S ${n(inset)} ${n(height - inset)} m ${n(width - inset)} ${n(inset)} l S`;
    const Yes = this.#pdf.ref({
      Type: "XObject",
      Subtype: "Form",
      BBox: [0, 0, width, height],
      Resources: {},
    });
    Yes.end(cross);
    const states = { Yes, Off: this.#empty(width, height) };
    this.#boxes.set(key, states);
    return states;
  }

  /** Writes the form into the catalogue, when pdfkit no longer looks for one of its own. Widgets end with their page. */
  finish(catalogue: Record<string, unknown>): void {
    if (this.#fields.size === 0) return;
    const form = this.#pdf.ref({
      Fields: [...this.#fields.values()].map(({ reference }) => reference),
      NeedAppearances: false,
      SigFlags: this.#signatures ? 1 : undefined,
    });
    if (this.#text) {
      const font = embedFormFont(this.#pdf, this.#fonts.primary("regular"));
      form.data.DR = { Font: { Typed: font } };
      form.data.DA = new String(`/Typed ${SIZE} Tf 0 g`);
    }
    const endGroups = (nodes: ReadonlyMap<string, Node>): void => {
      for (const { reference, children, widget } of nodes.values()) {
        if (widget) continue;
        reference.data.Kids = [...children.values()].map((child) => child.reference);
        reference.end();
        endGroups(children);
      }
    };
    endGroups(this.#fields);
    form.end();
    catalogue.AcroForm = form;
  }
}
