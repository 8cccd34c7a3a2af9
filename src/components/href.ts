/** Addresses inside the site, whatever base path it is served under. */
const base = import.meta.env.BASE_URL.replace(/\/+$/, "");

/** @param path from the root of the site, such as `/reports/` */
export function href(path: string): string {
  return base + path;
}

export function versionPath(entry: { readonly id: string; readonly version: string }): string {
  return `/checklists/${entry.id}/${entry.version}/`;
}

/** The page that compares two versions of a checklist. */
export function comparePath(
  older: { readonly id: string; readonly version: string },
  newer: { readonly version: string },
): string {
  return `/checklists/${older.id}/compare/${older.version}...${newer.version}/`;
}
