/** Paragraphs and headings: set lines with their tags, links and blanks. */
import type { Document } from "./document.ts";
import type { Box } from "./flow.ts";
import type { Page } from "./page.ts";
import type { Type } from "./scale.ts";
import type { Element } from "./tags.ts";
import { type Line, type Piece, type Span, setLine, setText } from "./text.ts";

export interface ParagraphOptions {
  readonly width: number;
  readonly type: Type;
  readonly before?: number;
  readonly keep?: boolean;
  readonly align?: "left" | "right" | "center";
}

/** Baseline of the first line below the top of a line box: the text is centred in its leading. */
export function baseline(line: Line, leading: number): number {
  return (leading - line.ascent - line.descent) / 2 + line.ascent;
}

/** Draws lines; children of `element` are made for links, commands and blanks. */
export class LineDrawer {
  readonly #document: Document;
  readonly #element: Element;
  readonly #children = new Map<Span, Element>();

  constructor(document: Document, element: Element) {
    this.#document = document;
    this.#element = element;
  }

  /** Draws one line with its baseline at `y`. */
  draw(page: Page, line: Line, x: number, y: number): void {
    let plain: Piece[] = [];
    const flush = (): void => {
      const pieces = plain;
      if (pieces.length > 0) page.tagged(this.#element, () => page.text(pieces, x, y));
      plain = [];
    };
    for (const piece of line.pieces) {
      const { span } = piece;
      if (span.link || span.field || span.style === "mono") {
        flush();
        this.#special(page, piece, x, y);
      } else plain.push(piece);
    }
    flush();
  }

  /** What stands in a blank already, cut to the blank. */
  #written(page: Page, entry: string, { size }: Span, x: number, y: number, width: number): void {
    const set = (text: string): Line => setLine([{ text, style: "regular", size }], this.#document);
    let line = set(entry);
    for (let length = entry.length - 1; line.width > width && length > 0; length -= 1)
      line = set(`${entry.slice(0, length).trimEnd()}…`);
    page.tagged(this.#element.add("Span"), () => page.text(line.pieces, x + 1, y));
  }

  #child(span: Span): Element {
    const known = this.#children.get(span);
    if (known) return known;
    const made = this.#element.add(span.link ? "Link" : span.field ? "Form" : "Code");
    this.#children.set(span, made);
    return made;
  }

  #special(page: Page, piece: Piece, x: number, y: number): void {
    const { span } = piece;
    const [left, top] = [x + piece.x, y - span.size];
    if (span.field) {
      page.artifact(() => page.line(left, y + 1.5, left + piece.width - 1, y + 1.5));
      const entry = this.#document.entry(span.field.name);
      if (typeof entry === "string") this.#written(page, entry, span, left, y, piece.width);
      if (entry !== undefined || this.#document.form.has(span.field.name)) return;
      const area = page.box(left, top - 3, piece.width, span.size + 5);
      const widget = this.#document.form.add({ kind: "text", ...span.field, area });
      this.#document.addWidget(page, this.#child(span), widget);
      return;
    }
    const child = this.#child(span);
    page.tagged(child, () => page.text([piece], x, y));
    if (!span.link) return;
    // On paper only an address is worth a mark.
    if ("href" in span.link) {
      page.artifact(() => page.line(left, y + 1.6, left + piece.width, y + 1.6, { weight: 0.4, gray: 0.45 }));
    }
    const area = [left, top, piece.width, span.size + 3] as const;
    this.#document.link(page, child, span.link, span.says ?? span.text, area);
  }
}

function lineBox(line: Line, at: number, leading: number, drawer: LineDrawer): Box {
  return {
    height: leading,
    draw: (page, x, y) => drawer.draw(page, line, x + at, y + baseline(line, leading)),
  };
}

/** A paragraph under an element that is made by `tag` when it is first drawn, so that reading order is drawing order. */
export function paragraph(
  document: Document,
  spans: readonly Span[],
  tag: () => Element,
  options: ParagraphOptions,
): Box {
  const { width, type, before = 0, keep = false, align = "left" } = options;
  const lines = setText(spans, width, document);
  let drawer: LineDrawer | undefined;
  const element = (): LineDrawer => {
    drawer ??= new LineDrawer(document, tag());
    return drawer;
  };
  const shift = (line: Line): number =>
    align === "left" ? 0 : (width - line.width) / (align === "right" ? 1 : 2);
  const parts = lines.map(
    (line): Box => ({
      height: type.leading,
      draw: (page, x, y) => lineBox(line, shift(line), type.leading, element()).draw(page, x, y),
    }),
  );
  return {
    height: lines.length * type.leading,
    before,
    keep,
    parts,
    draw(page, x, y) {
      parts.forEach((part, i) => {
        part.draw(page, x, y + i * type.leading);
      });
    },
  };
}
