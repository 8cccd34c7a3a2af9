/** A text as bytes of a code page, and what of it reads as UTF-8. */
import type { CodePage } from "./pages.ts";

/** One UTF-8 sequence, seen through a code page. */
export interface Sequence {
  /** In UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  readonly source: string;
  /** What it was: the characters it may have been, where a byte was lost; empty where none fits. */
  readonly characters: readonly string[];
  /** No byte is missing. */
  readonly whole: boolean;
}

export interface Reading {
  readonly sequences: readonly Sequence[];
  /** Places of characters beyond ASCII that are in no sequence. */
  readonly others: readonly number[];
}

/** Splits what is not ASCII into UTF-8 sequences of the page and the rest. One pass over the text. */
export function readAs(text: string, page: CodePage): Reading {
  const sequences: Sequence[] = [];
  const others: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) < 0x80) continue;
    const sequence = sequenceAt(text, at, page);
    if (sequence) {
      sequences.push(sequence);
      at = sequence.end - 1;
    } else if (!(at === 0 && text[at] === "\uFEFF") && text[at] !== "\uFFFD") others.push(at);
  }
  return { sequences, others };
}

/** How many bytes follow this one in UTF-8; 0 where it begins no sequence. */
function followers(byte: number): number {
  return byte >= 0xc2 && byte <= 0xdf
    ? 1
    : byte >= 0xe0 && byte <= 0xef
      ? 2
      : byte >= 0xf0 && byte <= 0xf4
        ? 3
        : 0;
}

function sequenceAt(text: string, start: number, page: CodePage): Sequence | null {
  const lead = page.byteOf.get(text[start] ?? "") ?? 0;
  const count = followers(lead);
  if (count === 0) return null;
  const bytes = [lead];
  let lost: number | null = null;
  let end = start + 1;
  for (; bytes.length <= count && end < text.length; end += 1) {
    const character = text[end] ?? "";
    const byte = page.byteOf.get(character) ?? 0;
    if (character === "\uFFFD" && lost === null) {
      lost = bytes.length;
      bytes.push(0);
    } else if (byte >= 0x80 && byte <= 0xbf) bytes.push(byte);
    else break;
  }
  const source = text.slice(start, end);
  if (lost === null && bytes.length === count + 1) {
    const character = decode(bytes);
    return character === null ? null : { start, end, source, characters: [character], whole: true };
  }
  const characters = candidates(bytes, count, lost, page);
  return characters.length === 0 ? null : { start, end, source, characters, whole: false };
}

/** What a sequence with one byte missing may have been: only bytes that the page has no character for get lost. */
function candidates(
  bytes: readonly number[],
  count: number,
  lost: number | null,
  page: CodePage,
): readonly string[] {
  const places = lost === null ? bytes.map((_, at) => at + 1) : [lost];
  if (bytes.length !== (lost === null ? count : count + 1)) return [];
  const found = places.flatMap((place) =>
    page.unassigned.flatMap((byte) => {
      const whole = [...bytes.slice(0, place), byte, ...bytes.slice(lost === null ? place : place + 1)];
      const character = byte < 0xc0 ? decode(whole) : null;
      return character === null || character === "\uFFFD" ? [] : [character];
    }),
  );
  return [...new Set(found)].sort();
}

/** The least code point that takes so many bytes: less would be overlong. */
const LEAST: readonly number[] = [0, 0, 0x80, 0x800, 0x10000];

/** The character of one UTF-8 sequence; null where it is not valid, or stands for nothing that is assigned. */
function decode(bytes: readonly number[]): string | null {
  const [lead = 0, ...rest] = bytes;
  const code = rest.reduce((sum, byte) => sum * 64 + (byte & 0x3f), lead & (0x7f >> bytes.length));
  if (code < (LEAST[bytes.length] ?? 0) || code > 0x10ffff) return null;
  const character = String.fromCodePoint(code);
  return UNASSIGNED.test(character) ? null : character;
}

/** Private use and surrogates count as well: no text is made of them. */
const UNASSIGNED = /[\p{Cn}\p{Co}\p{Cs}]/u;
