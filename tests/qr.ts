/** QR codes as a camera sees them: the squares of a page, drawn as pixels, and decoded by somebody else's code. */
import decode from "jsqr";
import { PdfFile } from "../src/pdf/file.ts";
import { Name, Reader, type Value } from "../src/pdf/syntax.ts";

interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}

type Rectangle = readonly [number, number, number, number];

/** All squares of a page that are filled as one path of many. */
function squaresOf(content: string): Rectangle[] {
  const reader = new Reader(content);
  const found: Rectangle[] = [];
  let path: Rectangle[] = [];
  let numbers: number[] = [];
  while (!reader.done) {
    const value: Value | { readonly operator: string } = reader.value();
    if (typeof value === "number") numbers.push(value);
    else if (typeof value === "object" && value !== null && "operator" in value) {
      const [x = 0, y = 0, width = 0, height = 0] = numbers;
      if (value.operator === "re") path.push([x, y, width, height]);
      else {
        if (value.operator === "f" && path.length > 50) found.push(...path);
        path = [];
      }
      numbers = [];
    } else if (!(value instanceof Name)) numbers = [];
  }
  return found;
}

/** Each pixel as dark as the part of it that is covered. */
function paint(squares: readonly Rectangle[], dpi: number): Bitmap {
  const scale = dpi / 72;
  const margin = 8;
  const left = Math.min(...squares.map(([x]) => x));
  const bottom = Math.min(...squares.map(([, y]) => y));
  const right = Math.max(...squares.map(([x, , width]) => x + width));
  const top = Math.max(...squares.map(([, y, , height]) => y + height));
  const width = Math.ceil((right - left) * scale) + 2 * margin;
  const height = Math.ceil((top - bottom) * scale) + 2 * margin;
  const dark = new Float64Array(width * height);
  for (const [x, y, w, h] of squares) {
    const [x1, x2] = [(x - left) * scale + margin, (x + w - left) * scale + margin];
    const [y1, y2] = [(top - y - h) * scale + margin, (top - y) * scale + margin];
    for (let row = Math.floor(y1); row < y2; row += 1) {
      for (let column = Math.floor(x1); column < x2; column += 1) {
        const wide = Math.min(column + 1, x2) - Math.max(column, x1);
        const high = Math.min(row + 1, y2) - Math.max(row, y1);
        const at = row * width + column;
        dark[at] = (dark[at] ?? 0) + wide * high;
      }
    }
  }
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  dark.forEach((part, i) => {
    pixels.fill(255 * (1 - part), i * 4, i * 4 + 3);
  });
  return { width, height, pixels };
}

/** What the QR codes of a file say, page by page, at a resolution. */
export function readCodes(bytes: Uint8Array, dpi: number): string[] {
  const file = new PdfFile(bytes);
  return file.pages.flatMap((page) => {
    const content = Buffer.from(file.stream(file.dict(page).get("Contents"))).toString("latin1");
    const squares = squaresOf(content);
    if (squares.length === 0) return [];
    const { pixels, width, height } = paint(squares, dpi);
    return [decode(pixels, width, height)?.data ?? "not readable"];
  });
}
