/** The catalogues: nothing is said that they have not, they have nothing that is not said, and values keep their places. */
import { describe, expect, test } from "vitest";
import { renderBody, renderContents } from "../src/html/body.ts";
import { renderWork } from "../src/html/work.ts";
import { wordsFor } from "../src/model/languages.ts";
import { german } from "../src/model/words/de.ts";
import { english, wordsOf } from "../src/model/words.ts";
import { decode } from "./markup.ts";
import { newest } from "./ours.ts";
import { listFiles, readText } from "./tree.ts";

const LITERALS = [/"((?:[^"\\\n]|\\.)*)"/g, /'((?:[^'\\\n]|\\.)*)'/g];
// What changed is said in English, as reports are: they read the same everywhere.
const files = listFiles().filter(
  (path) => /^src\/.*\.(?:ts|astro)$/.test(path) && !/\/words\/|model\/diff\//.test(path),
);
const sources = files.map((path) => readText(path));
const unquoted = (text: string): string => text.replaceAll('\\"', '"');
/** What is said: the first argument of `t(…)` and `words(…)`, both sides of a choice between two. */
const said = new Set(
  sources.flatMap((source) =>
    [
      ...source.matchAll(
        /(?<![\w.])(?:t|(?:\w+\.)?words)\(\s*(?:[^"()]*\?\s*"((?:[^"\\\n]|\\.)*)"\s*:\s*)?"((?:[^"\\\n]|\\.)*)"/g,
      ),
    ].flatMap(([, one, other]) => [one, other].filter((text) => text !== undefined).map(unquoted)),
  ),
);
/** Every piece of text in the code: texts that stand in tables are said from there. */
const written = new Set(
  sources.flatMap((source) =>
    LITERALS.flatMap((literal) => [...source.matchAll(literal)].map(([, text = ""]) => unquoted(text))),
  ),
);
const values = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe.each([["German", german]])("%s", (_, catalogue) => {
  test("has everything that is said", () => {
    expect(said.size).toBeGreaterThan(300);
    expect([...said].filter((text) => !Object.hasOwn(catalogue, text))).toEqual([]);
  });

  test("has nothing that is not said", () => {
    // An item keeps its words where the model calls a status by its name: "not met" is recorded as "not-met".
    expect(Object.keys(catalogue).filter((text) => !written.has(text))).toEqual([]);
  });

  test("keeps every value in its place", () => {
    const wrong = Object.entries(catalogue).filter(
      ([text, other]) => values(text).join() !== values(other).join(),
    );
    expect(wrong).toEqual([]);
  });

  test("keeps blanks at both ends, so that sentences come together", () => {
    const ends = (text: string): string => `${/^\s/.test(text)}${/\s$/.test(text)}`;
    expect(Object.entries(catalogue).filter(([text, other]) => ends(text) !== ends(other))).toEqual([]);
  });
});

test("a text comes in the language of the page, English where there is no catalogue", () => {
  expect(wordsFor("de-AT")("Version {version}", { version: "1.0" })).toBe("Version 1.0");
  expect(wordsFor("de")("only if")).toBe("nur wenn");
  expect(wordsFor("fr")("only if")).toBe("only if");
  expect(wordsFor("constructor")("only if")).toBe("only if");
});

test("values are put in once, as they are", () => {
  expect(english("{a} and {b}", { a: "{b}", b: "$&" })).toBe("{b} and $&");
  expect(english("{toString}")).toBe("{toString}");
  expect(wordsOf({ a: "b" })("constructor")).toBe("constructor");
});

test("a checklist's page and its desk have no English left around a German text", () => {
  const left = newest().flatMap(({ checklist }) => {
    const inGerman = { ...checklist, lang: "de" };
    const own = new Set(
      [...JSON.stringify(checklist).matchAll(LITERALS[0] as RegExp)].map(([, text = ""]) => text.trim()),
    );
    const html = [renderBody(inGerman), renderWork(inGerman), renderContents(inGerman)]
      .join("")
      // Code is nobody's language.
      .replace(/<(pre|code)[\s>].*?<\/\1>/gs, "");
    const shown = [...html.matchAll(/>([^<>]+)<|aria-label="([^"]+)"/g)].map(([, text, label]) =>
      decode(text ?? label ?? "").trim(),
    );
    return shown.filter((text) => Object.hasOwn(german, text) && german[text] !== text && !own.has(text));
  });
  expect([...new Set(left)]).toEqual([]);
});
