/** Fonts that an installation adds: what cannot be embedded is refused by name, before anything is printed. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { faultOfFont } from "../src/source/fontfile.ts";

const font = new Uint8Array(
  readFileSync(fileURLToPath(new URL("../public/fonts/IBMPlexMono-Regular.ttf", import.meta.url))),
);

/** The font with some of its bytes written over. */
function altered(...changes: readonly (readonly [at: number, text: string])[]): Uint8Array {
  const bytes = font.slice();
  for (const [at, text] of changes) bytes.set(new TextEncoder().encode(text), at);
  return bytes;
}

/** Where a table stands in the directory. */
function entryOf(tag: string): number {
  const text = Buffer.from(font.subarray(0, 12 + 16 * 40)).toString("latin1");
  return text.indexOf(tag, 12);
}

/** The font as the first of a collection. */
function collected(bytes: Uint8Array): Uint8Array {
  const head = 16;
  const out = new Uint8Array(head + bytes.length);
  out.set(bytes, head);
  const view = new DataView(out.buffer);
  out.set(new TextEncoder().encode("ttcf"));
  view.setUint32(8, 1);
  view.setUint32(12, head);
  for (let entry = head + 12; entry < head + 12 + view.getUint16(head + 4) * 16; entry += 16)
    view.setUint32(entry + 8, view.getUint32(entry + 8) + head);
  return out;
}

function restricted(): Uint8Array {
  const view = new DataView(font.buffer, font.byteOffset);
  return altered([view.getUint32(entryOf("OS/2") + 8) + 8, "\0\u0002"]);
}

test("static TrueType is taken, alone and as the first of a collection", () => {
  expect(faultOfFont(font)).toBeNull();
  expect(faultOfFont(collected(font))).toBeNull();
});

test.each([
  ["PostScript outlines", altered([0, "OTTO"]), /PostScript outlines/],
  [
    "PostScript outlines in a collection",
    collected(altered([0, "OTTO"])),
    /collection whose first font .*PostScript/,
  ],
  ["a web font", altered([0, "wOF2"]), /web font/],
  ["a variable font", altered([entryOf("prep"), "fvar"]), /variable font/],
  ["a font without outlines", altered([entryOf("glyf"), "SVG "]), /lacks .*glyf/],
  ["half a font", font.subarray(0, 20_000), /cut off/],
  ["a text", new TextEncoder().encode("# This is no font at all"), /is no font/],
  ["nothing", new Uint8Array(), /is no font/],
  ["a font that may not be embedded", restricted(), /does not allow/],
])("%s is refused", (_, bytes, reason) => {
  const fault = faultOfFont(bytes);
  expect(fault?.reason).toMatch(reason);
  expect(fault?.hint).not.toBe("");
});
