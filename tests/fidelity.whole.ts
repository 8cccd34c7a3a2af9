/**
 * Nothing an author wrote is lost: the words of a source, read by an independent parser, stand on its page and on its
 * sheet, once and in their order; task boxes are as many as the oracle counts. Over our checklists, the fixtures, the
 * seeds and the corpus.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderBody } from "../src/html/body.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { outlineOf } from "../src/model/outline.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { readPages } from "./pdftext.ts";
import { options } from "./sheets.ts";
import { readWritten, type Written, withoutMatter } from "./written.ts";

const root = join(import.meta.dirname, "..");

interface Read extends Written {
  readonly name: string;
  readonly checklist: Checklist;
}

function readOne(folder: string, name: string): Read {
  const text = withoutMatter(readFileSync(join(folder, name), "utf8"));
  const { checklist } = parseChecklist({
    id: "it",
    version: "1.0.0",
    file: name,
    text: `---\ntitle: It\n---\n${text}`,
    digest: `sha256:${"0".repeat(64)}`,
  });
  if (!checklist) throw new Error(`${name} is not parsed`);
  return { name, checklist, ...readWritten(text) };
}

/** Characters that nobody sees; paper leaves out those that its fonts do not need. */
const UNSEEN = /[\u200b-\u200d\u2060\ufeff\u00ad]|[\ufe00-\ufe0f]/g;

/** Without white space, and with what is named by its code point as it was written. */
function plain(text: string): string {
  return text
    .replace(/\[U\+([0-9A-F]{4,6})\]/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/\s+/g, "")
    .replace(UNSEEN, "");
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

/** The text of our HTML; entities are those that the serializer writes. */
function textOfPage(checklist: Checklist): string {
  const text = String(renderBody(checklist))
    .replace(/<span class="unseen">(U\+[0-9A-F]+)<\/span>/g, "[$1]")
    .replace(/<img [^>]*?alt="([^"]*)"[^>]*>/g, " $1 ")
    .replace(/<[^>]+>/g, "")
    .replace(/&(?:#x([0-9a-f]+)|(lt|gt|quot|amp));/gi, (_, hex?: string, name = "") =>
      hex === undefined ? (ENTITIES[name] ?? "") : String.fromCodePoint(Number.parseInt(hex, 16)),
    );
  return plain(text);
}

/** The text of the sheet in the order of its content; a mark says where a line of code was too long. */
async function textOfSheet(checklist: Checklist): Promise<string> {
  const pages = await readPages(await renderSheet(checklist, options(checklist)));
  return plain(
    pages
      .flatMap(({ places }) => places.map(({ text }) => text))
      .filter((text) => text !== "↩")
      .join(""),
  );
}

/** A word that stands further away than this is not found but met by chance. */
const NEAR_ON_PAGE = 6000;
/** On paper the foot of one page and the head of the next may lie between two words. */
const NEAR_ON_PAPER = 700;

/** Words that do not follow one another in the text, from its beginning to its end. */
function missing(words: readonly string[], text: string): readonly string[] {
  let at = 0;
  return words.filter((word) => {
    const found = text.indexOf(word, at);
    if (found < 0 || found - at > NEAR_ON_PAGE) return true;
    at = found + word.length;
    return false;
  });
}

/** Do the words stand somewhere in the text, one after another? */
function holds(text: string, words: readonly string[]): boolean {
  const [first = "", ...rest] = words;
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, start + 1)) {
    let at = start + first.length;
    const isWhole = rest.every((word) => {
      const found = text.indexOf(word, at);
      if (found < 0 || found - at > NEAR_ON_PAPER) return false;
      at = found + word.length;
      return true;
    });
    if (isWhole) return true;
  }
  return false;
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** Blocks that stand more often in the text than they were written. Short ones are met by chance. */
function doubled(blocks: readonly (readonly string[])[], text: string): readonly string[] {
  const joined = blocks.map((words) => words.join(""));
  const all = joined.join("\n");
  return [...new Set(joined)].filter((block) => block.length >= 40 && count(text, block) > count(all, block));
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Words as they should be found. Readers differ in what they make of joined letters, and of marks beside words from
 * right to left: their order is looked at by tests/bidi.test.ts.
 */
function wordsFor(blocks: Read["blocks"]): readonly (readonly string[])[] {
  return blocks
    .map((block) => {
      const isTurned = block.some((word) => RIGHT_TO_LEFT.test(word));
      const isMark = (word: string): boolean => !/[\p{L}\d]/u.test(word) || /[()[\]{}<>«»]/.test(word);
      const known = (word: string): boolean => !RIGHT_TO_LEFT.test(word) && !(isTurned && isMark(word));
      return block.map(plain).filter((word) => word !== "" && known(word));
    })
    .filter((words) => words.length > 0);
}

const folders = ["content/checklists", "tests/fixtures", "../shared/seeds", "../shared/corpus"];

describe.each(folders)("%s", (folder) => {
  const path = join(root, folder);
  const names = existsSync(path)
    ? readdirSync(path, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(?:md|txt)$/.test(name) && !name.endsWith(".fires.txt"))
        .sort()
    : [];

  test.skipIf(names.length === 0)(
    "every word stands on the page, once, in order (skipped where the folder is absent)",
    { timeout: 60_000 },
    () => {
      for (const name of names) {
        const { checklist, blocks, notes, boxes } = readOne(path, name);
        const text = textOfPage(checklist);
        const words = wordsFor(blocks);
        expect(missing(words.flat(), text), name).toEqual([]);
        expect(
          wordsFor(notes).filter((note) => !holds(text, note)),
          `footnotes of ${name}`,
        ).toEqual([]);
        expect(doubled([...words, ...wordsFor(notes)], text), name).toEqual([]);
        const items = outlineOf(checklist).items.filter(({ box }) => box);
        expect(items.length, `task boxes of ${name}`).toBe(boxes);
      }
    },
  );

  test.skipIf(names.length === 0)(
    "every word stands on the sheet, once, in order (skipped where the folder is absent)",
    { timeout: 120_000 },
    async () => {
      for (const name of names) {
        const { checklist, blocks, notes } = readOne(path, name);
        const text = await textOfSheet(checklist);
        const words = wordsFor([...blocks, ...notes]);
        const wanted = Map.groupBy(words.flat(), (word) => word);
        const lost = [...wanted].filter(([word, all]) => count(text, word) < all.length);
        expect(
          lost.map(([word]) => word),
          name,
        ).toEqual([]);
        expect(
          words.filter((block) => !holds(text, block)),
          `order in ${name}`,
        ).toEqual([]);
        expect(doubled(words, text), `twice in ${name}`).toEqual([]);
      }
    },
  );
});

test("a word that is lost, doubled or moved is found", () => {
  const blocks = [["Switch", "the", "maintenance", "page", "on", "before", "anything", "else"]];
  const [words = []] = blocks;
  const text = words.join("");
  expect(missing(words, text)).toEqual([]);
  expect(holds(text, words)).toBe(true);
  expect(doubled(blocks, text)).toEqual([]);
  expect(missing(words, text.replace("page", ""))).toEqual(["page"]);
  expect(holds(words.toReversed().join(""), words)).toBe(false);
  expect(doubled(blocks, text + text)).toEqual([text]);
});
