/** How fast and how large sheets of 1, 10 and 100 pages are: checklists made for it, with forty boxes a page. */
import type { Checklist } from "../src/model/checklist.ts";
import { PdfFile } from "../src/pdf/file.ts";
import type { Fonts } from "../src/pdf/fonts.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { openPrinter } from "./chromium.mjs";
import { startServer } from "./server.ts";

export interface PaperFigures {
  readonly pages: number;
  readonly seconds: number;
  readonly bytes: number;
  /** Boxes to tick. */
  readonly boxes: number;
}

/** Rows that fill a page with some forty boxes. */
const ROWS = 14;

/** A checklist whose sheet has about so many pages. */
export function longChecklist(pages: number): Checklist {
  const sections = Array.from({ length: pages }, (_, page) => {
    const rows = Array.from({ length: ROWS }, (__, row) => {
      const id = `p${page + 1}-r${row + 1}`;
      const more = "and what was seen there agrees with the page of the release before it. ".repeat(3);
      return `- [ ] Look at part ${row + 1} of service ${page + 1}, ${more} <!-- item: ${id} -->`;
    });
    return `## Service ${page + 1}\n\n${rows.join("\n")}\n`;
  });
  const text = `---\ntitle: A long deployment\n---\n\n${sections.join("\n")}`;
  const digest = `sha256:${"0".repeat(64)}`;
  const { checklist } = parseChecklist({ id: "long", version: "1.0.0", file: "long.md", text, digest });
  if (!checklist) throw new Error("the long checklist cannot be parsed");
  return checklist;
}

function sheetOf(checklist: Checklist, fonts: Fonts): Promise<Uint8Array> {
  return renderSheet(checklist, {
    fonts,
    paper: "a4",
    organisation: "Bench",
    url: "https://example.com",
    source: new Uint8Array(),
    released: "2026-01-01",
    tool: "0.0.0",
  });
}

/** Renders the sheet of a long checklist once. */
export async function measurePaper(pages: number, fonts: Fonts): Promise<PaperFigures> {
  const checklist = longChecklist(pages);
  const from = performance.now();
  const bytes = await sheetOf(checklist, fonts);
  const seconds = (performance.now() - from) / 1000;
  return { pages: new PdfFile(bytes).pages.length, seconds, bytes: bytes.length, boxes: pages * ROWS * 3 };
}

export interface PrintFigures {
  readonly ours: { readonly seconds: number; readonly bytes: number };
  readonly chromium: { readonly seconds: number; readonly bytes: number };
}

/**
 * The same checklists as sheets and as Chromium prints their built pages, one after another, both warm.
 * @param dir a built site that has them
 * @returns null where there is no Chromium
 */
export async function measurePrint(
  dir: string,
  checklists: readonly Checklist[],
  fonts: Fonts,
): Promise<PrintFigures | null> {
  const printer = await openPrinter();
  if (!printer) return null;
  const server = await startServer({ dir, port: 4871 });
  const [ours, chromium] = [
    { seconds: 0, bytes: 0 },
    { seconds: 0, bytes: 0 },
  ];
  try {
    for (const [i, checklist] of checklists.entries()) {
      const url = `${server.url}checklists/${checklist.id}/${checklist.version}/`;
      // The first of each only warms up.
      for (const [figures, print] of [
        [ours, () => sheetOf(checklist, fonts)],
        [chromium, () => printer.print(url)],
      ] as const) {
        const from = performance.now();
        const { length } = await print();
        if (i === 0) continue;
        figures.seconds += (performance.now() - from) / 1000;
        figures.bytes += length;
      }
    }
  } finally {
    await printer.close();
    await server.close();
  }
  return { ours, chromium };
}
