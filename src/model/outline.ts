/** Walks over a checklist: the tree in the order of the source. Nothing here is stored twice. */
import type { Block, Checklist, Code, Item, Section } from "./checklist.ts";
import { type Inline, plainText } from "./text.ts";

export interface Outline {
  /** Every section in document order, parents before children. */
  readonly sections: readonly Section[];
  /** Every item in document order, derived ones too. */
  readonly items: readonly Item[];
  readonly codes: readonly Code[];
  readonly section: ReadonlyMap<string, Section>;
  readonly item: ReadonlyMap<string, Item>;
}

const outlines = new WeakMap<Checklist, Outline>();

/** The flat view of a checklist, made once per value. */
export function outlineOf(checklist: Checklist): Outline {
  const known = outlines.get(checklist);
  if (known) return known;
  const sections: Section[] = [];
  const items: Item[] = [];
  const codes: Code[] = [];
  const visit = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.type === "section") enter(block.section);
      else if (block.type === "code") codes.push(block);
      else if (block.type === "quote" || block.type === "details") visit(block.content);
      else if (block.type === "list") {
        for (const entry of block.entries) {
          if (entry.type === "section") enter(entry.section);
          else if (entry.type === "bullet") visit(entry.content);
          else {
            items.push(entry.item);
            visit(entry.item.body);
          }
        }
      }
    }
  };
  const enter = (section: Section): void => {
    sections.push(section);
    visit(section.content);
  };
  visit(checklist.content);
  for (const footnote of checklist.footnotes) visit(footnote.content);
  const outline = {
    sections,
    items,
    codes,
    section: new Map(sections.map((section) => [section.id, section])),
    item: new Map(items.map((item) => [item.id, item])),
  };
  outlines.set(checklist, outline);
  return outline;
}

/** The ids of a section and of all that are inside it. */
export function sectionAndBelow(checklist: Checklist, id: string): ReadonlySet<string> {
  const below = new Set([id]);
  for (const section of outlineOf(checklist).sections) {
    if (section.parent !== null && below.has(section.parent)) below.add(section.id);
  }
  return below;
}

/** The items of a section and of the sections inside it, in document order, derived ones too. */
export function itemsWithin(checklist: Checklist, id: string): readonly Item[] {
  const below = sectionAndBelow(checklist, id);
  return outlineOf(checklist).items.filter((item) => below.has(item.section));
}

/** The document's own heading where it says something else than the title, which stands above it; null otherwise. */
export function headingBeside({
  title,
  heading,
}: Pick<Checklist, "title" | "heading">): readonly Inline[] | null {
  if (heading === null) return null;
  const words = (text: string): string => text.trim().replace(/\s+/g, " ");
  return words(plainText(heading)) === words(title) ? null : heading;
}
