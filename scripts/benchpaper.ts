/** How fast and how large sheets of 1, 10 and 100 pages are: checklists made for it, with forty boxes a page. */
import type { Checklist } from "../src/model/checklist.ts";
import { PdfFile } from "../src/pdf/file.ts";
import type { Fonts } from "../src/pdf/fonts.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { parseChecklist } from "../src/source/parse.ts";

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

/** Renders the sheet of a long checklist once. */
export async function measurePaper(pages: number, fonts: Fonts): Promise<PaperFigures> {
  const checklist = longChecklist(pages);
  const from = performance.now();
  const bytes = await renderSheet(checklist, {
    fonts,
    paper: "a4",
    organisation: "Bench",
    url: "https://example.com",
    source: new Uint8Array(),
    released: "2026-01-01",
    tool: "0.0.0",
  });
  const seconds = (performance.now() - from) / 1000;
  return { pages: new PdfFile(bytes).pages.length, seconds, bytes: bytes.length, boxes: pages * ROWS * 3 };
}
