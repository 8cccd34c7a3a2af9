/**
 * Could a stretch that reads as UTF-8 in a code page have been meant as it stands? "é…”" in French and "Ü“" in
 * German are valid UTF-8 by accident; "âœ…" is nobody's word. Only what is unnatural counts as evidence.
 */
import type { CodePage, Family } from "./pages.ts";

/** The neighbours of a stretch; empty at the ends of the text. */
export interface Neighbours {
  readonly before: string;
  readonly after: string;
  /** It stands in a code span of its line. */
  readonly inCode: boolean;
}

/** What follows a letter in clean text: closing quotes, dashes, ellipses, marks, spaces that do not break. */
const TRAILING = /^[’‘”“»«›‹…–—•™®©\u00A0\u00AD¹²³ªº·´°\u2011]$/u;
/** Marks that end a word: no letter follows them. */
const ENDING = /[©®™²³¹°º]$/u;
const LETTER = /^\p{L}$/u;
const LOWER = /^\p{Ll}$/u;
const UPPER = /^\p{Lu}$/u;
const OPENING = /^[“‘«‹„‚"'(\u00A0[]$/u;
const WORD_AFTER = /^[\p{L}\p{Nd}]$/u;

const naturals: Readonly<Record<Family, (characters: readonly string[], near: Neighbours) => boolean>> = {
  latin: latinReads,
  mac: macReads,
  dos: dosReads,
};

/** Does the stretch read as clean text of the page's own languages? */
export function isNatural(source: string, near: Neighbours, page: CodePage): boolean {
  return isQuoted(near) || naturals[page.family]([...source], near);
}

/** A stretch that fills a pair of quotes or a code span is an example of itself. */
function isQuoted({ before, after, inCode }: Neighbours): boolean {
  if (inCode) return true;
  const pairs: Readonly<Record<string, string>> = {
    '"': '"',
    "'": "'",
    "`": "`",
    "(": ")",
    "“": "”",
    "„": "“",
    "‘": "’",
    "«": "»",
  };
  return before !== "" && pairs[before] === after;
}

/** Letters of which a word may consist. */
const ALONE = /^[àáâèéêìíòóôõùúÀÁÈÉÊËÌÍÒÓÔÕÖØÅÆÄÜİŞÇß]$/u;

function latinReads([lead = "", ...rest]: readonly string[], { before, after }: Neighbours): boolean {
  if (!LETTER.test(lead) || !rest.every((one) => LETTER.test(one) || TRAILING.test(one))) return false;
  // "Ã©" inside "cafÃ©": a capital after a small letter.
  if (LOWER.test(before) && UPPER.test(lead)) return false;
  if (ENDING.test(rest.at(-1) ?? "") && WORD_AFTER.test(after)) return false;
  // No language has â before œ, š, ž.
  if (lead === "â" && rest.some((one) => LETTER.test(one))) return false;
  return LETTER.test(before) || OPENING.test(before) || ALONE.test(lead);
}

const MAC_MATH = /^[≈∆√ƒ¬◊÷⁄]$/u;

function macReads([lead = "", ...rest]: readonly string[], near: Neighbours): boolean {
  if (lead === "\uF8FF") return false;
  if (MAC_MATH.test(lead)) return rest.every((one) => /^[π∑∏∫∂∞±Ω≤≥≠]$/u.test(one));
  const letters = rest.every((one) => LETTER.test(one));
  if (LETTER.test(lead))
    return (letters && hasWordShape([lead, ...rest])) || rest.every((one) => TRAILING.test(one));
  if (!letters) return rest.length === 1 && TRAILING.test(rest[0] ?? "");
  if (rest.length === 1) return true;
  // Two letters behind a low quote are a word only if the word goes on, and none stands before it.
  return !LETTER.test(near.before) && /^[\p{L}‘’“”]$/u.test(near.after) && hasWordShape(rest);
}

/** All small, all capital, or small behind one capital. */
function hasWordShape(letters: readonly string[]): boolean {
  const word = letters.join("");
  return /^(?:\p{Lu}?\P{Lu}*|\P{Ll}*)$/u.test(word);
}

const DRAWN = /^[\u2500-\u259F■]$/u;

function dosReads([lead = "", ...rest]: readonly string[], { before }: Neighbours): boolean {
  if (DRAWN.test(lead)) {
    if (rest.every((one) => DRAWN.test(one))) return true;
    return !LETTER.test(before) && rest.every((one) => LETTER.test(one) || DRAWN.test(one));
  }
  if (lead === "Γ" || lead === "≡") return false;
  return rest.every((one) => LETTER.test(one) || TRAILING.test(one));
}
