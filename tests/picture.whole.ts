/** Large pictures. */
import { encode } from "jpeg-js";
import { expect, test } from "vitest";
import { thumbnailOf } from "../src/pdf/picture.ts";
import { bytesOf, join } from "./rasters.ts";

test("a photograph that does not pack becomes a JPEG of our own, without what else its file holds", () => {
  const big = { width: 980, height: 720, data: new Uint8Array(980 * 720 * 4) };
  let seed = 1;
  for (let i = 0; i < big.data.length; i += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    big.data[i] = seed >> 16;
  }
  const noise = new Uint8Array(encode(big, 60).data);
  const secret = Uint8Array.from("GPS 59.33 18.06", (char) => char.charCodeAt(0));
  const told = join(
    noise.subarray(0, 2),
    bytesOf(0xff, 0xe1, 0, secret.length + 2),
    secret,
    noise.subarray(2),
  );
  const made = thumbnailOf(told);
  if ("refused" in made) throw new Error(made.refused);
  expect(made).toMatchObject({ width: 490, height: 360, jpeg: true });
  expect(made.bytes.length).toBeLessThan(150_000);
  expect(new TextDecoder("latin1").decode(made.bytes)).not.toContain("GPS");
});
