/**
 * Nothing an author wrote is lost: the words of a source, read by an independent parser, stand on its page in their
 * order; task boxes are as many as the oracle counts. Over our checklists, the seeds and the corpus.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Nodes } from "mdast";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { expect, test } from "vitest";
import { renderBody } from "../src/html/body.ts";
import { outlineOf } from "../src/model/outline.ts";
import { parseChecklist } from "../src/source/parse.ts";

const oracle = remark().use(remarkGfm);
const root = join(import.meta.dirname, "..");

/** What is drawn instead of written: blanks as lines, alerts as labels, comment marks of code as captions, HTML that is understood. */
const DRAWN =
  /_{4,}|^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]$|^(?:#|--|\/\/)+$|<!--[\s\S]*?-->|<br\s*\/?>|<\/?details[^>]*>|<\/?summary>/gim;

function wordsOf(node: Nodes): readonly string[] {
  if (node.type === "image" || node.type === "imageReference") return (node.alt ?? "").split(/\s+/);
  if (node.type === "html") return node.value.replace(DRAWN, " ").split(/\s+/);
  if ("value" in node && node.type !== "yaml") return node.value.split(/\s+/);
  return "children" in node ? node.children.flatMap(wordsOf) : [];
}

const isBox = (node: Nodes): boolean => node.type === "listItem" && typeof node.checked === "boolean";
const countBoxes = (node: Nodes): number =>
  Number(isBox(node)) +
  ("children" in node ? node.children.reduce((sum, child) => sum + countBoxes(child), 0) : 0);

/** The text of our HTML without white space; entities are those that the serializer writes. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, "")
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, "");
}

/** A word that stands further away than this is not found but met by chance. */
const NEAR = 6000;

function missing(words: readonly string[], text: string): readonly string[] {
  let at = 0;
  return words.filter((word) => {
    const found = text.indexOf(word, at);
    if (found < 0 || found - at > NEAR) return true;
    at = found + word.length;
    return false;
  });
}

function compare(path: string): {
  readonly lost: readonly string[];
  readonly boxes: readonly [number, number];
} {
  const written = readFileSync(path, "utf8")
    .replace(/^\uFEFF/, "")
    .replace(/^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?=\r?\n|$)/, "");
  const tree = oracle.parse(written);
  const { checklist } = parseChecklist({
    id: "it",
    version: "1.0.0",
    file: path,
    text: `---\ntitle: It\n---\n${written}`,
    digest: "sha256:-",
  });
  if (!checklist) throw new Error(`${path} is not parsed`);
  const words = wordsOf(tree);
  const lost = missing(
    words.map((word) => word.replace(DRAWN, "")).filter((word) => word !== ""),
    textOf(String(renderBody(checklist))),
  );
  const boxes = outlineOf(checklist).items.filter(({ box }) => box).length;
  return { lost, boxes: [boxes, countBoxes(tree)] };
}

/** Files of the corpus with broken encodings: their control characters are shown as what they are. */
const broken = new Set(["025.md", "072.md", "091.md"]);

for (const folder of ["content/checklists", "../shared/seeds", "../shared/corpus"]) {
  const path = join(root, folder);
  test.skipIf(!existsSync(path))(
    `no word of ${folder} is lost (skipped where the folder is absent)`,
    { timeout: 30_000 },
    () => {
      const names = readdirSync(path, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(?:md|txt)$/.test(name))
        .sort();
      for (const name of names) {
        const { lost, boxes } = compare(join(path, name));
        if (!broken.has(name)) expect(lost, name).toEqual([]);
        expect(boxes[0], `task boxes of ${name}`).toBe(boxes[1]);
      }
    },
  );
}
