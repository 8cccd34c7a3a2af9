/** Pictures that are handed in: what is drawn is small and of our own making, what is hostile is refused by name. */
import { zlibSync } from "fflate";
import { encode } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { type Thumbnail, thumbnailOf } from "../src/pdf/picture.ts";
import { bytesOf, chunk, data, end, head, join, start } from "./rasters.ts";

function drawn(bytes: Uint8Array): Thumbnail {
  const made = thumbnailOf(bytes);
  if ("refused" in made) throw new Error(made.refused);
  return made;
}

function refused(bytes: Uint8Array): string {
  const made = thumbnailOf(bytes);
  return "refused" in made ? made.refused : "drawn";
}

describe("a PNG", () => {
  test.each([
    ["gray in one bit", join(start, head(3, 1, 1, 0), data(0, 0b01000000), end), 1, [0, 255, 0]],
    ["gray in 16 bits", join(start, head(2, 1, 16, 0), data(0, 0x80, 0, 0xff, 0xff), end), 1, [128, 255]],
    [
      "a palette with a clear entry, on white",
      join(
        start,
        head(2, 1, 2, 3),
        chunk("PLTE", bytesOf(10, 20, 30, 1, 2, 3)),
        chunk("tRNS", bytesOf(255, 0)),
        data(0, 0b00010000),
        end,
      ),
      3,
      [10, 20, 30, 255, 255, 255],
    ],
    ["colour with alpha, on white", join(start, head(1, 1, 8, 6), data(0, 200, 0, 100, 0), end), 1, [255]],
    [
      "rows that refer to each other",
      join(start, head(2, 3, 8, 0), data(1, 10, 5, 2, 1, 1, 4, 1, 1), end),
      1,
      [10, 15, 11, 16, 12, 17],
    ],
  ])("%s", (_, bytes, channels, samples) => {
    expect(drawn(bytes)).toMatchObject({ channels, jpeg: false });
    expect([...drawn(bytes).bytes]).toEqual(samples);
  });

  test("is made smaller by the mean of each area", () => {
    const row = [0, ...Array.from({ length: 980 }, (_, x) => (x % 2) * 100)];
    const made = drawn(join(start, head(980, 1, 8, 0), data(...row), end));
    expect([made.width, made.height]).toEqual([490, 1]);
    expect(new Set(made.bytes)).toEqual(new Set([50]));
  });

  const pixel = join(head(1, 1, 8, 0), data(0, 7));
  test.each([
    [
      "a wrong checksum",
      join(start, head(1, 1, 8, 0), chunk("IDAT", bytesOf(1), 5), end),
      "checksum of a chunk IDAT",
    ],
    ["no end", join(start, pixel), "has no end"],
    ["a cut", join(start, pixel).subarray(0, 40), "ends within a chunk"],
    ["a chunk that never ends", join(start, pixel).subarray(0, 47), "longer than the file"],
    ["interlacing", join(start, head(1, 1, 8, 0, 1), data(0, 7), end), "interlaced"],
    ["a billion pixels", join(start, head(65535, 65535, 8, 0), data(0, 7), end), "more than 16 million"],
    ["no pixels", join(start, head(0, 1, 8, 0), data(0, 7), end), "no pixels"],
    ["three bits", join(start, head(1, 1, 3, 0), data(0, 7), end), "no PNG has"],
    [
      "a bomb",
      join(start, head(1, 1, 8, 0), chunk("IDAT", zlibSync(new Uint8Array(5_000_000))), end),
      "more than its header",
    ],
    ["too little", join(start, head(9, 9, 8, 0), data(0, 7), end), "less than its header"],
    ["no zlib", join(start, head(1, 1, 8, 0), chunk("IDAT", bytesOf(1, 2, 3)), end), "cannot be unpacked"],
    ["no palette", join(start, head(1, 1, 8, 3), data(0, 7), end), "no palette"],
    [
      "a pixel outside the palette",
      join(start, head(1, 1, 8, 3), chunk("PLTE", bytesOf(1, 2, 3)), data(0, 7), end),
      "outside its palette",
    ],
    ["an unknown filter", join(start, head(1, 1, 8, 0), data(9, 7), end), "unknown filter 9"],
    [
      "another kind of file",
      Uint8Array.from("<svg onload=alert(1)>", (char) => char.charCodeAt(0)),
      "neither a PNG nor a JPEG",
    ],
    ["nothing at all", new Uint8Array(), "neither a PNG nor a JPEG"],
  ])("with %s is refused", (_, bytes, why) => {
    expect(refused(bytes)).toContain(why);
  });
});

describe("a JPEG", () => {
  const [width, height] = [64, 48];
  const pixels = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 7) % 256);
  const photo = new Uint8Array(encode({ width, height, data: pixels }, 80).data);
  const frame = photo.findIndex((byte, i) => byte === 0xff && photo[i + 1] === 0xc0);
  const changed = (...at: readonly (readonly [number, number])[]): Uint8Array => {
    const copy = photo.slice();
    for (const [offset, value] of at) copy[offset] = value;
    return copy;
  };

  test("is drawn, the same twice", () => {
    const made = drawn(photo);
    expect(made).toMatchObject({ width, height, channels: 3 });
    expect(drawn(photo).bytes).toEqual(made.bytes);
  });

  test.each([
    ["four components", changed([frame + 9, 4]), "CMYK"],
    ["two components", changed([frame + 9, 2]), "2 components"],
    ["12 bits", changed([frame + 4, 12]), "8 bits"],
    ["arithmetic coding", changed([frame + 1, 0xc9]), "arithmetic"],
    ["a billion pixels", changed([frame + 5, 255], [frame + 7, 255]), "more than 16 million"],
    ["no lines", changed([frame + 5, 0], [frame + 6, 0]), "no pixels"],
    ["a cut within its headers", photo.subarray(0, frame + 6), "longer than the file"],
    ["only a beginning", photo.subarray(0, 3), "ends before"],
    [
      "rubbish between segments",
      join(photo.subarray(0, 2), bytesOf(0xff, 0xe0, 0, 2, 1, 2, 3, 4)),
      "does not begin where",
    ],
  ])("with %s is refused", (_, bytes, why) => {
    expect(refused(bytes)).toContain(why);
  });
});

test("damage of any kind is refused or drawn, and never more", () => {
  const photo = new Uint8Array(
    encode({ width: 32, height: 32, data: new Uint8Array(4096).fill(90) }, 50).data,
  );
  const png = join(start, head(2, 3, 8, 0), data(1, 10, 5, 2, 1, 1, 4, 1, 1), end);
  let seed = 7;
  const next = (most: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return (seed >> 8) % most;
  };
  for (let n = 0; n < 150; n += 1) {
    const copy = (n % 2 === 0 ? photo : png).slice();
    for (let k = 0; k < 3; k += 1) copy[next(copy.length)] = next(256);
    const made = thumbnailOf(copy.subarray(0, copy.length - next(4) * next(40)));
    expect("refused" in made || made.bytes.length > 0).toBe(true);
  }
});
