/** A QR code as a vector figure. */
import { encode } from "uqr";
import type { Box } from "./flow.ts";
import type { Tag } from "./lazy.ts";

/** Quiet zone around the code, in modules, as the standard asks. */
const QUIET = 4;

/** A code of `side` points, quiet zone included, that says `text`; `alt` is read aloud. */
export function qrBox(text: string, alt: string, side: number, tag: Tag): Box {
  const { data, size } = encode(text, { ecc: "M", border: 0 });
  const module = side / (size + 2 * QUIET);
  return {
    height: side,
    draw(page, x, y) {
      const places = data.flatMap((row, r) =>
        row.flatMap((dark, c) =>
          dark ? [{ x: x + (c + QUIET) * module, y: y + (r + QUIET) * module }] : [],
        ),
      );
      const figure = tag().add("Figure", { alt, bbox: page.box(x, y, side, side) });
      page.tagged(figure, () => page.squares(places, module));
    },
  };
}
