/** Files inside the file: the checklist's source, the record of a run. */
import type { PDFDocument } from "pdfkit";

export interface Attachment {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Media type: `text/markdown`, `application/json`. */
  readonly type: string;
  readonly description: string;
  /** `Source`: this document was made from it. `Data`: it holds what the document shows. */
  readonly relationship: "Source" | "Data";
  readonly date: Date;
}

/** Embeds the files, names them in the catalogue and in the name tree. */
export function writeAttachments(
  document: PDFDocument,
  names: Record<string, unknown>,
  attachments: readonly Attachment[],
): void {
  if (attachments.length === 0) return;
  const sorted = attachments.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const files = sorted.map((attachment) => {
    const { bytes, date } = attachment;
    const file = document.ref({
      Type: "EmbeddedFile",
      Subtype: attachment.type,
      Params: { Size: bytes.length, CreationDate: date, ModDate: date },
    });
    // An empty file still has to be a stream.
    file.buffer = [bytes];
    file.end();
    const specification = document.ref({
      Type: "Filespec",
      F: new String(attachment.name),
      UF: new String(attachment.name),
      Desc: new String(attachment.description),
      AFRelationship: attachment.relationship,
      EF: { F: file, UF: file },
    });
    specification.end();
    return { name: attachment.name, specification };
  });
  names.EmbeddedFiles = {
    Names: files.flatMap(({ name, specification }) => [new String(name), specification]),
  };
  document._root.data.AF = files.map(({ specification }) => specification);
}
