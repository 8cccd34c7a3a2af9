/** The bytes of a file that somebody brings in, as text; what is no text is refused by name. */

/** Larger files are refused unread (trust.md). */
export const LARGEST = 1024 * 1024;

/** Bytes that are no UTF-8 and stand as U+FFFD in the text now: what they were is not in the file. */
export interface LostBytes {
  /** Offset in the text, in UTF-16 units. */
  readonly offset: number;
  /** Hexadecimal, `e2 9c`. */
  readonly bytes: string;
}

export type BytesRead =
  | {
      readonly text: string;
      /** How the file is stored; anything but UTF-8 comes with its mark of byte order. */
      readonly encoding: "UTF-8" | "UTF-16LE" | "UTF-16BE";
      readonly lost: readonly LostBytes[];
    }
  | { readonly error: string };

const MAGIC: readonly (readonly [name: string, start: RegExp])[] = [
  ["a PDF", /^%PDF-/],
  ["a ZIP archive (Word, Excel and OpenDocument files are such)", /^PK\x03\x04/],
  ["a picture", /^(?:\x89PNG|GIF8|\xFF\xD8\xFF)/],
  ["an old Office file", /^\xD0\xCF\x11\xE0/],
  ["an RTF document", /^\{\\rtf/],
];

/** Reads UTF-8 with or without its mark, and UTF-16 with one. A BOM of UTF-8 stays in the text. */
export function decodeBytes(bytes: Uint8Array): BytesRead {
  if (bytes.length === 0) return { error: "the file is empty" };
  if (bytes.length > LARGEST)
    return { error: `the file has ${bytes.length} bytes; at most ${LARGEST} are read` };
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const magic = MAGIC.find(([, pattern]) => pattern.test(start));
  if (magic) return { error: `the file is ${magic[0]}, not Markdown: export its text first` };
  if (start.startsWith("\xFF\xFE"))
    return { text: decode(bytes, "utf-16le"), encoding: "UTF-16LE", lost: [] };
  if (start.startsWith("\xFE\xFF"))
    return { text: decode(bytes, "utf-16be"), encoding: "UTF-16BE", lost: [] };
  if (bytes.includes(0))
    return { error: "the file holds NUL bytes: it is not text, or UTF-16 without its mark" };
  const { text, lost, whole } = decodeDamaged(bytes);
  const [first] = lost;
  // Without one whole sequence nothing says that this ever was UTF-8: every byte may still have its meaning.
  if (first && !whole) {
    const line = text.slice(0, first.offset).split("\n").length;
    return {
      error: `the file is not UTF-8 (byte ${first.bytes} in line ${line}), but in an 8-bit encoding: save it as UTF-8 first`,
    };
  }
  return { text, encoding: "UTF-8", lost };
}

function decode(bytes: Uint8Array, label: string): string {
  return new TextDecoder(label).decode(bytes);
}

/** Strictly as long as it goes; each stretch that does not becomes one U+FFFD. */
function decodeDamaged(bytes: Uint8Array): {
  readonly text: string;
  readonly lost: readonly LostBytes[];
  readonly whole: boolean;
} {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    const text = strict.decode(bytes);
    return { text, lost: [], whole: true };
  } catch {
    return decodeByHand(bytes);
  }
}

function decodeByHand(bytes: Uint8Array): ReturnType<typeof decodeDamaged> {
  const lost: LostBytes[] = [];
  const parts: string[] = [];
  let length = 0;
  let whole = false;
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  for (let at = 0; at < bytes.length; ) {
    const next = sequenceLength(bytes, at);
    if (next.valid) {
      add(decode(bytes.subarray(at, at + next.length), "utf-8"));
      whole ||= next.length > 1;
    } else {
      const hex = [...bytes.subarray(at, at + next.length)].map((byte) => byte.toString(16).padStart(2, "0"));
      lost.push({ offset: length, bytes: hex.join(" ") });
      add("\uFFFD");
    }
    at += next.length;
  }
  return { text: parts.join(""), lost, whole };
}

/** The bytes of the sequence at a place; of a broken one those that belong together (Unicode, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): { readonly length: number; readonly valid: boolean } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { length: 1, valid: true };
  const count =
    lead >= 0xc2 && lead <= 0xdf
      ? 1
      : lead >= 0xe0 && lead <= 0xef
        ? 2
        : lead >= 0xf0 && lead <= 0xf4
          ? 3
          : 0;
  let length = 1;
  for (; length <= count; length += 1) {
    const byte = bytes[at + length] ?? 0;
    const [low, high] = length === 1 ? secondBytes(lead) : [0x80, 0xbf];
    if (byte < low || byte > high) return { length, valid: false };
  }
  return { length, valid: count > 0 };
}

function secondBytes(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  return lead === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}
