/**
 * One page: content operators in PDF syntax. Callers count from the top left corner in points.
 * Nothing can be drawn that is neither tagged nor an artifact.
 */
import type { PDFPage, PDFReference } from "pdfkit";
import { bytesOf, numeral as n } from "./objects.ts";
import type { Element, TaggedPage } from "./tags.ts";
import type { Line, Piece } from "./text.ts";

/** The operators that show a piece of text in a font of the document. */
export type Shower = (piece: Piece) => { readonly font: string; readonly operators: string };

export interface Stroke {
  readonly weight?: number;
  /** 0 is black, 1 is white. */
  readonly gray?: number;
  /** Lengths of strokes and gaps in points. */
  readonly dash?: readonly number[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export class Page implements TaggedPage {
  readonly number: number;
  readonly reference: PDFReference;
  readonly width: number;
  readonly height: number;
  readonly owners: Element[] = [];
  readonly #page: PDFPage;
  readonly #show: Shower;
  readonly #operators: string[] = [];
  #marked = false;
  #fill = 0;
  #stroke = 0;
  #weight = 1;
  #dash = "";

  constructor(page: PDFPage, number: number, show: Shower) {
    this.#page = page;
    this.#show = show;
    this.number = number;
    this.reference = page.dictionary;
    this.width = page.width;
    this.height = page.height;
  }

  /** Draws the content of an element. */
  tagged(element: Element, draw: () => void): void {
    this.#mark(`/${element.role} <</MCID ${element.mark(this)}>> BDC`, draw);
  }

  /** Draws what is not part of the document's text: rules, boxes, headers, footers, marks. */
  artifact(draw: () => void, kind?: "Header" | "Footer" | "Watermark"): void {
    const type = kind ? ` <</Type /Pagination /Subtype /${kind}>> BDC` : " BMC";
    this.#mark(`/Artifact${type}`, draw);
  }

  #mark(begin: string, draw: () => void): void {
    if (this.#marked) throw new Error("marked content may not be nested");
    this.#marked = true;
    this.#operators.push(begin);
    draw();
    this.#operators.push("EMC");
    this.#marked = false;
  }

  #draw(...operators: string[]): void {
    if (!this.#marked) throw new Error("content must be tagged or an artifact");
    this.#operators.push(...operators);
  }

  #fillGray(gray: number): void {
    if (this.#fill === gray) return;
    this.#fill = gray;
    this.#draw(`${n(gray)} g`);
  }

  #setStroke({ weight = 0.5, gray = 0, dash = [] }: Stroke): void {
    if (this.#weight !== weight) this.#draw(`${n(weight)} w`);
    if (this.#stroke !== gray) this.#draw(`${n(gray)} G`);
    const pattern = dash.map(n).join(" ");
    if (this.#dash !== pattern) this.#draw(`[${pattern}] 0 d`);
    this.#weight = weight;
    this.#stroke = gray;
    this.#dash = pattern;
  }

  line(x1: number, y1: number, x2: number, y2: number, stroke: Stroke = {}): void {
    this.#setStroke(stroke);
    this.#draw(`${n(x1)} ${n(this.height - y1)} m ${n(x2)} ${n(this.height - y2)} l S`);
  }

  rectangle(x: number, y: number, width: number, height: number, stroke: Stroke = {}): void {
    this.#setStroke(stroke);
    this.#draw(`${n(x)} ${n(this.height - y - height)} ${n(width)} ${n(height)} re S`);
  }

  fill(x: number, y: number, width: number, height: number, gray: number): void {
    this.#fillGray(gray);
    this.#draw(`${n(x)} ${n(this.height - y - height)} ${n(width)} ${n(height)} re f`);
  }

  /** Many filled squares as one path, for a QR code. */
  squares(places: readonly Point[], side: number): void {
    this.#fillGray(0);
    const path = places.map(({ x, y }) => `${n(x)} ${n(this.height - y - side)} ${n(side)} ${n(side)} re`);
    this.#draw(`${path.join(" ")} f`);
  }

  polyline(points: readonly Point[], stroke: Stroke = {}): void {
    this.#setStroke(stroke);
    this.#draw(`${this.#path(points)} S`);
  }

  polygon(points: readonly Point[], gray: number): void {
    this.#fillGray(gray);
    this.#draw(`${this.#path(points)} f`);
  }

  #path(points: readonly Point[]): string {
    return points.map(({ x, y }, i) => `${n(x)} ${n(this.height - y)} ${i === 0 ? "m" : "l"}`).join(" ");
  }

  /** Draws pieces of a line of text with their baseline at `y`. */
  text(pieces: readonly Piece[], x: number, y: number): void {
    for (const piece of pieces) {
      const { font, operators } = this.#show(piece);
      this.#fillGray(piece.span.gray ?? 0);
      this.#draw(
        `BT /${font} ${n(piece.span.size)} Tf ${n(x + piece.x)} ${n(this.height - y)} Td ${operators} ET`,
      );
      if (piece.span.strike) this.#through(piece, x, y - piece.span.size * 0.28);
    }
  }

  #through(piece: Piece, x: number, y: number): void {
    this.line(x + piece.x, y, x + piece.x + piece.width, y, { weight: 0.6, gray: piece.span.gray ?? 0 });
  }

  /** Draws a line of text turned around its middle, as a mark across the page. */
  turned(line: Line, centre: Point, degrees: number): void {
    const angle = (degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.#draw(`q ${n(cos)} ${n(sin)} ${n(-sin)} ${n(cos)} ${n(centre.x)} ${n(this.height - centre.y)} cm`);
    for (const piece of line.pieces) {
      const { font, operators } = this.#show(piece);
      const start = piece.x - line.width / 2;
      this.#draw(
        `${n(piece.span.gray ?? 0)} g BT /${font} ${n(piece.span.size)} Tf ${n(start)} ${n(-line.ascent / 3)} Td ${operators} ET`,
      );
    }
    this.#draw("Q");
  }

  /** An image object over a rectangle. */
  image(image: PDFReference, x: number, y: number, width: number, height: number): void {
    const name = `I${image.id}`;
    this.#page.xobjects[name] = image;
    this.#draw(`q ${n(width)} 0 0 ${n(height)} ${n(x)} ${n(this.height - y - height)} cm /${name} Do Q`);
  }

  /** Left, bottom, right, top in PDF coordinates. */
  box(x: number, y: number, width: number, height: number): [number, number, number, number] {
    return [x, this.height - y - height, x + width, this.height - y];
  }

  addAnnotation(annotation: PDFReference): void {
    this.#page.annotations.push(annotation);
  }

  useFont(id: string, font: PDFReference): void {
    this.#page.fonts[id] = font;
  }

  /** Hands the content to pdfkit. */
  finish(): void {
    if (this.#marked) throw new Error("marked content was never ended");
    const { content } = this.#page;
    content.buffer = [];
    content.write(bytesOf(this.#operators.join("\n")));
  }
}
