/** Evidence files of the samples: charts as real PNG files, logs as text. The same every time. */
import { crc32, deflateSync } from "node:zlib";
import type { Dice } from "./time.ts";

const width = 480;
const height = 160;
const palette = [0xffffff, 0xe4e7ec, 0x1f5fbf, 0xc0392b];

/** A line chart of values over time, with a red line for the limit; 480 by 160 pixels, 4 colours. */
export function chart(values: readonly number[], limit: number | null): Uint8Array {
  const top = Math.max(...values, limit ?? 0) * 1.15 || 1;
  const pixels = Array.from({ length: height }, () => new Uint8Array(width));
  const row = (value: number): number =>
    Math.min(height - 1, Math.max(0, Math.round((1 - value / top) * (height - 1))));
  const put = (x: number, y: number, colour: number): void => {
    const line = pixels[y];
    if (line && x >= 0 && x < width) line[x] = colour;
  };
  for (let y = 0; y < height; y += 32) for (let x = 0; x < width; x += 1) put(x, y, 1);
  for (let x = 0; x < width; x += 60) for (let y = 0; y < height; y += 1) put(x, y, 1);
  if (limit !== null) for (let x = 0; x < width; x += 1) if (x % 8 < 5) put(x, row(limit), 3);
  let before: number | null = null;
  for (let x = 0; x < width; x += 1) {
    const at = (x / (width - 1)) * (values.length - 1);
    const [low, high] = [values[Math.floor(at)] ?? 0, values[Math.ceil(at)] ?? 0];
    const y = row(low + (high - low) * (at % 1));
    for (let step = Math.min(before ?? y, y); step <= Math.max(before ?? y, y); step += 1) {
      put(x, step, 2);
      put(x, step + 1, 2);
    }
    before = y;
  }
  return png(pixels);
}

/** Values that wander around `mean`. */
export function wandering(dice: Dice, mean: number, count = 48): readonly number[] {
  return Array.from({ length: count }, () => mean * dice.between(0.75, 1.25));
}

function png(pixels: readonly Uint8Array[]): Uint8Array {
  const rows = pixels.flatMap((line) => {
    const packed = new Uint8Array(1 + width / 4);
    line.forEach((colour, x) => {
      const at = 1 + (x >> 2);
      packed[at] = (packed[at] ?? 0) | (colour << (6 - 2 * (x & 3)));
    });
    return [packed];
  });
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 2);
  header.setUint8(9, 3);
  const colours = Uint8Array.from(
    palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]),
  );
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
