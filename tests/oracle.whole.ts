/**
 * remark-parse with remark-gfm is the oracle for Sätteri: the trees and positions of both are the same over our
 * checklists, the seeds and the corpus, but for what the table below explains.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Nodes, Root } from "mdast";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { expect, test } from "vitest";
import { parseMarkdown } from "../src/source/markdown.ts";

const oracle = remark().use(remarkGfm);
const root = new URL("..", import.meta.url).pathname;

/** Every way in which the trees may differ, and why. */
const explained: readonly {
  readonly why: string;
  readonly forget: (plain: Plain, node: Nodes, parent: Nodes | null) => void;
}[] = [
  {
    why: "mdast-util-gfm-task-list-item moves the paragraph's start behind the box only where its first child is text; Sätteri always does",
    forget: (plain, node, parent) => {
      if (
        node.type === "paragraph" &&
        parent?.type === "listItem" &&
        typeof parent.checked === "boolean" &&
        parent.children[0] === node
      )
        plain.from = "behind the box";
    },
  },
];

interface Plain {
  readonly type: string;
  from: string;
  readonly to: string;
  readonly values: Record<string, unknown>;
  readonly children: readonly Plain[];
}

function plain(node: Nodes, parent: Nodes | null = null): Plain {
  const values = Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key, value]) =>
          !["type", "position", "data", "children"].includes(key) && value !== null && value !== undefined,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const { start, end } = node.position ?? {};
  const children = "children" in node ? node.children.map((child) => plain(child, node)) : [];
  const result: Plain = {
    type: node.type,
    from: `${start?.line}:${start?.column}`,
    to: `${end?.line}:${end?.column}`,
    values,
    children,
  };
  for (const { forget } of explained) forget(result, node, parent);
  return result;
}

/** remark-parse knows no frontmatter: its lines are emptied, so that all positions stay. Our parser takes the BOM off first. */
function withoutFrontmatter(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?=\r?\n|$)/, (matter) => matter.replace(/[^\r\n]/g, ""));
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|txt)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function compare(path: string): void {
  const text = withoutFrontmatter(readFileSync(path, "utf8"));
  expect(plain(parseMarkdown(text)), path).toEqual(plain(oracle.parse(text) as Root));
}

for (const folder of ["content/checklists", "tests/fixtures/rules"]) {
  test(`the trees of ${folder} are the oracle's`, () => {
    const files = filesUnder(join(root, folder));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) compare(file);
  });
}

for (const folder of ["seeds", "corpus"]) {
  const path = join(root, "..", "shared", folder);
  test.skipIf(!existsSync(path))(
    `the trees of ../shared/${folder} are the oracle's (skipped where the folder is absent)`,
    { timeout: 30_000 },
    () => {
      for (const file of filesUnder(path)) compare(file);
    },
  );
}
