/** Lines that say `label: value`, and what a value is: something, a blank, or a placeholder. */

/** Longer lines are prose, and have no label. */
const LONGEST = 500;

export interface Labelled {
  readonly label: string;
  readonly value: string;
}

const LABEL =
  /^(?:[-*+]\s+)?(?:\[[ xX]?\]\s+)?(?<mark>\*\*|__|)(?<label>[^*_:：|`]{1,60}?)(?:\s*\k<mark>\s*[:：]|[:：]\s*\k<mark>)\s*(?<value>.*)$/u;

/** Reads `**Owner**: Team`, `**Owner:** Team`, `Owner: Team`, also behind a list marker and a box. */
export function readLabel(line: string): Labelled | null {
  if (line.length > LONGEST) return null;
  const { label, value } = LABEL.exec(line.trim())?.groups ?? {};
  return label === undefined || value === undefined || /^\/\//.test(value)
    ? null
    : { label: label.trim(), value: value.trim() };
}

/** A run of four or more underscores, as the dialect has them. */
export const BLANK = /_{4,}/;

/** Nothing but blanks, dates to fill in and their marks. */
export function isBlank(value: string): boolean {
  return /^[\s_.…·\-–—*|/()]*$/u.test(value.replace(/(?:\\_)/g, "_"));
}

/** `[Name]`, `{{owner}}`, `<name>`, `@name`, TBD: something that somebody is still to write. */
export function isPlaceholder(value: string): boolean {
  const plain = value.replace(/[*_`]/g, "").trim();
  return (
    /^\[[^\]]*\]$|^\{\{?[^}]*\}?\}$|^<[^>]*>$|^@(?:name|handle|user|username|slack)$/iu.test(plain) ||
    /^(?:tbd|todo|tba|tbc|n\/?a|x{2,}|\?+|[-–—…]+|yyyy.*|dd.*|name|phone|e-?mail)$/iu.test(plain) ||
    /^[+\dxX().\s-]*x{3,}[+\dxX().\s-]*$/.test(plain)
  );
}

/** Nothing is lost where only blanks and placeholders go. */
export function isEmpty(value: string): boolean {
  return isBlank(value) || isPlaceholder(value);
}

/** Without marks of emphasis and code, for comparing and for the frontmatter. */
export function bare(source: string): string {
  if (source.length > LONGEST * 4) return source;
  return source
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(\*\*|__|\*|`)/g, "")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();
}

/** A heading or label for comparing: small letters, no emoji, no numbers in front. */
export function folded(text: string): string {
  return text
    .slice(0, LONGEST)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{Extended_Pictographic}|\uFE0F|\u20E3|[*_`#]/gu, " ")
    .replace(/^[\s\d.)(:：-]+/u, "")
    .replace(/\s+/g, " ")
    .trim();
}
