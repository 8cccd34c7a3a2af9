/** Whether two ids, two names or two roles mean the same: what a pen, a keyboard or a trick writes differently. */
import { type Naming, personName } from "./names.ts";

/** Small letters of Cyrillic and Greek whose small or capital form looks Latin, and what they look like. */
const FOREIGN = [..."авсԁеһіјкӏмнорԛѕтуԝхαβεζηικμνορτυχ"];
const LOOKS = [..."abcdehijklmhopqstywxabezhikmnoptyx"];

/**
 * Folded for comparing names and roles: compatibility forms, case, spaces, accents, characters that nobody sees, and
 * in words that mix scripts letters that only look Latin do not tell two of them apart.
 */
export function folded(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Default_Ignorable_Code_Point}|[\u0300-\u036f]/gu, "")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFC")
    .replace(/[^\s]+/gu, latin)
    .replace(/\s+/g, " ")
    .trim();
}

function latin(word: string): string {
  if (!/\p{Script=Latin}/u.test(word) || !/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) return word;
  return [...word].map((letter) => LOOKS[FOREIGN.indexOf(letter)] ?? letter).join("");
}

/** One key for one person: two ids with the same name are one. */
export function personKey(of: Naming, id: string): string {
  return folded(personName(of, id).name);
}

/** Is it the same person? What is not recorded is nobody. */
export function isSamePerson(of: Naming, a: string | null, b: string | null): boolean {
  return a !== null && b !== null && (a === b || personKey(of, a) === personKey(of, b));
}
