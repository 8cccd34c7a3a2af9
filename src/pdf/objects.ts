/**
 * Writes the objects that pdfkit made as a file: streams one by one, all other objects in object
 * streams with a cross-reference stream (a third of the size of a tagged form). Both standards allow it.
 * Compression is by fflate, so that the bytes are the same on every processor.
 */
import { zlibSync } from "fflate";
import type { PDFDocument, PDFReference } from "pdfkit";

/** Objects in one object stream: enough to compress well, few enough to open a page quickly. */
const OBJECTS_IN_A_STREAM = 400;

/** Shorter streams would only grow. */
const WORTH_COMPRESSING = 48;

const DELIMITER = /[^!-~]|[#%()/<>[\]{}]/g;
const ESCAPED: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
  "\\": "\\\\",
  "(": "\\(",
  ")": "\\)",
};

/** A PDF name from text; bytes outside the regular ones are written as #xx. */
function name(text: string): string {
  return `/${text.replace(DELIMITER, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`)}`;
}

/** A PDF text string: PDFDocEncoding where the text is ASCII, UTF-16 with a mark otherwise. */
function textString(text: string): string {
  let bytes = text;
  if (/[^\n\r\t -~]/.test(text)) {
    bytes = "\u00fe\u00ff";
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      bytes += String.fromCharCode(unit >> 8, unit & 0xff);
    }
  }
  return `(${bytes.replace(/[\n\r\t\b\f\\()]/g, (char) => ESCAPED[char] ?? char)})`;
}

/** Rounded to a thousandth of a point; never in exponent form. */
export function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`a PDF cannot hold the number ${value}`);
  const rounded = Math.round(value * 1000) / 1000;
  return Object.is(rounded, -0) ? "0" : String(rounded);
}

/** `D:YYYYMMDDHHmmSSZ`, always in UTC. */
function date(value: Date): string {
  const digits = value.toISOString().replace(/[-:T]|\.\d+Z$/g, "");
  return `(D:${digits}Z)`;
}

function isReference(value: object): value is PDFReference {
  return "id" in value && "gen" in value && "data" in value;
}

/** JavaScript to PDF as pdfkit has it: a string is a name, a String object is a text string. */
export function serialise(value: unknown): string {
  if (typeof value === "string") return name(value);
  if (typeof value === "number") return numeral(value);
  if (typeof value === "boolean") return String(value);
  if (value === null || value === undefined) return "null";
  if (value instanceof String) return textString(value.valueOf());
  if (value instanceof Date) return date(value);
  if (value instanceof Uint8Array) {
    return `<${[...value].map((byte) => byte.toString(16).padStart(2, "0")).join("")}>`;
  }
  if (Array.isArray(value)) return `[${value.map(serialise).join(" ")}]`;
  if (typeof value === "object") {
    if (isReference(value)) return `${value.id} 0 R`;
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    return `<<${entries.map(([key, entry]) => `${name(key)} ${serialise(entry)}`).join(" ")}>>`;
  }
  throw new Error(`a PDF cannot hold a ${typeof value}`);
}

/** Text whose characters are bytes (0 to 255) to bytes. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** What has been written so far. */
class Output {
  readonly chunks: Uint8Array[] = [];
  length = 0;

  text(text: string): void {
    this.bytes(bytesOf(text));
  }

  bytes(bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.length += bytes.length;
  }

  stream(id: number, data: Readonly<Record<string, unknown>>, body: Uint8Array): void {
    this.text(`${id} 0 obj\n${serialise({ ...data, Length: body.length })}\nstream\n`);
    this.bytes(body);
    this.text("\nendstream\nendobj\n");
  }
}

/** Where an object is: at an offset of the file, or at a place in an object stream. */
type Entry = { readonly offset: number } | { readonly stream: number; readonly index: number };

function writeObjectStreams(
  output: Output,
  objects: readonly PDFReference[],
  entries: Map<number, Entry>,
  nextId: number,
): number {
  let id = nextId;
  for (let start = 0; start < objects.length; start += OBJECTS_IN_A_STREAM) {
    const group = objects.slice(start, start + OBJECTS_IN_A_STREAM);
    const bodies = group.map((object) => serialise(object.data));
    let offset = 0;
    const head = group.map((object, index) => {
      entries.set(object.id, { stream: id, index });
      const pair = `${object.id} ${offset}`;
      offset += (bodies[index] ?? "").length + 1;
      return pair;
    });
    const first = `${head.join(" ")}\n`;
    entries.set(id, { offset: output.length });
    const body = zlibSync(bytesOf(`${first}${bodies.join("\n")}\n`));
    output.stream(id, { Type: "ObjStm", N: group.length, First: first.length, Filter: "FlateDecode" }, body);
    id += 1;
  }
  return id;
}

/** Rows of 1 + 4 + 2 bytes: kind, offset or stream, index. */
function crossReference(entries: ReadonlyMap<number, Entry>, size: number): Uint8Array {
  const rows = new DataView(new ArrayBuffer(size * 7));
  rows.setUint16(5, 65535);
  for (const [id, entry] of entries) {
    const inFile = "offset" in entry;
    rows.setUint8(id * 7, inFile ? 1 : 2);
    rows.setUint32(id * 7 + 1, inFile ? entry.offset : entry.stream);
    rows.setUint16(id * 7 + 5, inFile ? 0 : entry.index);
  }
  return new Uint8Array(rows.buffer);
}

/** Whole fonts and colour profiles are the same bytes in every document: kept as long as those are. */
const kept = new WeakMap<Uint8Array, Uint8Array>();

function deflated(chunks: readonly Uint8Array[], body: Uint8Array): Uint8Array {
  const [only] = chunks;
  if (!only || chunks.length > 1) return zlibSync(body);
  const known = kept.get(only) ?? zlibSync(body);
  kept.set(only, known);
  return known;
}

/** Collects the objects of a pdfkit document in place of pdfkit's own writer. */
export class ObjectWriter {
  readonly #document: PDFDocument;
  readonly #references: PDFReference[] = [];
  readonly #ended = new Set<PDFReference>();

  constructor(document: PDFDocument) {
    this.#document = document;
    // The catalogue, the page tree and the names exist already.
    const root = document._root.data;
    for (const value of [root.Pages, root.Names, document._root, root.ViewerPreferences]) {
      if (typeof value === "object" && value !== null && isReference(value)) this.#adopt(value);
    }
    this.#adopt(document.outline.dictionary);
    const make = document.ref.bind(document);
    document.ref = (data) => this.#adopt(make(data));
  }

  #adopt(reference: PDFReference): PDFReference {
    this.#references.push(reference);
    reference.finalize = () => {
      this.#ended.add(reference);
    };
    return reference;
  }

  /** The file. `/ID` is the first half of the SHA-256 of everything before the cross-reference stream. */
  async finish(): Promise<Uint8Array> {
    const open = this.#references.filter((reference) => !this.#ended.has(reference));
    if (open.length > 0)
      throw new Error(`PDF objects were never ended: ${open.map(({ id }) => id).join(", ")}`);
    const output = new Output();
    output.text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
    const entries = new Map<number, Entry>();
    const references = this.#references.toSorted((a, b) => a.id - b.id);
    for (const reference of references) {
      if (reference.buffer.length === 0) continue;
      entries.set(reference.id, { offset: output.length });
      const { Filter, Length: _, ...data } = reference.data;
      const body = concatenate(reference.buffer);
      if (reference.compress && body.length >= WORTH_COMPRESSING)
        output.stream(reference.id, { ...data, Filter: "FlateDecode" }, deflated(reference.buffer, body));
      else
        output.stream(
          reference.id,
          reference.compress || Filter === undefined ? data : { ...data, Filter },
          body,
        );
    }
    const plain = references.filter((reference) => reference.buffer.length === 0);
    const last = (references.at(-1)?.id ?? 0) + 1;
    const id = writeObjectStreams(output, plain, entries, last);
    await this.#trailer(output, entries, id);
    return concatenate(output.chunks);
  }

  async #trailer(output: Output, entries: Map<number, Entry>, id: number): Promise<void> {
    const bytes = concatenate(output.chunks);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).subarray(0, 16);
    const start = output.length;
    entries.set(id, { offset: start });
    const data = {
      Type: "XRef",
      Size: id + 1,
      W: [1, 4, 2],
      Root: this.#document._root,
      Info: this.#document._info,
      ID: [hash, hash],
      Filter: "FlateDecode",
    };
    output.stream(id, data, zlibSync(crossReference(entries, id + 1)));
    output.text(`startxref\n${start}\n%%EOF\n`);
  }
}
