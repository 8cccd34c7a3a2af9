/** Bookmarks, page labels and named destinations. */
import type { PDFDocument, PDFReference } from "pdfkit";

export interface Place {
  readonly page: PDFReference;
  /** Distance from the bottom of the page, in points. */
  readonly top: number;
}

export interface Bookmark extends Place {
  readonly title: string;
  /** From 1. */
  readonly level: number;
}

interface Node {
  readonly bookmark: Bookmark;
  readonly reference: PDFReference;
  readonly children: Node[];
}

function destination(place: Place): unknown[] {
  return [place.page, "XYZ", null, place.top, null];
}

/** Nests bookmarks by level; a level that was jumped over counts as one step. */
function nest(document: PDFDocument, bookmarks: readonly Bookmark[]): Node[] {
  const roots: Node[] = [];
  const path: Node[] = [];
  for (const bookmark of bookmarks) {
    const node: Node = { bookmark, reference: document.ref({}), children: [] };
    while ((path.at(-1)?.bookmark.level ?? 0) >= bookmark.level) path.pop();
    (path.at(-1)?.children ?? roots).push(node);
    path.push(node);
  }
  return roots;
}

/** Links the nodes of one level; nodes below are closed, so their Count is negative. */
function link(nodes: readonly Node[], parent: PDFReference): void {
  nodes.forEach((node, i) => {
    const { bookmark, reference, children } = node;
    reference.data = {
      Title: new String(bookmark.title),
      Parent: parent,
      Prev: nodes[i - 1]?.reference,
      Next: nodes[i + 1]?.reference,
      First: children[0]?.reference,
      Last: children.at(-1)?.reference,
      Count: children.length > 0 ? -children.length : undefined,
      Dest: destination(bookmark),
    };
    link(children, reference);
    reference.end();
  });
}

/** Writes the outline and shows it when the file opens. */
export function writeOutline(document: PDFDocument, bookmarks: readonly Bookmark[]): void {
  const roots = nest(document, bookmarks);
  if (roots.length === 0) return;
  const root = document.outline.dictionary;
  link(roots, root);
  root.data = {
    Type: "Outlines",
    First: roots[0]?.reference,
    Last: roots.at(-1)?.reference,
    Count: roots.length,
  };
  document._root.data.Outlines = root;
  document._root.data.PageMode = "UseOutlines";
}

/** Pages are labelled 1, 2, 3 …: the numbers that are printed on them. */
export function writePageLabels(document: PDFDocument): void {
  document._root.data.PageLabels = { Nums: [0, { S: "D", St: 1 }] };
}

/** Names that links in the document, and addresses such as `sheet.pdf#error-rate`, lead to. */
export function writeDestinations(names: Record<string, unknown>, places: ReadonlyMap<string, Place>): void {
  const sorted = [...places].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  names.Dests = { Names: sorted.flatMap(([name, place]) => [new String(name), destination(place)]) };
}
