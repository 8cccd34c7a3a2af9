/** What is attached to a PDF of ours, and what the document says of it. */
import { PdfFile } from "./file.ts";

export interface Attached {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Size in bytes as the document states it. */
  readonly size: number | null;
  /** `Source`, `Data`; null where nothing is said. */
  readonly relationship: string | null;
}

export interface AttachedFiles {
  readonly title: string;
  /** Digests that the document names in its keywords, each `sha256:` and 64 hex digits. */
  readonly named: readonly string[];
  readonly files: readonly Attached[];
}

/** Reads the attachments. Throws for a file that no document of ours is, with what is wrong. */
export function readAttached(bytes: Uint8Array): AttachedFiles {
  const file = new PdfFile(bytes);
  const info = file.dict(file.trailer.get("Info"));
  const keywords = file.text(info.get("Keywords")) ?? "";
  return {
    title: file.text(info.get("Title")) ?? "",
    named: keywords.match(/sha256:[0-9a-f]{64}/g) ?? [],
    files: file.list(file.catalogue.get("AF")).map((entry) => {
      const specification = file.dict(entry);
      const stream = file.dict(specification.get("EF")).get("F");
      const size = file.get(file.dict(file.dict(stream).get("Params")).get("Size"));
      return {
        name: file.text(specification.get("UF")) ?? "",
        bytes: file.stream(stream),
        size: typeof size === "number" ? size : null,
        relationship: file.name(specification.get("AFRelationship")),
      };
    }),
  };
}
