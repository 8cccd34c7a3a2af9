/** Pictures that somebody handed in, as small pictures of our own: nothing of their files gets into the document. */
import { zlibSync } from "fflate";
import { decodeJpeg, encodeJpeg, isJpeg, pixelsOfJpeg } from "./jpeg.ts";
import { decodePng, isPng, pixelsOfPng } from "./png.ts";
import { fitWithin, PictureError, type Raster, withoutColour } from "./raster.ts";

/** An image as a PDF holds it: samples row by row, or a JPEG. */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly bytes: Uint8Array;
  readonly jpeg: boolean;
}

/** Twice the size at which it is printed, in points: 144 dots an inch. */
const MOST = { width: 490, height: 360 };
/** Screenshots pack into this without loss; what does not is a photograph. */
const SHARP = 60_000;

function decode(bytes: Uint8Array): Raster {
  if (isPng(bytes)) return decodePng(bytes);
  if (isJpeg(bytes)) return decodeJpeg(bytes);
  throw new PictureError("it is neither a PNG nor a JPEG");
}

/** How many pixels would have to be decoded, before anything is; 0 for what will be refused anyway. */
export function pixelsOf(bytes: Uint8Array): number {
  return isPng(bytes) ? pixelsOfPng(bytes) : isJpeg(bytes) ? pixelsOfJpeg(bytes) : 0;
}

/**
 * A picture for the report, at most 490 × 360 pixels and some 60 kB.
 * @returns why it is not drawn, where it is damaged, too large or of a kind that is not drawn
 */
export function thumbnailOf(bytes: Uint8Array): Thumbnail | { readonly refused: string } {
  try {
    const raster = withoutColour(fitWithin(decode(bytes), MOST));
    const { width, height, channels, samples } = raster;
    if (zlibSync(samples).length <= SHARP) return { width, height, channels, bytes: samples, jpeg: false };
    return { width, height, channels: 3, bytes: encodeJpeg(raster), jpeg: true };
  } catch (cause) {
    if (cause instanceof PictureError) return { refused: cause.message };
    throw cause;
  }
}
