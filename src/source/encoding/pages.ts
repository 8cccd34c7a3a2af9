/** The 8-bit code pages in which UTF-8 is misread in the wild, as tables of their upper halves. */
import iconv from "iconv-lite";

export type Family = "latin" | "mac" | "dos";

export interface CodePage {
  readonly name: string;
  readonly family: Family;
  /** The byte, 0x80 to 0xFF, that a character stands for. */
  readonly byteOf: ReadonlyMap<string, number>;
  /** Bytes without a character in the strict table: programs drop them, or put U+FFFD or a C1 control in their place. */
  readonly unassigned: readonly number[];
}

const UPPER = Uint8Array.from({ length: 128 }, (_, at) => at + 0x80);

function pageOf(name: string, family: Family, characters: string): CodePage {
  const byteOf = new Map<string, number>();
  const unassigned: number[] = [];
  for (const [at, byte] of UPPER.entries()) {
    const character = characters[at] ?? "\uFFFD";
    if (character === "\uFFFD") unassigned.push(byte);
    // WHATWG: a byte without a character stands for the C1 control of the same number.
    byteOf.set(character === "\uFFFD" ? String.fromCharCode(byte) : character, byte);
  }
  return { name, family, byteOf, unassigned };
}

function fromLibrary(name: string): string {
  return iconv.decode(Buffer.from(UPPER), name);
}

/**
 * In the order in which they are tried. windows-1252 and windows-1254 as WHATWG has them: strict where a byte was
 * dropped, with C1 controls where it was not. iconv-lite's Macintosh is older than the euro and the apple, so that
 * table is the platform's (WHATWG `macintosh`). ISO-8859-1 proper is what many languages call latin-1.
 */
export const codePages: readonly CodePage[] = [
  pageOf("windows-1252", "latin", fromLibrary("windows-1252")),
  pageOf("windows-1254", "latin", fromLibrary("windows-1254")),
  pageOf("mac-roman", "mac", new TextDecoder("macintosh").decode(UPPER)),
  pageOf("iso-8859-15", "latin", fromLibrary("iso-8859-15")),
  pageOf("iso-8859-1", "latin", String.fromCharCode(...UPPER)),
  pageOf("cp437", "dos", fromLibrary("cp437")),
];
