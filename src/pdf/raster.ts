/** Pixels of a picture, and how they get fewer: by the mean of each area, in whole numbers, the same everywhere. */

/** 8 bits a sample, rows from the top, without gaps. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Gray or red, green, blue. */
  readonly channels: 1 | 3;
  readonly samples: Uint8Array;
}

/** Why a picture is not drawn, to stand after "not drawn: ". */
export class PictureError extends Error {}

/** The most pixels that are decoded: a photograph of a phone, and no bomb. */
const MOST_PIXELS = 16_000_000;
const LONGEST = 20_000;

/** @throws PictureError for sizes that no evidence has */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw new PictureError("it has no pixels");
  if (width > LONGEST || height > LONGEST || width * height > MOST_PIXELS)
    throw new PictureError(
      `${width} × ${height} pixels are more than ${MOST_PIXELS / 1_000_000} million, or a side is longer than ${LONGEST}`,
    );
}

/** The picture within so many pixels; a smaller one stays as it is. */
export function fitWithin(raster: Raster, most: { readonly width: number; readonly height: number }): Raster {
  const scale = Math.min(1, most.width / raster.width, most.height / raster.height);
  if (scale === 1) return raster;
  const width = Math.max(1, Math.floor(raster.width * scale));
  const height = Math.max(1, Math.floor(raster.height * scale));
  const { channels } = raster;
  const samples = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y += 1) {
    const rows = spanOf(y, height, raster.height);
    for (let x = 0; x < width; x += 1) {
      const columns = spanOf(x, width, raster.width);
      for (let c = 0; c < channels; c += 1)
        samples[(y * width + x) * channels + c] = mean(raster, columns, rows, c);
    }
  }
  return { width, height, channels, samples };
}

type Range = readonly [from: number, to: number];

/** Which pixels of `from` pixels one of `to` pixels covers. */
function spanOf(at: number, to: number, from: number): Range {
  const start = Math.floor((at * from) / to);
  return [start, Math.max(start + 1, Math.floor(((at + 1) * from) / to))];
}

function mean({ samples, width, channels }: Raster, columns: Range, rows: Range, channel: number): number {
  let sum = 0;
  for (let y = rows[0]; y < rows[1]; y += 1)
    for (let x = columns[0]; x < columns[1]; x += 1)
      sum += samples[(y * width + x) * channels + channel] ?? 0;
  return Math.round(sum / ((columns[1] - columns[0]) * (rows[1] - rows[0])));
}

/** One channel where all three are the same. */
export function withoutColour(raster: Raster): Raster {
  const { samples, channels } = raster;
  if (channels === 1) return raster;
  for (let i = 0; i < samples.length; i += 3)
    if (samples[i] !== samples[i + 1] || samples[i] !== samples[i + 2]) return raster;
  return { ...raster, channels: 1, samples: samples.filter((_, i) => i % 3 === 0) };
}
