/** `:rocket:` as GitHub shows it. */
import { nameToEmoji } from "gemoji";

/** A name between colons, with nothing of a word or of a time on either side: `10:30:45` and `a:b:c` stay. */
const SHORTCODE = /(?<![\p{L}\p{N}_:]):([a-z0-9_+-]+):(?![\p{L}\p{N}_:])/gu;

/** Puts the character for every name that GitHub knows; a name that it does not know stays as it is written. */
export function withEmoji(text: string): string {
  if (!text.includes(":")) return text;
  return text.replace(SHORTCODE, (written, name: string) =>
    Object.hasOwn(nameToEmoji, name) ? (nameToEmoji[name] ?? written) : written,
  );
}
