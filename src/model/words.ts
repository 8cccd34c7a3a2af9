/**
 * What the site itself says, in the language of a page. The English text is the name of a text, so code reads as what
 * it says; a catalogue (`words/<language>.ts`) has every text once. What authors wrote is never touched.
 */

/** Says a text in the language of a page; `{name}` in it stands for the value of that name. */
export type Words = (text: string, values?: Readonly<Record<string, string | number>>) => string;

/** English text -> text in one other language. */
export type Catalogue = Readonly<Record<string, string>>;

/** A text that a catalogue has not is said in English; a test keeps catalogues complete. */
export function wordsOf(catalogue: Catalogue): Words {
  return (text, values = {}) =>
    (Object.hasOwn(catalogue, text) ? (catalogue[text] ?? text) : text).replace(
      /\{(\w+)\}/g,
      (written, name) => (Object.hasOwn(values, name) ? String(values[name]) : written),
    );
}

/** English, which needs no catalogue. */
export const english: Words = wordsOf({});
