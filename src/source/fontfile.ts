/** Is a file a font that paper can be set in? Told from its tables, before anything draws with it. */

export interface FontFault {
  readonly reason: string;
  readonly hint: string;
}

const STATIC_HINT = "name a static TrueType font (.ttf), such as DroidSansFallbackFull.ttf for Chinese";

/** By the first four bytes. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["OTTO", "is an OpenType font with PostScript outlines (CFF)"],
  ["wOFF", "is a web font (WOFF)"],
  ["wOF2", "is a web font (WOFF2)"],
  ["%!PS", "is a PostScript Type 1 font"],
]);

const NEEDED = ["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "post"];

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/**
 * What keeps a file from being embedded as static TrueType; null where nothing does. Of a collection (.ttc) the first
 * font counts. After the OpenType specification: table directory, `OS/2` fsType.
 */
export function faultOfFont(bytes: Uint8Array): FontFault | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isCollection = tagAt(bytes, 0) === "ttcf";
  if (bytes.length < 16) return { reason: "is no font", hint: STATIC_HINT };
  const start = isCollection ? view.getUint32(12) : 0;
  if (start + 12 > bytes.length) return { reason: "is cut off", hint: "copy it again" };
  const kind = tagAt(bytes, start);
  const known = KINDS.get(kind);
  if (known !== undefined)
    return {
      reason: isCollection ? `is a collection whose first font ${known}` : known,
      hint: STATIC_HINT,
    };
  if (kind !== "true" && view.getUint32(start) !== 0x00010000)
    return { reason: "is no font", hint: STATIC_HINT };
  const tables = new Map<string, number>();
  for (let i = 0; i < view.getUint16(start + 4); i += 1) {
    const entry = start + 12 + i * 16;
    if (entry + 16 > bytes.length) return { reason: "is cut off", hint: "copy it again" };
    const [at, length] = [view.getUint32(entry + 8), view.getUint32(entry + 12)];
    if (at + length > bytes.length) return { reason: "is cut off", hint: "copy it again" };
    tables.set(tagAt(bytes, entry), at);
  }
  if (tables.has("fvar"))
    return {
      reason: "is a variable font, of which one weight would be drawn by chance",
      hint: "make a static one of it: fonttools varLib.instancer FONT.ttf wght=400",
    };
  const missing = NEEDED.filter((table) => !tables.has(table));
  if (missing.length > 0)
    return { reason: `lacks what a TrueType font has: ${missing.join(", ")}`, hint: STATIC_HINT };
  const os2 = tables.get("OS/2");
  if (os2 !== undefined && os2 + 10 <= bytes.length && (view.getUint16(os2 + 8) & 0xf) === 2)
    return {
      reason: "does not allow to be embedded (fsType 2)",
      hint: "ask its maker for a licence, or name another font",
    };
  return null;
}
