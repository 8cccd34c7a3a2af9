/**
 * PNG (ISO/IEC 15948) to pixels, strictly: every chunk has its checksum, the data have exactly the length that the
 * header promises, and what is transparent is laid on white. What a report has no use for is refused by name.
 */
import { Unzlib } from "fflate";
import { unfilter } from "./pngfilter.ts";
import { checkSize, PictureError, type Raster } from "./raster.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

function chunksOf(bytes: Uint8Array): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < bytes.length; ) {
    if (at + 12 > bytes.length) throw new PictureError("the PNG ends within a chunk");
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw new PictureError("a chunk of the PNG is longer than the file");
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crcOf(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      throw new PictureError(`the checksum of a chunk ${/^[A-Za-z]{4}$/.test(type) ? type : "?"} is wrong`);
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4) });
    if (type === "IEND") return chunks;
    at = end;
  }
  throw new PictureError("the PNG has no end");
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 gray, 2 colour, 3 palette, 4 gray with alpha, 6 colour with alpha. */
  readonly colour: number;
}

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function headerOf(chunk: Chunk | undefined): Header {
  if (chunk?.type !== "IHDR" || chunk.data.length !== 13) throw new PictureError("the PNG has no header");
  const view = new DataView(chunk.data.buffer, chunk.data.byteOffset, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colour = 0, compression, filter, interlace] = chunk.data.subarray(8);
  checkSize(width, height);
  if (!DEPTHS[colour]?.includes(depth))
    throw new PictureError(`no PNG has colour type ${colour} with ${depth} bits`);
  if (compression !== 0 || filter !== 0) throw new PictureError("the PNG is compressed in an unknown way");
  if (interlace !== 0) throw new PictureError("the PNG is interlaced");
  return { width, height, depth, colour };
}

/** Bytes in, at most, before it is asked whether too many came out. */
const STEP = 4096;

function inflate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  const stream = new Unzlib((data) => {
    if (at + data.length > length) throw new PictureError("the PNG holds more than its header says");
    out.set(data, at);
    at += data.length;
  });
  try {
    parts.forEach((part, i) => {
      for (let from = 0; from < part.length; from += STEP) {
        const last = i === parts.length - 1 && from + STEP >= part.length;
        stream.push(part.subarray(from, from + STEP), last);
      }
    });
  } catch (cause) {
    if (cause instanceof PictureError) throw cause;
    throw new PictureError("the data of the PNG cannot be unpacked");
  }
  if (at !== length) throw new PictureError("the PNG holds less than its header says");
  return out;
}

/** Width times height, by the header alone; 0 where that is damaged. */
export function pixelsOfPng(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length < 24 ? 0 : view.getUint32(16) * view.getUint32(20);
}

/** @throws PictureError for what is no PNG, is damaged, or is of a kind that is not drawn */
export function decodePng(bytes: Uint8Array): Raster {
  if (!isPng(bytes)) throw new PictureError("it does not begin as a PNG does");
  const chunks = chunksOf(bytes);
  const header = headerOf(chunks[0]);
  const { width, height, depth, colour } = header;
  const bits = depth * (SAMPLES[colour] ?? 1);
  const stride = Math.ceil((width * bits) / 8);
  const of = (type: string): Uint8Array[] =>
    chunks.filter((one) => one.type === type).map(({ data }) => data);
  const data = inflate(of("IDAT"), (stride + 1) * height);
  try {
    unfilter(data, stride, Math.max(1, bits >> 3));
  } catch (cause) {
    throw new PictureError(`the PNG is damaged: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const [palette] = of("PLTE");
  if (colour === 3 && (!palette || palette.length === 0 || palette.length % 3 !== 0))
    throw new PictureError("the PNG has no palette");
  return paint(header, data, stride, palette ?? new Uint8Array(), of("tRNS")[0] ?? null);
}

/** Samples of one pixel as they are written, to the pixel on white. */
function paint(
  { width, height, depth, colour }: Header,
  data: Uint8Array,
  stride: number,
  palette: Uint8Array,
  clear: Uint8Array | null,
): Raster {
  const each = SAMPLES[colour] ?? 1;
  const most = 2 ** depth - 1;
  const channels = colour === 0 || colour === 4 ? 1 : 3;
  const samples = new Uint8Array(width * height * channels);
  const read = (row: number, n: number): number => {
    if (depth === 8) return data[row + n] ?? 0;
    if (depth === 16) return ((data[row + 2 * n] ?? 0) << 8) | (data[row + 2 * n + 1] ?? 0);
    const bit = n * depth;
    return ((data[row + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & most;
  };
  const key = clear && (colour === 0 || colour === 2) ? keyOf(clear, channels) : null;
  const made = new Array<number>(channels).fill(0);
  for (let y = 0; y < height; y += 1) {
    const row = y * (stride + 1) + 1;
    for (let x = 0; x < width; x += 1) {
      let alpha = 1;
      if (colour === 3) {
        const index = read(row, x);
        if (index * 3 >= palette.length) throw new PictureError("a pixel of the PNG is outside its palette");
        for (let c = 0; c < 3; c += 1) made[c] = palette[index * 3 + c] ?? 0;
        alpha = (clear?.[index] ?? 255) / 255;
      } else {
        for (let c = 0; c < channels; c += 1) made[c] = read(row, x * each + c);
        if (each > channels) alpha = read(row, x * each + channels) / most;
        else if (key?.every((value, c) => value === made[c])) alpha = 0;
        for (let c = 0; c < channels; c += 1) made[c] = ((made[c] ?? 0) * 255) / most;
      }
      for (let c = 0; c < channels; c += 1)
        samples[(y * width + x) * channels + c] = Math.round((made[c] ?? 0) * alpha + 255 * (1 - alpha));
    }
  }
  return { width, height, channels, samples };
}

/** The one colour that is transparent. */
function keyOf(clear: Uint8Array, channels: number): number[] {
  if (clear.length !== channels * 2) throw new PictureError("the transparent colour of the PNG is cut off");
  return Array.from({ length: channels }, (_, c) => ((clear[2 * c] ?? 0) << 8) | (clear[2 * c + 1] ?? 0));
}
