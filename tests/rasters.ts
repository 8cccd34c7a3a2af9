/** PNG files made by hand, whole and broken, for tests of pictures. */
import { zlibSync } from "fflate";

export const bytesOf = (...numbers: readonly number[]): Uint8Array => Uint8Array.from(numbers);
const word = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
};
export const join = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let k = 0; k < 8; k += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

export function chunk(type: string, data: Uint8Array, checksum?: number): Uint8Array {
  const body = join(
    Uint8Array.from(type, (char) => char.charCodeAt(0)),
    data,
  );
  return join(word(data.length), body, word(checksum ?? crc(body)));
}

export const start = bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
export const head = (
  width: number,
  height: number,
  depth: number,
  colour: number,
  interlace = 0,
): Uint8Array => chunk("IHDR", join(word(width), word(height), bytesOf(depth, colour, 0, 0, interlace)));
export const end = chunk("IEND", new Uint8Array());
export const data = (...rows: readonly number[]): Uint8Array => chunk("IDAT", zlibSync(bytesOf(...rows)));
