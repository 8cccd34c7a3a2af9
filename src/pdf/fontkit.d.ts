/** The part of fontkit 2.0.4 that we use; the package has no types. */
declare module "fontkit" {
  export interface Glyph {
    readonly id: number;
    readonly codePoints: number[];
    readonly advanceWidth: number;
  }

  export interface GlyphPosition {
    xAdvance: number;
    yAdvance: number;
    xOffset: number;
    yOffset: number;
  }

  /** Glyphs in visual order with positions in font units. */
  export interface GlyphRun {
    readonly glyphs: readonly Glyph[];
    readonly positions: readonly GlyphPosition[];
    readonly advanceWidth: number;
  }

  export interface Subset {
    includeGlyph(glyph: number): number;
    encode(): Uint8Array;
  }

  export interface Font {
    readonly postscriptName: string;
    getGlyph: (id: number, codePoints?: number[]) => Glyph;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly bbox: {
      readonly minX: number;
      readonly minY: number;
      readonly maxX: number;
      readonly maxY: number;
    };
    readonly capHeight: number;
    readonly xHeight: number;
    readonly italicAngle: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
    layout(
      text: string,
      features?: undefined,
      script?: undefined,
      language?: undefined,
      direction?: "rtl" | "ltr" | undefined,
    ): GlyphRun;
    createSubset(): Subset;
  }

  /** Several fonts in one file (.ttc). */
  export interface Collection {
    readonly fonts: readonly Font[];
  }

  export function create(bytes: Uint8Array): Font | Collection;
}
