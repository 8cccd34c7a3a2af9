/** QR codes as somebody's camera meets them: whole pages of real documents, drawn by poppler at 100 dpi, decoded. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import decode from "jsqr";
import { expect, test } from "vitest";
import { hasPoppler } from "./poppler.ts";
import { readCodes } from "./qr.ts";
import { makeProject, type } from "./terminal.ts";

const site = "organisation: Shop\nurl: https://runbooks.example.com/countersign\n";
const checklist = "---\ntitle: Shop\n---\n\n## Night\n\n- [ ] Deploy <!-- item: deploy -->\n";
const results = JSON.stringify({
  schema: "countersign/run@1",
  run: "2026-03-04-shop-prod",
  asOf: "2026-03-04T23:40:30+01:00",
  checklist: { id: "shop", version: "1.0.0" },
  deployment: { environment: "production" },
  results: [{ item: "deploy", status: "passed" }],
});

/** What is decoded from pages as they are drawn, in order. */
function seenIn(folder: string, file: string, pages: number): string[] {
  execFileSync("pdftoppm", ["-r", "100", "-gray", file, "page"], { cwd: folder });
  const digits = String(pages).length;
  return Array.from({ length: pages }, (_, i) => i + 1).flatMap((page) => {
    const image = readFileSync(join(folder, `page-${String(page).padStart(digits, "0")}.pgm`));
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(image.toString("latin1", 0, 40)) ?? [];
    const [width, height] = [Number(head[1]), Number(head[2])];
    const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
    for (const [at, gray] of image.subarray(image.length - width * height).entries())
      pixels.fill(gray, at * 4, at * 4 + 3);
    return decode(pixels, width, height)?.data ?? [];
  });
}

test.each([
  ["a sheet", ["sheet", "shop@1.0.0", "-o", "it.pdf"], "checklists/shop/1.0.0/run"],
  ["a report", ["report", "2026-03-04-shop-prod", "--pdf", "it.pdf"], "reports/2026-03-04-shop-prod/1"],
] as const)(
  "the code of %s is read from its page, and leads where the work is, or to its page",
  async (_, argv, path) => {
    const root = makeProject({
      "content/site.yaml": site,
      "content/checklists/shop/1.0.0.md": checklist,
      "results.json": results,
    });
    expect((await type(root, ["ingest", "results.json"])).stdout).toMatch(/^STORED/);
    expect((await type(root, argv)).code).toBe(0);
    const bytes = new Uint8Array(readFileSync(join(root, "it.pdf")));
    const url = `https://runbooks.example.com/countersign/${path}/`;
    expect(readCodes(bytes, 100)).toEqual([url]);
    if (!hasPoppler) return console.log("not drawn: pdftoppm is not installed");
    const pages = Number(
      /Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", ["it.pdf"], { cwd: root }).toString())?.[1],
    );
    expect(seenIn(root, "it.pdf", pages)).toEqual([url]);
  },
);
