/**
 * The rules of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) that can be looked up one by one, by the clauses under
 * which veraPDF's profiles have them. tests/pdfcheck.ts has what needs the whole structure tree.
 */
import { create, type Font } from "fontkit";
import type { PdfFile } from "../src/pdf/file.ts";
import { type Dict, Name, Reader, type Ref, type Value } from "../src/pdf/syntax.ts";

type Fault = (text: string) => void;

export function checkRules(file: PdfFile, fault: Fault): void {
  checkLimits(file, fault);
  checkActions(file, fault);
  for (const page of file.pages) checkNesting(file, page, fault);
  for (const { value, stream } of file.objects.values()) {
    if (!(value instanceof Map)) continue;
    if (file.name(value.get("Type")) === "Annot") checkAnnotation(file, value, fault);
    if (file.name(value.get("Subtype")) === "Image" && stream) checkImage(file, value, fault);
    if (file.name(value.get("Subtype")) === "Form" && stream && value.has("Ref"))
      fault("7.20: a form refers to another file");
    if (file.name(value.get("Subtype")) === "Type0") checkComposite(file, value, fault);
    if (value.has("S") && value.has("P") && value.has("Lang"))
      checkLanguage(file.text(value.get("Lang")), fault);
  }
  checkLanguage(file.text(file.catalogue.get("Lang")), fault);
}

/** ISO 32000-1, 14.9.2: a tag as in RFC 3066. */
function checkLanguage(tag: string | null, fault: Fault): void {
  if (!/^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(tag ?? "")) fault(`7.2: '${tag}' is no language`);
}

/** 6.1.13, after ISO 32000-1, annex C: lengths of strings and names, sizes of integers. */
function checkLimits(file: PdfFile, fault: Fault): void {
  const look = (value: Value): void => {
    if (typeof value === "string" && value.length > 32_767)
      fault(`6.1.13: a string of ${value.length} bytes`);
    if (value instanceof Name && value.value.length > 127)
      fault(`6.1.13: a name of ${value.value.length} bytes`);
    if (typeof value === "number" && Math.abs(value) > 2_147_483_647) fault(`6.1.13: the number ${value}`);
    if (Array.isArray(value)) for (const inner of value) look(inner);
    if (value instanceof Map)
      for (const [key, inner] of value) {
        if (key.length > 127) fault(`6.1.13: a key of ${key.length} bytes`);
        look(inner);
      }
  };
  for (const { value } of file.objects.values()) look(value);
}

/** 6.5: nothing happens by itself, and what a reader may click leads somewhere. */
function checkActions(file: PdfFile, fault: Fault): void {
  const { catalogue } = file;
  if (catalogue.has("AA")) fault("6.5.2: the document acts by itself");
  if (file.dict(catalogue.get("Names")).has("JavaScript")) fault("6.5.1: the document has scripts");
  if (file.dict(catalogue.get("AcroForm")).has("XFA")) fault("6.4.2: the form is XFA");
  if (file.trailer.has("Encrypt")) fault("6.1.3: the file is encrypted");
  if (catalogue.has("OCProperties")) fault("7.10: there is optional content");
  for (const { value } of file.objects.values()) {
    if (!(value instanceof Map)) continue;
    const type = file.name(value.get("Type"));
    if (value.has("AA") && (type === "Page" || type === "Annot" || value.has("FT")))
      fault(`6.5.2: a ${type ?? "field"} acts by itself`);
    const action = file.dict(value.get("A"));
    const kind = file.name(action.get("S"));
    if (type === "Annot" && value.has("A") && !["GoTo", "URI"].includes(kind ?? ""))
      fault(`6.5.1: an annotation does ${kind}`);
  }
}

/** 6.3.2, 6.3.3: seen and printed, drawn by the file itself, without states beside the normal one. */
function checkAnnotation(file: PdfFile, data: Dict, fault: Fault): void {
  const subtype = file.name(data.get("Subtype"));
  const flags = Number(data.get("F"));
  const HIDING = 1 | 2 | 32 | 256;
  if ((flags & 4) === 0) fault(`6.3.2: a ${subtype} is not printed`);
  if ((flags & HIDING) !== 0) fault(`6.3.2: a ${subtype} may be hidden`);
  if (!["Link", "Widget"].includes(subtype ?? "")) fault(`6.3.1: there is a ${subtype}`);
  if (subtype === "Link") return;
  const appearance = file.dict(data.get("AP"));
  if (!appearance.has("N") || appearance.size > 1)
    fault(`6.3.3: a ${subtype} has other appearances than one`);
  if (data.has("A")) fault("6.4.1: a field has an action");
}

