/** The fonts of paper: those of the product, and the add-ons that `site.yaml` names. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digestOf } from "../src/archive/canonical.ts";
import type { Site } from "../src/model/site.schema.ts";
import { FONT_FILES, type Fonts, type Unprintable } from "../src/pdf/fonts.ts";

/** Reads the fonts from `public/fonts`; add-ons, by script, from the content folder of the project. */
export function readFonts(root: string, { fonts }: Pick<Site, "fonts">): Fonts {
  const own = (name: string): Uint8Array =>
    readFileSync(fileURLToPath(new URL(`../public/fonts/${name}`, import.meta.url)));
  return {
    regular: own(FONT_FILES.regular),
    bold: own(FONT_FILES.bold),
    italic: own(FONT_FILES.italic),
    mono: own(FONT_FILES.mono),
    symbols: own(FONT_FILES.symbols),
    emoji: own(FONT_FILES.emoji),
    extra: Object.keys(fonts)
      .sort()
      .map((script) => readFileSync(join(root, "content", fonts[script] ?? ""))),
  };
}

/** What is made with add-ons follows from their bytes too; "{}" where there are none. */
export function fontsKey(root: string, { fonts }: Pick<Site, "fonts">): string {
  const digests = Object.entries(fonts).map(([script, name]) => [
    script,
    name,
    digestOf(readFileSync(join(root, "content", name))),
  ]);
  return JSON.stringify(digests.length === 0 ? {} : digests);
}

/** One line of a warning about what cannot be set as it is written. */
export function sayUnprintable({ kind, name }: Unprintable): string {
  switch (kind) {
    case "control-character":
      return `warning: ${name} is printed as its number: it would hide or turn text\n`;
    case "right-to-left":
      return `warning: text in ${name} is not printed, because its order is not known here; the page shows it\n`;
    case "missing-glyph":
      return `warning: ${name} cannot be printed as it is (${kind}); an add-on font goes into site.yaml under fonts\n`;
    default:
      return kind satisfies never;
  }
}
