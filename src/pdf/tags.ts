/**
 * The structure of a document: what is a heading, a table, a form field. We keep the tree ourselves and
 * write it at the end, because an object reference has to name the page its annotation is on.
 * Only standard structure types are used, so no role map is needed.
 */
import type { PDFDocument, PDFReference } from "pdfkit";
import { inert } from "./fonts.ts";

export type Role =
  | "Document"
  | "Sect"
  | "Div"
  | "H1"
  | "H2"
  | "H3"
  | "H4"
  | "H5"
  | "H6"
  | "P"
  | "L"
  | "LI"
  | "Lbl"
  | "LBody"
  | "Table"
  | "THead"
  | "TBody"
  | "TR"
  | "TH"
  | "TD"
  | "Span"
  | "Code"
  | "BlockQuote"
  | "Caption"
  | "Note"
  | "Reference"
  | "Link"
  | "Figure"
  | "Form";

/** Attributes of an element; `bbox` in PDF coordinates: left, bottom, right, top. */
export interface Attributes {
  readonly alt?: string;
  readonly actual?: string;
  readonly lang?: string;
  readonly scope?: "Row" | "Column" | "Both";
  readonly colSpan?: number;
  readonly rowSpan?: number;
  readonly bbox?: readonly [number, number, number, number];
  readonly list?: "Decimal" | "Disc" | "None";
  /** Identifies a note; unique in the document. */
  readonly id?: string;
}

/** Where tagged content lies. `number` is the page's key in the parent tree. */
export interface TaggedPage {
  readonly number: number;
  readonly reference: PDFReference;
  /** Elements by marked content id. */
  readonly owners: Element[];
}

type Kid =
  | { readonly element: Element }
  | { readonly page: TaggedPage; readonly mcid: number }
  | { readonly page: TaggedPage; readonly annotation: PDFReference };

export class Element {
  readonly role: Role;
  readonly attributes: Attributes;
  readonly kids: Kid[] = [];

  constructor(role: Role, attributes: Attributes = {}) {
    this.role = role;
    this.attributes = attributes;
  }

  /** Adds a child at the end, in reading order. */
  add(role: Role, attributes: Attributes = {}): Element {
    const element = new Element(role, attributes);
    this.kids.push({ element });
    return element;
  }

  /** Claims the next piece of marked content of a page and returns its id. */
  mark(page: TaggedPage): number {
    const mcid = page.owners.length;
    page.owners.push(this);
    this.kids.push({ page, mcid });
    return mcid;
  }

  /** Adds a link or a form field. */
  annotate(page: TaggedPage, annotation: PDFReference): void {
    this.kids.push({ page, annotation });
  }
}

function attributeObjects(attributes: Attributes): unknown {
  const objects: Record<string, unknown>[] = [];
  const { scope, colSpan, rowSpan, bbox, list } = attributes;
  if (scope || colSpan || rowSpan)
    objects.push({ O: "Table", Scope: scope, ColSpan: colSpan, RowSpan: rowSpan });
  if (bbox) objects.push({ O: "Layout", Placement: "Block", BBox: [...bbox] });
  if (list) objects.push({ O: "List", ListNumbering: list });
  return objects.length > 1 ? objects : objects[0];
}

function textOf(value: string | undefined): object | undefined {
  return value === undefined ? undefined : new String(inert(value));
}

/**
 * Writes the tree below `root` into the catalogue and gives every page and annotation its key in the
 * parent tree. To be called once, when all pages are drawn and before pdfkit ends them.
 */
export function writeTags(document: PDFDocument, root: Element, pages: readonly TaggedPage[]): void {
  const tree = document.ref({ Type: "StructTreeRoot" });
  const parents: unknown[] = [];
  const names: [string, PDFReference][] = [];
  const references = new Map<Element, PDFReference>();
  let nextKey = pages.length;
  const annotations: unknown[] = [];

  const write = (element: Element, parent: PDFReference): PDFReference => {
    const { attributes } = element;
    const reference = document.ref({ S: element.role, P: parent, A: attributeObjects(attributes) });
    references.set(element, reference);
    reference.data.Alt = textOf(attributes.alt);
    reference.data.ActualText = textOf(attributes.actual);
    reference.data.Lang = textOf(attributes.lang);
    if (attributes.id !== undefined) {
      reference.data.ID = new String(attributes.id);
      names.push([attributes.id, reference]);
    }
    const home = element.kids.find((kid) => "page" in kid)?.page;
    if (home) reference.data.Pg = home.reference;
    const kids = element.kids.map((kid): unknown => {
      if ("element" in kid) return write(kid.element, reference);
      if ("mcid" in kid) {
        if (kid.page === home) return kid.mcid;
        return { Type: "MCR", Pg: kid.page.reference, MCID: kid.mcid };
      }
      kid.annotation.data.StructParent = nextKey;
      annotations.push(nextKey, reference);
      nextKey += 1;
      return { Type: "OBJR", Obj: kid.annotation, Pg: kid.page.reference };
    });
    if (kids.length > 0) reference.data.K = kids.length === 1 ? kids[0] : kids;
    reference.end();
    return reference;
  };

  tree.data.K = [write(root, tree)];
  for (const page of pages) {
    page.reference.data.StructParents = page.number;
    parents.push(
      page.number,
      page.owners.map((owner) => references.get(owner)),
    );
  }
  const parentTree = document.ref({ Nums: [...parents, ...annotations] });
  parentTree.end();
  tree.data.ParentTree = parentTree;
  tree.data.ParentTreeNextKey = nextKey;
  if (names.length > 0) tree.data.IDTree = idTree(names);
  document._root.data.StructTreeRoot = tree;
  const marks = document.ref({ Marked: true });
  document._root.data.MarkInfo = marks;
}

function idTree(names: readonly (readonly [string, PDFReference])[]): unknown {
  const sorted = names.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { Names: sorted.flatMap(([id, reference]) => [new String(id), reference]) };
}
