/** The objects of a PDF that we have written: cross-reference streams and object streams, without encryption. */
import { unzlibSync } from "fflate";
import { type Dict, Name, operand, type Parsed, Reader, Ref, textOf, type Value } from "./syntax.ts";

/** A file opened for looking at. */
export class PdfFile {
  readonly objects = new Map<number, Parsed>();
  readonly trailer: Dict;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const text = latin(bytes);
    const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-60))?.[1]);
    if (!Number.isInteger(start)) throw new Error("the file has no cross-reference at its end");
    const cross = this.#read(text, start);
    this.trailer = dictionaryOf(cross.value);
    const rows = cross.stream ?? new Uint8Array();
    const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
    const inStreams = new Map<number, number[]>();
    for (let id = 0; (id + 1) * 7 <= rows.length; id += 1) {
      const [kind, place] = [view.getUint8(id * 7), view.getUint32(id * 7 + 1)];
      if (kind === 1) this.objects.set(id, this.#read(text, place));
      if (kind === 2) inStreams.set(place, [...(inStreams.get(place) ?? []), id]);
    }
    for (const stream of inStreams.keys()) this.#unpack(stream);
  }

  #read(text: string, offset: number): Parsed {
    const reader = new Reader(text, offset);
    const head = `${reader.word()} ${reader.word()} ${reader.word()}`;
    if (!/^\d+ 0 obj$/.test(head)) throw new Error(`no object at ${offset}: ${head}`);
    const value = operand(reader.value());
    reader.space();
    if (!text.startsWith("stream", reader.at)) return { value, stream: null };
    const start = reader.at + "stream\n".length;
    const dictionary = dictionaryOf(value);
    const raw = this.bytes.subarray(start, start + Number(dictionary.get("Length")));
    const filter = dictionary.get("Filter");
    return {
      value,
      stream: filter instanceof Name && filter.value === "FlateDecode" ? unzlibSync(raw) : raw,
    };
  }

  #unpack(id: number): void {
    const { value, stream } = this.objects.get(id) ?? { value: null, stream: null };
    const dictionary = dictionaryOf(value);
    const text = latin(stream ?? new Uint8Array());
    const head = new Reader(text);
    const first = Number(dictionary.get("First"));
    for (let i = 0; i < Number(dictionary.get("N")); i += 1) {
      const [object, offset] = [Number(head.word()), Number(head.word())];
      this.objects.set(object, { value: operand(new Reader(text, first + offset).value()), stream: null });
    }
  }

  /** Follows references. */
  get(value: Value | undefined): Value {
    if (value instanceof Ref) return this.objects.get(value.id)?.value ?? null;
    return value ?? null;
  }

  dict(value: Value | undefined): Dict {
    return dictionaryOf(this.get(value));
  }

  list(value: Value | undefined): readonly Value[] {
    const found = this.get(value);
    return Array.isArray(found) ? found : [];
  }

  stream(value: Value | undefined): Uint8Array {
    const stream = value instanceof Ref ? this.objects.get(value.id)?.stream : null;
    if (!stream) throw new Error("no stream");
    return stream;
  }

  name(value: Value | undefined): string | null {
    const found = this.get(value);
    return found instanceof Name ? found.value : null;
  }

  text(value: Value | undefined): string | null {
    return textOf(this.get(value));
  }

  get catalogue(): Dict {
    return this.dict(this.trailer.get("Root"));
  }

  /** References of all pages, in order. */
  get pages(): Ref[] {
    return this.list(this.dict(this.catalogue.get("Pages")).get("Kids")).flatMap((kid) =>
      kid instanceof Ref ? [kid] : [],
    );
  }
}

/** One character a byte. */
function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function dictionaryOf(value: Value): Dict {
  return value instanceof Map ? value : new Map();
}
