/** The sitemap: it names every report, and so is written here and not by Astro, which must not get slower by them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderSitemapIndex, sitemapFiles } from "../../src/html/feed.ts";
import { entryOf } from "../../src/model/entry.ts";
import type { RegisterRow } from "../../src/model/register.ts";
import type { Gathered } from "./gather.ts";

export function writeSitemap(
  { catalogue: { lock, site }, shown, day }: Gathered,
  rows: readonly RegisterRow[],
  out: string,
): void {
  const versions = shown.map(({ checklist }) => entryOf(checklist, lock, day));
  const files = sitemapFiles(site, versions, rows);
  files.forEach((text, at) => {
    writeFileSync(join(out, `sitemap-${at}.xml`), text);
  });
  writeFileSync(join(out, "sitemap-index.xml"), renderSitemapIndex(site, files.length));
}
