/** The part of pdfkit 0.20.2 that we use; the package has no types. Objects are written by objects.ts. */
declare module "pdfkit" {
  import type { Font, GlyphRun } from "fontkit";

  /** An indirect object. */
  export interface PDFReference {
    readonly id: number;
    readonly gen: number;
    data: Record<string, unknown>;
    compress: boolean;
    buffer: Uint8Array[];
    write(chunk: Uint8Array | string): void;
    end(chunk?: Uint8Array | string): void;
    finalize(): void;
  }

  /** A font as one document uses it: it collects the glyphs that the embedded subset needs. */
  export interface EmbeddedFont {
    readonly id: string;
    readonly font: Font;
    /** Code points by glyph number of the subset; becomes the ToUnicode map. */
    readonly unicode: number[][];
    readonly widths: number[];
    readonly subset: { includeGlyph(glyph: number): number };
    readonly scale: number;
    ref(): PDFReference;
    layoutRun(text: string): GlyphRun;
  }

  export interface PDFPage {
    readonly width: number;
    readonly height: number;
    readonly dictionary: PDFReference;
    readonly resources: PDFReference;
    readonly content: PDFReference;
    readonly fonts: Record<string, PDFReference>;
    readonly xobjects: Record<string, PDFReference>;
    readonly annotations: PDFReference[];
  }

  export interface PDFDocumentOptions {
    readonly subset: "PDF/A-3a";
    readonly pdfVersion: "1.7";
    readonly lang: string;
    readonly displayTitle: boolean;
    readonly autoFirstPage: false;
    readonly bufferPages: true;
    readonly fontLayoutCache: false;
    readonly font: null;
    readonly info: Readonly<Record<string, string | Date>>;
  }

  export class PDFDocument {
    constructor(options: PDFDocumentOptions);
    readonly _root: PDFReference;
    _info: PDFReference;
    readonly _font: EmbeddedFont;
    readonly outline: { readonly dictionary: PDFReference };
    readonly page: PDFPage;
    /** Writes the XMP packet and names it in the catalogue. */
    endMetadata(): void;
    ref(data?: Record<string, unknown>): PDFReference;
    font(source: Font, family: string): this;
    addPage(options: { readonly size: readonly [number, number]; readonly margin: 0 }): this;
    end(): void;
  }
}
