/** What a reader sees: the text of each page with its place, through pdfjs. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
import { FONT_FILES, type Fonts } from "../src/pdf/fonts.ts";

const read = (name: string): Uint8Array =>
  readFileSync(fileURLToPath(new URL(`../public/fonts/${name}`, import.meta.url)));

/** The fonts of the product, read once. */
export const fonts: Fonts = {
  regular: read(FONT_FILES.regular),
  bold: read(FONT_FILES.bold),
  italic: read(FONT_FILES.italic),
  mono: read(FONT_FILES.mono),
  symbols: read(FONT_FILES.symbols),
  emoji: read(FONT_FILES.emoji),
};

export interface Place {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ReadPage {
  readonly width: number;
  readonly height: number;
  /** Horizontal text only; a mark across the page is not part of it. */
  readonly places: readonly Place[];
  readonly marks: readonly string[];
  /** All of it on one line, spaces as they are drawn. */
  readonly text: string;
}

export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: bytes.slice(), verbosity: VerbosityLevel.ERRORS, useSystemFonts: false })
    .promise;
}

/** The bytes of an attachment, as another reader takes it out. */
export async function attachmentOf(bytes: Uint8Array, name: string): Promise<Uint8Array | null> {
  const pdf = await openPdf(bytes);
  const content = await pdf.getAttachmentContent(name);
  await pdf.loadingTask.destroy();
  return content;
}

export async function readPages(bytes: Uint8Array): Promise<ReadPage[]> {
  const pdf = await openPdf(bytes);
  const pages: ReadPage[] = [];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const page = await pdf.getPage(n);
    const { width, height } = page.getViewport({ scale: 1 });
    const content = await page.getTextContent();
    const places: Place[] = [];
    const marks: string[] = [];
    for (const item of content.items) {
      if (!("str" in item) || item.str.trim() === "") continue;
      const [, turned, , , x, y] = item.transform as number[];
      if (Math.abs(turned ?? 0) > 0.01) marks.push(item.str);
      else places.push({ text: item.str, x: x ?? 0, y: y ?? 0, width: item.width, height: item.height });
    }
    pages.push({
      width,
      height,
      places,
      marks,
      text: places
        .map(({ text }) => text)
        .join(" ")
        .replace(/\s+/g, " "),
    });
  }
  await pdf.loadingTask.destroy();
  return pages;
}

/** Texts that lie on each other, by their ink rather than their boxes. */
export function overlaps({ places }: ReadPage): string[] {
  const found: string[] = [];
  places.forEach((a, i) => {
    for (const b of places.slice(i + 1)) {
      const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const down =
        Math.min(a.y + a.height * 0.7, b.y + b.height * 0.7) -
        Math.max(a.y - a.height * 0.15, b.y - b.height * 0.15);
      if (across > 1 && down > 1) found.push(`"${a.text}" and "${b.text}"`);
    }
  });
  return found;
}

/** Texts outside the margins, in points from each edge. */
export function outside(
  { places, width, height }: ReadPage,
  margin: { left: number; right: number; top: number; bottom: number },
): string[] {
  return places
    .filter(
      ({ x, y, width: w, height: h }) =>
        x < margin.left - 0.5 ||
        x + w > width - margin.right + 0.5 ||
        y < margin.bottom ||
        y + h * 0.7 > height - margin.top,
    )
    .map(({ text, x, y }) => `"${text}" at ${Math.round(x)}, ${Math.round(y)}`);
}
