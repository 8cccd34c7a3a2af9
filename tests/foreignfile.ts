/** A PDF that another program has saved, as the checks of ours look at it. */
import { PdfFile } from "../src/pdf/file.ts";
import { ForeignPdf } from "../src/pdf/foreignpdf.ts";
import { type Parsed, Ref } from "../src/pdf/syntax.ts";

/** Every object that the file's newest cross-reference knows. */
export function openForeign(bytes: Uint8Array): PdfFile {
  const foreign = new ForeignPdf(bytes);
  const objects = new Map<number, Parsed>();
  for (let id = 1; id < Number(foreign.trailer.get("Size")); id += 1) {
    const reference = new Ref(id);
    const value = foreign.get(reference);
    if (value !== null) objects.set(id, { value, stream: foreign.stream(reference) });
  }
  return Object.assign(Object.create(PdfFile.prototype), { objects, trailer: foreign.trailer, bytes });
}
