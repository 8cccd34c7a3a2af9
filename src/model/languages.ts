/** The languages that the site speaks. */

import { german } from "./words/de.ts";
import { english, type Words, wordsOf } from "./words.ts";

const known: Readonly<Record<string, Words>> = { de: wordsOf(german) };

/** The words for a page in `lang`, an RFC 5646 tag such as `de-AT`; English where there is no catalogue for it. */
export function wordsFor(lang: string): Words {
  const [language = ""] = lang.toLowerCase().split("-");
  return (Object.hasOwn(known, language) ? known[language] : undefined) ?? english;
}