/** 6.2.4, 6.2.8: colours that the output intent covers, no interpolation, no other file's picture. */
function checkImage(file: PdfFile, data: Dict, fault: Fault): void {
  if (file.get(data.get("Interpolate")) === true) fault("6.2.8: an image is interpolated");
  if (data.has("Alternates") || data.has("OPI")) fault("6.2.8: an image has alternates");
  const space = file.get(data.get("ColorSpace"));
  const name = space instanceof Name ? space.value : file.name(Array.isArray(space) ? space[0] : undefined);
  if (!["DeviceRGB", "DeviceGray", "ICCBased", "Indexed", "CalRGB", "CalGray"].includes(name ?? ""))
    fault(`6.2.4: an image is in ${name}`);
  if (![1, 2, 4, 8].includes(Number(data.get("BitsPerComponent")))) fault("6.2.8: an image of odd depth");
}

/** 6.1.13: graphics states are nested at most 28 deep, and closed. */
function checkNesting(file: PdfFile, page: Ref, fault: Fault): void {
  const reader = new Reader(Buffer.from(file.stream(file.dict(page).get("Contents"))).toString("latin1"));
  let depth = 0;
  let deepest = 0;
  while (!reader.done) {
    const next = reader.value();
    if (typeof next !== "object" || next === null || !("operator" in next)) continue;
    if (next.operator === "q") deepest = Math.max(deepest, ++depth);
    if (next.operator === "Q") depth -= 1;
  }
  if (deepest > 28) fault(`6.1.13: graphics states are nested ${deepest} deep`);
  if (depth !== 0) fault("6.2.2: a graphics state is not closed");
}

/** 6.2.11: Identity-H, a map to glyphs and to characters, and widths that are those of the font. */
function checkComposite(file: PdfFile, font: Dict, fault: Fault): void {
  const base = file.name(font.get("BaseFont")) ?? "";
  if (file.name(font.get("Encoding")) !== "Identity-H") fault(`6.2.11.3: ${base} has another encoding`);
  if (!font.has("ToUnicode")) fault(`6.2.11.7: ${base} maps to no characters`);
  const inner = file.dict(file.list(font.get("DescendantFonts"))[0]);
  if (file.name(inner.get("CIDToGIDMap")) !== "Identity") fault(`6.2.11.3.2: ${base} maps to no glyphs`);
  if (file.name(inner.get("BaseFont")) !== base) fault(`6.2.11.2: ${base} has another name inside`);
  const descriptor = file.dict(inner.get("FontDescriptor"));
  if (!descriptor.has("FontFile2")) return;
  const program = file.stream(descriptor.get("FontFile2"));
  const parsed = create(Buffer.from(program)) as Font;
  const wrong = widthsOf(file.list(inner.get("W"))).filter(([glyph, width]) => {
    const own = (parsed.getGlyph(glyph).advanceWidth / parsed.unitsPerEm) * 1000;
    return Math.abs(own - width) > 1;
  });
  if (wrong.length > 0) fault(`6.2.11.5: ${base} has ${wrong.length} widths that are not the font's`);
}

/** `W` as glyphs with their widths: `first [w w …]` and `first last w`. */
function widthsOf(entries: readonly Value[]): readonly (readonly [glyph: number, width: number])[] {
  const widths: (readonly [number, number])[] = [];
  for (let at = 0; at < entries.length; ) {
    const first = Number(entries[at]);
    const next = entries[at + 1];
    if (Array.isArray(next)) {
      for (const [i, width] of next.entries()) widths.push([first + i, Number(width)]);
      at += 2;
    } else {
      for (let glyph = first; glyph <= Number(next); glyph += 1)
        widths.push([glyph, Number(entries[at + 2])]);
      at += 3;
    }
  }
  return widths;
}
