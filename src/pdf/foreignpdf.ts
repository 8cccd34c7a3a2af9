/**
 * A PDF that any program may have saved: cross-reference tables and streams, changes appended at the end. Objects are
 * read when they are asked for, within limits; what is broken is refused and never guessed at. Nothing in it is run.
 */
import { Unzlib } from "fflate";
import { unfilter } from "./pngfilter.ts";
import { type Dict, Name, operand, type Parsed, Reader, Ref, textOf, type Value } from "./syntax.ts";

/** Bytes that all streams of a file may unpack to: a small file can claim to hold gigabytes. */
const MOST_UNPACKED = 64 * 1024 * 1024;
const MOST_OBJECTS = 200_000;
const MOST_SECTIONS = 1000;

type Place =
  | { readonly kind: "at"; readonly offset: number }
  | { readonly kind: "in"; readonly stream: number; readonly index: number }
  | { readonly kind: "free" };

export class ForeignPdf {
  readonly trailer: Dict;
  readonly #bytes: Uint8Array;
  readonly #text: string;
  readonly #places = new Map<number, Place>();
  readonly #objects = new Map<number, Parsed>();
  readonly #packed = new Map<number, readonly Value[]>();
  /** Object streams that are being read: one that needs itself is refused. */
  readonly #opening = new Set<number>();
  #unpacked = 0;

  /** @throws with what is wrong, as the rest of a sentence about the file */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#text = Buffer.from(bytes).toString("latin1");
    if (!this.#text.startsWith("%PDF-")) throw new Error("does not begin as a PDF");
    const end = this.#text.lastIndexOf("startxref");
    const start = Number(/^startxref\s+(\d{1,12})\s/.exec(`${this.#text.slice(end, end + 40)} `)?.[1]);
    if (end < 0 || !Number.isInteger(start))
      throw new Error("has no cross-reference at its end: it is cut off");
    this.trailer = this.#readSections(start);
    if (this.trailer.has("Encrypt")) throw new Error("is encrypted");
  }

  /** From the newest section back: what a later one says of an object counts. */
  #readSections(newest: number): Dict {
    const seen = new Set<number>();
    const waiting = [newest];
    let trailer: Dict | undefined;
    for (let offset = waiting.shift(); offset !== undefined; offset = waiting.shift()) {
      if (seen.has(offset)) continue;
      seen.add(offset);
      if (seen.size > MOST_SECTIONS) throw new Error(`has more than ${MOST_SECTIONS} cross-references`);
      const reader = new Reader(this.#text, offset);
      const isTable = reader.word() === "xref";
      const section = isTable ? this.#readTable(reader) : this.#readStream(offset);
      trailer ??= section;
      for (const key of ["XRefStm", "Prev"]) {
        const next = section.get(key);
        if (typeof next === "number") waiting.push(next);
      }
    }
    return trailer ?? new Map();
  }

