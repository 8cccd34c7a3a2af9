/**
 * The font in which a viewer writes what somebody types into a text field: embedded and whole for its
 * encoding (WinAnsi), so that a filled form still keeps both standards.
 */
import type { PDFDocument, PDFReference } from "pdfkit";
import type { Face } from "./fonts.ts";

/** Unicode of the codes 0x80 to 0x9f in WinAnsi; 0 where there is none. */
const HIGH = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];
const FIRST = 32;
const LAST = 255;

function unicodeOf(code: number): number {
  if (code === 0x7f) return 0;
  return code >= 0x80 && code <= 0x9f ? (HIGH[code - 0x80] ?? 0) : code;
}

interface Program {
  readonly bytes: Uint8Array;
  /** Thousandths of the size, for codes 32 to 255. */
  readonly widths: readonly number[];
}

const programs = new WeakMap<Face, Program>();

function programOf(face: Face): Program {
  const known = programs.get(face);
  if (known) return known;
  const { font } = face;
  const subset = font.createSubset();
  const glyphs = new Map<number, number>();
  const widths: number[] = [];
  for (let code = FIRST; code <= LAST; code += 1) {
    const unicode = unicodeOf(code);
    if (unicode === 0 || !font.hasGlyphForCodePoint(unicode)) {
      widths.push(0);
      continue;
    }
    const glyph = font.glyphForCodePoint(unicode);
    glyphs.set(unicode, subset.includeGlyph(glyph.id));
    widths.push((glyph.advanceWidth * 1000) / font.unitsPerEm);
  }
  const program = { bytes: withCharacterMap(subset.encode(), glyphs), widths };
  programs.set(face, program);
  return program;
}

/** A format 4 table for Windows Unicode: one segment a character. */
function characterMap(glyphs: ReadonlyMap<number, number>): Uint8Array {
  const characters = [...glyphs].sort(([a], [b]) => a - b);
  const segments = [
    ...characters.map(([code, glyph]) => ({ code, delta: (glyph - code) & 0xffff })),
    { code: 0xffff, delta: 1 },
  ];
  const count = segments.length;
  const length = 16 + count * 8;
  const view = new DataView(new ArrayBuffer(12 + length));
  let at = 0;
  const put = (value: number): void => {
    view.setUint16(at, value);
    at += 2;
  };
  for (const value of [0, 1, 3, 1, 0, 12]) put(value);
  const power = 2 ** Math.floor(Math.log2(count));
  for (const value of [4, length, 0, count * 2, power * 2, Math.log2(power), (count - power) * 2]) put(value);
  for (const { code } of segments) put(code);
  put(0);
  for (const { code } of segments) put(code);
  for (const { delta } of segments) put(delta);
  for (let i = 0; i < count; i += 1) put(0);
  return new Uint8Array(view.buffer);
}

/** Adds a `cmap` table to a TrueType program. */
function withCharacterMap(program: Uint8Array, glyphs: ReadonlyMap<number, number>): Uint8Array {
  const source = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const tables = new Map<string, Uint8Array>([["cmap", characterMap(glyphs)]]);
  for (let i = 0; i < source.getUint16(4); i += 1) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(...program.subarray(at, at + 4));
    const offset = source.getUint32(at + 8);
    tables.set(tag, program.subarray(offset, offset + source.getUint32(at + 12)));
  }
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const size = sorted.reduce((sum, [, table]) => sum + ((table.length + 3) & ~3), 12 + sorted.length * 16);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  view.setUint32(0, 0x00010000);
  [sorted.length, power * 16, Math.log2(power), (sorted.length - power) * 16].forEach((value, i) => {
    view.setUint16(4 + i * 2, value);
  });
  let offset = 12 + sorted.length * 16;
  sorted.forEach(([tag, table], i) => {
    const at = 12 + i * 16;
    for (let c = 0; c < 4; c += 1) bytes[at + c] = tag.charCodeAt(c);
    view.setUint32(at + 4, checksum(table));
    view.setUint32(at + 8, offset);
    view.setUint32(at + 12, table.length);
    bytes.set(table, offset);
    offset += (table.length + 3) & ~3;
  });
  return bytes;
}

function checksum(table: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < table.length; i += 4) {
    const word = [0, 1, 2, 3].reduce((value, k) => value * 256 + (table[i + k] ?? 0), 0);
    sum = (sum + word) >>> 0;
  }
  return sum;
}

/** Embeds the font of text fields. */
export function embedFormFont(document: PDFDocument, face: Face): PDFReference {
  const { bytes, widths } = programOf(face);
  const { font } = face;
  const scale = 1000 / font.unitsPerEm;
  const file = document.ref({ Length1: bytes.length });
  file.end(bytes);
  const { minX, minY, maxX, maxY } = font.bbox;
  const descriptor = document.ref({
    Type: "FontDescriptor",
    FontName: font.postscriptName,
    Flags: 32,
    FontBBox: [minX, minY, maxX, maxY].map((value) => value * scale),
    ItalicAngle: 0,
    Ascent: font.ascent * scale,
    Descent: font.descent * scale,
    CapHeight: font.capHeight * scale,
    XHeight: font.xHeight * scale,
    StemV: 80,
    FontFile2: file,
  });
  descriptor.end();
  const reference = document.ref({
    Type: "Font",
    Subtype: "TrueType",
    BaseFont: font.postscriptName,
    FirstChar: FIRST,
    LastChar: LAST,
    Widths: widths,
    Encoding: "WinAnsiEncoding",
    FontDescriptor: descriptor,
  });
  reference.end();
  return reference;
}
