/** The files of each version: its model, its source, its sheets; and what its checklist has beside them. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { renderBody, renderContents } from "../../src/html/body.ts";
import type { Checklist } from "../../src/model/checklist.ts";
import { entryOf, versionsFile } from "../../src/model/entry.ts";
import type { Fonts } from "../../src/pdf/fonts.ts";
import { renderSheet } from "../../src/pdf/sheet.ts";
import { bodyKey, keyOf } from "../../src/source/kept.ts";
import { fontsKey, readFonts } from "../fonts.ts";
import { readVersion } from "../tool.ts";
import type { Gathered, Shown } from "./gather.ts";

const encoder = new TextEncoder();

/** Makes every body that is not kept yet, so that the pages only have to read them. Answers how many were made. */
export async function keepBodies({ shown, kept, layout }: Gathered): Promise<number> {
  let made = 0;
  for (const { checklist } of shown) {
    await kept.text("body", bodyKey(layout, checklist.digest), () => {
      made += 1;
      return JSON.stringify({ body: renderBody(checklist), contents: renderContents(checklist) });
    });
  }
  return made;
}

/** `checklist.json` and `source.md` of every version; `versions.json` and local files of every checklist. */
export async function writeVersions(gathered: Gathered, out: string): Promise<number> {
  const { shown, kept, layout } = gathered;
  for (const { checklist, source } of shown) {
    const folder = join(out, "checklists", checklist.id, checklist.version);
    const key = keyOf("model", layout, checklist.id, checklist.version, checklist.digest);
    await kept.place("model", key, join(folder, "checklist.json"), () =>
      encoder.encode(modelText(checklist)),
    );
    await kept.place("source", keyOf("source", checklist.digest), join(folder, "source.md"), () => source);
  }
  for (const [id, versions] of Map.groupBy(shown, ({ checklist }) => checklist.id))
    writeBeside(gathered, join(out, "checklists", id), versions);
  return shown.length;
}

export function modelText(checklist: Checklist): string {
  return `${JSON.stringify(checklist)}\n`;
}

function writeBeside(gathered: Gathered, folder: string, versions: readonly Shown[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "versions.json"),
    versionsText(
      gathered,
      versions.map(({ checklist }) => checklist),
    ),
  );
  const [first] = versions;
  const files = join(gathered.root, "content/checklists", first?.checklist.id ?? "", "files");
  if (existsSync(files)) copyPublishable(files, join(folder, "files"));
}

/** @param versions of one checklist, oldest first */
export function versionsText(
  { catalogue, day }: Pick<Gathered, "catalogue" | "day">,
  versions: readonly Checklist[],
): string {
  const entries = versions.map((checklist) => entryOf(checklist, catalogue.lock, day));
  const current = entries.findIndex(({ standing }) => standing === "current");
  return `${JSON.stringify(versionsFile(entries, versions[current] ?? null))}\n`;
}

/** What a browser shows without running it. HTML and SVG are not among them. */
const PUBLISHABLE = new Set([".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".pdf", ".txt", ".csv"]);

function copyPublishable(from: string, to: string): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !PUBLISHABLE.has(extname(entry.name).toLowerCase())) continue;
    const target = join(to, entry.parentPath.slice(from.length), entry.name);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(entry.parentPath, entry.name), target);
  }
}

/** Both sheets of every version. Answers how many there are, and how many were made now. */
export async function writeSheets(
  gathered: Gathered,
  out: string,
): Promise<{ sheets: number; made: number }> {
  const { shown, kept, layout, catalogue, root } = gathered;
  const { organisation, url } = catalogue.site;
  const addOns = fontsKey(root, catalogue.site);
  let fonts: Fonts | undefined;
  let made = 0;
  for (const { checklist, source } of shown)
    for (const paper of ["a4", "letter"] as const) {
      const { id, version, digest } = checklist;
      const released = catalogue.lock.checklists[id]?.[version]?.date ?? null;
      const key = keyOf(
        "sheet",
        layout,
        id,
        version,
        digest,
        paper,
        organisation,
        url,
        released ?? "",
        addOns,
      );
      const isNew = await kept.place(
        "sheet",
        key,
        join(out, "checklists", id, version, `sheet-${paper}.pdf`),
        () => {
          fonts ??= readFonts(root, catalogue.site);
          return renderSheet(checklist, {
            fonts,
            paper,
            organisation,
            url,
            source,
            released,
            tool: readVersion(),
          });
        },
      );
      if (isNew) made += 1;
    }
  return { sheets: shown.length * 2, made };
}
