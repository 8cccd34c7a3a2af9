/** The register beyond its front: a page and a shard of the index for every hundred runs, and all rows as files. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { controlsTitle, renderControlsPage } from "../../src/html/controlspage.ts";
import { registerFrame, registerTitle, renderRegisterPage } from "../../src/html/register.ts";
import { hasControls, type RunControls } from "../../src/model/controls.ts";
import { type RegisterRow, registerCsv } from "../../src/model/register.ts";
import { facetsOf, packRows, registerPages } from "../../src/model/registerpages.ts";
import { type Kept, keyOf } from "../../src/source/kept.ts";

const encoder = new TextEncoder();

/** Files of the register below `/reports/` that are made from rows alone, by name. */
export function registerFile(name: string, rows: readonly RegisterRow[]): string | null {
  if (name === "register.csv") return registerCsv(rows);
  if (name === "register.json") return jsonOf(registerPages(rows).map(rowsJson));
  if (name === "_index/facets.json") return JSON.stringify(facetsOf(rows));
  const shard = registerPages(rows)[Number(/^_index\/(\d+)\.json$/.exec(name)?.[1]) - 1];
  return shard === undefined ? null : JSON.stringify(packRows(shard));
}

function rowsJson(rows: readonly RegisterRow[]): string {
  return rows.map((row) => JSON.stringify(row)).join(",\n");
}

function jsonOf(parts: readonly string[]): string {
  return parts.length === 0 ? "[]\n" : `[\n${parts.join(",\n")}\n]\n`;
}

/**
 * Writes everything but the front, and takes away the frame that Astro has made for it.
 * @param kept where full pages and shards come from, once they are made
 * @returns how many pages and shards had to be made
 */
export async function writeRegister(
  { kept, layout }: { readonly kept: Kept; readonly layout: string },
  { rows, controls }: { readonly rows: readonly RegisterRow[]; readonly controls: readonly RunControls[] },
  out: string,
): Promise<{ made: number }> {
  const folder = join(out, "reports");
  const frameFolder = join(folder, registerFrame.page);
  const frame = readFileSync(join(frameFolder, "index.html"), "utf8");
  rmSync(frameFolder, { recursive: true });
  const pages = registerPages(rows);
  const texts = pages.map(rowsJson);
  const framed = keyOf(frame);
  let made = 0;
  for (const [at, part] of pages.entries()) {
    const place = { number: at + 1, isLast: at + 1 === pages.length };
    const held = keyOf(layout, texts[at] ?? "");
    const key = keyOf("register-page", framed, JSON.stringify(place), held);
    const path = join(folder, "_pages", String(place.number), "index.html");
    const page = (): Uint8Array =>
      encoder.encode(inFrame(frame, pageOf(place.number), renderRegisterPage(part, place)));
    if (await kept.place("register-page", key, path, page)) made += 1;
    const shard = join(folder, "_index", `${place.number}.json`);
    const packed = (): Uint8Array => encoder.encode(JSON.stringify(packRows(part)));
    if (await kept.place("register-shard", keyOf("register-shard", held), shard, packed)) made += 1;
  }
  if (hasControls(controls)) {
    mkdirSync(join(folder, "_controls"), { recursive: true });
    const page = { title: controlsTitle, path: "_controls" };
    writeFileSync(
      join(folder, "_controls", "index.html"),
      inFrame(frame, page, renderControlsPage(controls)),
    );
  }
  mkdirSync(join(folder, "_index"), { recursive: true });
  writeFileSync(join(folder, "_index", "facets.json"), JSON.stringify(facetsOf(rows)));
  writeFileSync(join(folder, "register.json"), jsonOf(texts));
  writeFileSync(join(folder, "register.csv"), registerCsv(rows));
  return { made };
}

interface FramedPage {
  readonly title: string;
  /** Below `/reports/`. */
  readonly path: string;
}

function pageOf(number: number): FramedPage {
  return { title: registerTitle(number), path: `_pages/${number}` };
}

function inFrame(frame: string, { title, path }: FramedPage, body: string): string {
  return frame
    .replaceAll(registerFrame.title, () => title)
    .replaceAll(registerFrame.path, () => path)
    .replace(registerFrame.body, () => body);
}
