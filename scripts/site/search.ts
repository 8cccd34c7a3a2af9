/** The search index, fed from the model by Pagefind's Node API: one record an item, nothing in the pages. */
import { join } from "node:path";
import { close, createIndex, type PagefindIndex } from "pagefind";
import type { Checklist, Code, Item, Section } from "../../src/model/checklist.ts";
import { outlineOf } from "../../src/model/outline.ts";
import { plainText } from "../../src/model/text.ts";
import { standingOf } from "../../src/model/version.ts";
import type { Gathered } from "./gather.ts";

/** Above so many versions only the current ones are indexed. */
const MOST = 1000;

/** @returns the number of records */
export async function writeSearch(gathered: Gathered, out: string): Promise<number> {
  return withIndex(gathered, async (index, records) => {
    const { errors } = await index.writeFiles({ outputPath: join(out, "pagefind") });
    if (errors.length > 0) throw new Error(`Pagefind: ${errors.join("; ")}`);
    return records;
  });
}

/** The files of the index in memory, by their names below `pagefind/`. */
export async function searchFiles(gathered: Gathered): Promise<ReadonlyMap<string, Uint8Array>> {
  return withIndex(gathered, async (index) => {
    const { errors, files } = await index.getFiles();
    if (errors.length > 0) throw new Error(`Pagefind: ${errors.join("; ")}`);
    return new Map(files.map(({ path, content }) => [path, content]));
  });
}

async function withIndex<T>(
  gathered: Gathered,
  use: (index: PagefindIndex, records: number) => Promise<T>,
): Promise<T> {
  const { index, errors } = await createIndex({ maxFragments: 500 });
  if (!index) throw new Error(`Pagefind: ${errors.join("; ")}`);
  try {
    return await use(index, await fill(index, gathered));
  } finally {
    await close();
  }
}

async function fill(index: PagefindIndex, { shown, catalogue, day }: Gathered): Promise<number> {
  let count = 0;
  for (const { checklist } of shown) {
    const standing = standingOf(catalogue.lock, checklist.id, checklist.version, day);
    // Drafts are not searched; withdrawn versions must not be found as if they stood.
    if (standing === "draft" || standing === "withdrawn") continue;
    if (shown.length > MOST && standing !== "current") continue;
    for (const record of recordsOf(checklist)) {
      const { errors } = await index.addCustomRecord({
        url: `/checklists/${checklist.id}/${checklist.version}/#${record.id}`,
        content: record.content,
        language: checklist.lang,
        meta: {
          title: record.title,
          product: checklist.product?.name ?? checklist.id,
          version: checklist.version,
          section: record.section,
          standing,
        },
        filters: {
          standing: [standing],
          product: [checklist.product?.name ?? checklist.id],
          version: [checklist.version],
          section: [record.part],
        },
      });
      if (errors.length > 0) throw new Error(`Pagefind: ${errors.join("; ")}`);
      count += 1;
    }
  }
  return count;
}

interface SearchRecord {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  /** The section at the top that it stands in: what the search can be narrowed to. */
  readonly part: string;
  readonly content: string;
}

/** Sections and items, each with the words that stand in it and not in an item below it. */
export function recordsOf(checklist: Checklist): readonly SearchRecord[] {
  const { sections, items } = outlineOf(checklist);
  const part = (id: string | null): string => {
    const section = sections.find((one) => one.id === id);
    if (section === undefined) return checklist.title;
    return section.parent === null ? section.text || checklist.title : part(section.parent);
  };
  const checklistName = `${checklist.title} ${checklist.product?.name ?? ""}`;
  return [
    ...sections.map((section) => ({
      id: section.id,
      title: `${section.number} ${section.text}`.trim(),
      section: checklist.title,
      part: part(section.id),
      content: `${section.text}. ${wordsOf(section)} ${checklistName}`,
    })),
    ...items.map((item) => ({
      id: item.id,
      title: `${item.number} ${item.text}`,
      section: sections.find(({ id }) => id === item.section)?.text ?? "",
      part: part(item.section),
      content: `${item.text}. ${wordsOf(item)} ${item.owner ?? ""} ${item.limits.map(({ text }) => text).join(" ")}`,
    })),
  ];
}

function wordsOf(holder: Section | Item): string {
  const blocks = "content" in holder ? holder.content : holder.body;
  const words: string[] = [];
  const visit = (list: typeof blocks): void => {
    for (const block of list) {
      if (block.type === "paragraph" || block.type === "heading") words.push(plainText(block.children));
      else if (block.type === "code") words.push(codeWords(block));
      else if (block.type === "table")
        words.push(...[block.head, ...block.rows].flat().map((cell) => plainText(cell)));
      else if (block.type === "quote" || block.type === "details") visit(block.content);
      else if (block.type === "list")
        for (const entry of block.entries) if (entry.type === "bullet") visit(entry.content);
    }
  };
  visit(blocks);
  return words.join(" ");
}

function codeWords({ value, template }: Code): string {
  return template ? `${template.title} ${template.text}` : value;
}
