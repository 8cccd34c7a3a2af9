/** Where a link of a checklist may lead. Everything that is not on the list becomes text. */
import { versionAddress } from "../model/addresses.ts";

export interface LinkRules {
  /** The address for an `href` as written, or null: then only the text is shown. */
  readonly link: (href: string) => string | null;
  /** The address of a picture, or null: then its alternative text is shown. */
  readonly image: (src: string) => string | null;
}

const OUTSIDE = /^(?:https?:\/\/|mailto:|tel:)/i;
const LOCAL_FILE = /^(?:\.\/)?files\/[A-Za-z0-9._/-]+$/;

/**
 * Links of a source `content/checklists/<id>/<version>.md` on a page that stands two levels below `base`:
 * `base` is "../" on the site (where versions are neighbours) and a permalink in a report.
 */
export function linkRules(base: string): LinkRules {
  return {
    link(href) {
      const trimmed = href.trim();
      if (OUTSIDE.test(trimmed)) return isUrl(trimmed) ? trimmed : null;
      if (/^#[^\s]+$/.test(trimmed)) return trimmed;
      const found = versionAddress(trimmed);
      if (found)
        return `${base}${found.id === null ? "" : `../${found.id}/`}${found.version}/${found.anchor}`;
      return localFile(base, trimmed);
    },
    image: (src) => localFile(base, src.trim()),
  };
}

function localFile(base: string, path: string): string | null {
  return LOCAL_FILE.test(path) && !path.split("/").includes("..")
    ? `${base}${path.replace(/^\.\//, "")}`
    : null;
}

function isUrl(text: string): boolean {
  return URL.canParse(text);
}

export function leadsOutside(address: string): boolean {
  return OUTSIDE.test(address);
}
