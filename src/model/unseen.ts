/** Characters that cannot be seen, or that turn the text around them: made visible wherever text of a record is shown. */

/** C0 and C1 but tab and line feed, bidi controls, zero-width characters (not the joiners of emoji), tags, lone surrogates. */
export const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;

/** `U+202E`. */
export function codeName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `U+202E` in brackets for what cannot be seen. */
export function showUnseen(value: string): string {
  return value.replace(UNSEEN, (character) => `[${codeName(character)}]`);
}
