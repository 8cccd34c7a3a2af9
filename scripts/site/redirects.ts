/** Pages at the addresses that checklists had before they were renamed, and `_redirects` for hosts that read it. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REDIRECT_SCRIPT, renderRedirect } from "../../src/html/redirect.ts";
import type { Gathered } from "./gather.ts";

/** @param out the folder of the site @param base the path it is served under @returns how many pages */
export function writeRedirects({ catalogue, shown }: Gathered, out: string, base: string): number {
  const { site } = catalogue;
  const hash = createHash("sha256").update(REDIRECT_SCRIPT).digest("base64");
  const renamed = Object.entries(site.redirects);
  let pages = 0;
  for (const [from, to] of renamed) {
    const versions = shown.flatMap(({ checklist }) => (checklist.id === to ? [checklist.version] : []));
    for (const name of ["", "latest", ...versions]) {
      const place = name === "" ? "" : `${name}/`;
      const folder = join(out, "checklists", from, name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "index.html"), renderRedirect({ from, to, place }, site, hash));
      pages += 1;
    }
  }
  if (renamed.length > 0)
    writeFileSync(
      join(out, "_redirects"),
      renamed
        .map(([from, to]) => `${base}checklists/${from}/* ${base}checklists/${to}/:splat 301\n`)
        .join(""),
    );
  return pages;
}
