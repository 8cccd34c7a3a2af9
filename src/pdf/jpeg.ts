/** JPEG to pixels and back. Headers are read strictly before a decoder sees the file; only grey and colour in 8 bits are drawn. */
import { decode, encode } from "jpeg-js";
import { checkSize, PictureError, type Raster } from "./raster.ts";

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Start of frame: baseline, extended, progressive. The others are lossless or arithmetic, which no browser shows. */
const FRAMES = [0xc0, 0xc1, 0xc2];

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

/** Goes from segment to segment up to the first scan. */
function frameOf(bytes: Uint8Array): Frame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: Frame | null = null;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) throw new PictureError("a segment of the JPEG does not begin where it should");
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length)
      throw new PictureError("a segment of the JPEG is longer than the file");
    if (marker === 0xda) {
      if (!frame) throw new PictureError("the JPEG has no frame");
      return frame;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (!FRAMES.includes(marker)) throw new PictureError("the JPEG is lossless or arithmetic");
      if (frame) throw new PictureError("the JPEG has two frames");
      frame = readFrame(view, at + 4, length);
    }
    at += 2 + length;
  }
  throw new PictureError("the JPEG ends before its picture begins");
}

function readFrame(view: DataView, at: number, length: number): Frame {
  if (length < 8) throw new PictureError("the frame of the JPEG is cut off");
  const components = view.getUint8(at + 5);
  if (view.getUint8(at) !== 8) throw new PictureError("the JPEG has not 8 bits a sample");
  if (components === 4) throw new PictureError("CMYK");
  if (components !== 1 && components !== 3) throw new PictureError(`the JPEG has ${components} components`);
  if (length !== 8 + 3 * components) throw new PictureError("the frame of the JPEG has the wrong length");
  const frame = { height: view.getUint16(at + 1), width: view.getUint16(at + 3), components };
  checkSize(frame.width, frame.height);
  return frame;
}

/** Width times height, by the headers alone; 0 where they are damaged. */
export function pixelsOfJpeg(bytes: Uint8Array): number {
  try {
    const { width, height } = frameOf(bytes);
    return width * height;
  } catch {
    return 0;
  }
}

/** @throws PictureError for what is no JPEG, is damaged, or is of a kind that is not drawn */
export function decodeJpeg(bytes: Uint8Array): Raster {
  if (!isJpeg(bytes)) throw new PictureError("it does not begin as a JPEG does");
  const { width, height, components } = frameOf(bytes);
  const made = decoded(bytes);
  if (made.width !== width || made.height !== height || made.data.length !== width * height * 3)
    throw new PictureError("the JPEG is not as large as it says");
  const samples = components === 1 ? made.data.filter((_, i) => i % 3 === 0) : made.data;
  return { width, height, channels: components === 1 ? 1 : 3, samples };
}

function decoded(bytes: Uint8Array): { readonly width: number; readonly height: number; data: Uint8Array } {
  try {
    return decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: 16.1,
      maxMemoryUsageInMB: 512,
    });
  } catch (cause) {
    throw new PictureError(`the JPEG cannot be read${cause instanceof RangeError ? "" : ": it is damaged"}`);
  }
}

const QUALITY = 72;

/** A photograph as a small JPEG of our own, without anything of the file that it came from but its pixels. */
export function encodeJpeg({ width, height, channels, samples }: Raster): Uint8Array {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i += 1)
    for (let c = 0; c < 3; c += 1) data[i * 4 + c] = samples[i * channels + (channels === 3 ? c : 0)] ?? 0;
  return new Uint8Array(encode({ width, height, data }, QUALITY).data);
}