  #readTable(reader: Reader): Dict {
    for (;;) {
      const first = reader.word();
      if (first === "trailer") break;
      const count = Number(reader.word());
      if (!/^\d+$/.test(first) || !Number.isInteger(count)) throw new Error("has a broken cross-reference");
      for (let at = 0; at < count; at += 1) {
        const [offset, , kind] = [reader.word(), reader.word(), reader.word()];
        if (kind !== "n" && kind !== "f") throw new Error("has a broken cross-reference");
        this.#place(
          Number(first) + at,
          kind === "n" ? { kind: "at", offset: Number(offset) } : { kind: "free" },
        );
      }
    }
    return dictionaryOf(operand(reader.value()));
  }

  #readStream(offset: number): Dict {
    const { value, stream } = this.#read(offset, null);
    const dictionary = dictionaryOf(value);
    const widths = numbersOf(dictionary.get("W"));
    const row = widths.reduce((sum, width) => sum + width, 0);
    const isXref =
      dictionary.get("Type") instanceof Name && (dictionary.get("Type") as Name).value === "XRef";
    if (!stream || !isXref || widths.length !== 3 || row < 1 || row > 24)
      throw new Error("has a broken cross-reference");
    const index = numbersOf(dictionary.get("Index"));
    const ranges = index.length > 0 ? index : [0, Number(dictionary.get("Size"))];
    let at = 0;
    for (let range = 0; range + 1 < ranges.length; range += 2)
      for (let id = ranges[range] ?? 0; id < (ranges[range] ?? 0) + (ranges[range + 1] ?? 0); id += 1) {
        if (at + row > stream.length) return dictionary;
        const cells = widths.map((width) => {
          let cell = 0;
          for (let byte = 0; byte < width; byte += 1, at += 1) cell = cell * 256 + (stream[at] ?? 0);
          return cell;
        });
        const [kind = 1, a = 0, b = 0] = widths[0] === 0 ? [1, cells[1], cells[2]] : cells;
        if (kind === 1) this.#place(id, { kind: "at", offset: a });
        else if (kind === 2) this.#place(id, { kind: "in", stream: a, index: b });
        else this.#place(id, { kind: "free" });
      }
    return dictionary;
  }

  #place(id: number, place: Place): void {
    if (!this.#places.has(id)) this.#places.set(id, place);
    if (this.#places.size > MOST_OBJECTS) throw new Error(`has more than ${MOST_OBJECTS} objects`);
  }

  /** @param id the object that should stand there; null where any may */
  #read(offset: number, id: number | null): Parsed {
    const reader = new Reader(this.#text, offset);
    const [number, generation, word] = [reader.word(), reader.word(), reader.word()];
    if (!/^\d+$/.test(number) || !/^\d+$/.test(generation) || word !== "obj")
      throw new Error(`has no object where its cross-reference says so, at byte ${offset}`);
    if (id !== null && Number(number) !== id) throw new Error(`has object ${number} in the place of ${id}`);
    const value = operand(reader.value());
    reader.space();
    if (!this.#text.startsWith("stream", reader.at)) return { value, stream: null };
    const start = reader.at + (this.#text.startsWith("stream\r\n", reader.at) ? 8 : 7);
    const dictionary = dictionaryOf(value);
    const length = this.get(dictionary.get("Length"));
    if (typeof length !== "number" || length < 0 || start + length > this.#bytes.length)
      throw new Error(`has a stream without a length at byte ${offset}`);
    return { value, stream: this.#decode(dictionary, start, length) };
  }

  #decode(dictionary: Dict, start: number, length: number): Uint8Array {
    const raw = this.#bytes.subarray(start, start + length);
    const filters = [this.get(dictionary.get("Filter"))].flat();
    const names = filters.flatMap((filter) => (filter instanceof Name ? [filter.value] : []));
    if (names.length === 0) return raw;
    // Pictures and fonts may be packed in any way: nobody looks into them here.
    if (names.length > 1 || names[0] !== "FlateDecode") return new Uint8Array();
    const parameters = dictionaryOf([this.get(dictionary.get("DecodeParms"))].flat()[0] ?? null);
    const predictor = Number(parameters.get("Predictor") ?? 1);
    const data = this.#unzip(raw);
    return predictor < 10 ? data : unpredicted(data, Number(parameters.get("Columns") ?? 1));
  }

  #unzip(raw: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    const inflate = new Unzlib((part) => {
      this.#unpacked += part.length;
      if (this.#unpacked > MOST_UNPACKED) throw new Error("unpacks to more than 64 MiB");
      parts.push(part);
    });
    for (let at = 0; at < raw.length; at += 16_384)
      inflate.push(raw.subarray(at, at + 16_384), at + 16_384 >= raw.length);
    return new Uint8Array(Buffer.concat(parts));
  }

  #object(id: number): Parsed {
    const known = this.#objects.get(id);
    if (known) return known;
    const place = this.#places.get(id);
    if (!place || place.kind === "free") return { value: null, stream: null };
    const read =
      place.kind === "at"
        ? this.#read(place.offset, id)
        : { value: this.#unpack(place.stream)[place.index] ?? null, stream: null };
    this.#objects.set(id, read);
    return read;
  }

  #unpack(id: number): readonly Value[] {
    const known = this.#packed.get(id);
    if (known) return known;
    if (this.#opening.has(id)) throw new Error("has an object stream that needs itself");
    this.#opening.add(id);
    const { value, stream } = this.#object(id);
    const dictionary = dictionaryOf(value);
    const text = Buffer.from(stream ?? new Uint8Array()).toString("latin1");
    const head = new Reader(text);
    const [first, count] = [Number(dictionary.get("First")), Number(dictionary.get("N"))];
    const values: Value[] = [];
    for (let at = 0; at < count && at < MOST_OBJECTS; at += 1) {
      const [, offset] = [head.word(), Number(head.word())];
      values.push(operand(new Reader(text, first + offset).value()));
    }
    this.#packed.set(id, values);
    return values;
  }

  /** Follows references. */
  get(value: Value | undefined): Value {
    let found = value ?? null;
    for (let step = 0; found instanceof Ref; step += 1) {
      if (step > 20) throw new Error("has a reference that leads in a circle");
      found = this.#object(found.id).value;
    }
    return found;
  }

  dict(value: Value | undefined): Dict {
    return dictionaryOf(this.get(value));
  }

  list(value: Value | undefined): readonly Value[] {
    const found = this.get(value);
    return Array.isArray(found) ? found : [];
  }

  name(value: Value | undefined): string | null {
    const found = this.get(value);
    return found instanceof Name ? found.value : null;
  }

  text(value: Value | undefined): string | null {
    return textOf(this.get(value));
  }

  /** The bytes of a stream; null where there is none. */
  stream(value: Value | undefined): Uint8Array | null {
    return value instanceof Ref ? this.#object(value.id).stream : null;
  }
}

function dictionaryOf(value: Value): Dict {
  return value instanceof Map ? value : new Map();
}

function numbersOf(value: Value | undefined): readonly number[] {
  return Array.isArray(value) ? value.filter((one): one is number => Number.isInteger(one) && one >= 0) : [];
}

/** Rows as their bytes, without their filters, one byte a sample. */
function unpredicted(data: Uint8Array, columns: number): Uint8Array {
  if (!Number.isInteger(columns) || columns < 1 || columns > 1_000_000)
    throw new Error("has a broken stream");
  const rows = Math.ceil(data.length / (columns + 1));
  const filtered = new Uint8Array(rows * (columns + 1));
  filtered.set(data);
  unfilter(filtered, columns, 1);
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row += 1)
    out.set(filtered.subarray(row * (columns + 1) + 1, (row + 1) * (columns + 1)), row * columns);
  return out;
}
