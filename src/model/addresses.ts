/** The addresses in a checklist: of links and of images, with the line of the item or section they stand in. */
import type { Block, Checklist } from "./checklist.ts";
import type { Inline } from "./text.ts";

export interface Address {
  readonly kind: "link" | "image";
  /** As written. */
  readonly url: string;
  readonly line: number;
}

/** A link to another file of a version: `2.0.0.md#item` beside it, `../other/1.0.0.md` of another checklist. */
export interface VersionAddress {
  /** Null for the checklist that has the link. */
  readonly id: string | null;
  readonly version: string;
  /** With its `#`, or empty. */
  readonly anchor: string;
}

const VERSION_FILE = /^(?:\.\.\/([a-z0-9][a-z0-9._-]*)\/|\.\/)?(\d[0-9A-Za-z.-]*)\.md(#.*)?$/;

export function versionAddress(url: string): VersionAddress | null {
  const found = VERSION_FILE.exec(url.trim());
  if (!found) return null;
  const [, id, version = "", anchor = ""] = found;
  return { id: id ?? null, version, anchor };
}

/** Every address, in the order of the document. */
export function addressesOf(checklist: Checklist): readonly Address[] {
  const found: Address[] = [];
  inBlocks(checklist.content, 1, found);
  for (const { content } of checklist.footnotes) inBlocks(content, 1, found);
  return found;
}

function inInlines(nodes: readonly Inline[], line: number, found: Address[]): void {
  for (const node of nodes) {
    if (node.type === "link") found.push({ kind: "link", url: node.href, line });
    else if (node.type === "image") found.push({ kind: "image", url: node.src, line });
    if ("children" in node) inInlines(node.children, line, found);
  }
}

function inBlocks(blocks: readonly Block[], line: number, found: Address[]): void {
  for (const block of blocks) inBlock(block, line, found);
}

function inBlock(block: Block, line: number, found: Address[]): void {
  switch (block.type) {
    case "paragraph":
    case "heading":
      inInlines(block.children, line, found);
      return;
    case "table":
      for (const row of [block.head, ...block.rows]) for (const cell of row) inInlines(cell, line, found);
      return;
    case "list":
      for (const entry of block.entries) {
        if (entry.type === "bullet") inBlocks(entry.content, line, found);
        else
          inTitled(
            entry.type === "item" ? { ...entry.item, content: entry.item.body } : entry.section,
            found,
          );
      }
      return;
    case "section":
      inTitled(block.section, found);
      return;
    case "details":
      inInlines(block.summary, line, found);
      inBlocks(block.content, line, found);
      return;
    case "quote":
      inBlocks(block.content, line, found);
      return;
    case "code":
    case "rule":
    case "raw":
      return;
    default:
      block satisfies never;
  }
}

interface Titled {
  readonly line: number;
  readonly title: readonly Inline[];
  readonly content: readonly Block[];
}

function inTitled({ line, title, content }: Titled, found: Address[]): void {
  inInlines(title, line, found);
  inBlocks(content, line, found);
}

/** Local files that a checklist shows or links to: paths as written, below its own folder, each once, in order. */
export function localFilesOf(checklist: Checklist): readonly string[] {
  const local = addressesOf(checklist).filter(({ url }) => /^(?:\.\/)?files\//.test(url));
  return [...new Set(local.map(({ url }) => url.replace(/^\.\//, "").replace(/[?#].*$/, "")))];
}
