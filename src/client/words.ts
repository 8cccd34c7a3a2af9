/** The words of this page, in its language: loaded before anything is drawn. English needs nothing. */
import { english, type Words, wordsOf } from "../model/words.ts";

let words: Words = english;

/** Says a text in the language of this page. */
export const t: Words = (text, values) => words(text, values);

export async function loadWords(): Promise<void> {
  if (!/^de(?:-|$)/i.test(document.documentElement.lang)) return;
  const { german } = await import("../model/words/de.ts");
  words = wordsOf(german);
}
