/** Goes through blocks in the order of the source: text, items and sections as they come. */
import type { Block, Entry, Item, List, Section } from "../model/checklist.ts";
import type { Inline } from "../model/text.ts";
import { entryHoldsItems, holdsItems } from "./prose.ts";

/** `shift` indents what stands under a bullet, in points. */
export interface Handlers {
  readonly text: (blocks: readonly Block[], shift: number) => void;
  /** A bullet that has items below it: its own text. */
  readonly bullet: (content: readonly Block[], mark: string, shift: number) => void;
  readonly summary: (summary: readonly Inline[], shift: number) => void;
  /** An item with what stands in its own row; what comes after has items again. */
  readonly item: (item: Item, own: readonly Block[], rest: readonly Block[]) => void;
  readonly section: (section: Section) => void;
}

const BULLET = 11;

export function walkBlocks(blocks: readonly Block[], handlers: Handlers, shift = 0): void {
  let text: Block[] = [];
  const flush = (): void => {
    if (text.length > 0) handlers.text(text, shift);
    text = [];
  };
  for (const block of blocks) {
    if (!holdsItems(block)) {
      text.push(block);
      continue;
    }
    flush();
    if (block.type === "section") handlers.section(block.section);
    else if (block.type === "list") walkList(block, handlers, shift);
    else if (block.type === "quote") walkBlocks(block.content, handlers, shift);
    else if (block.type === "details") {
      handlers.summary(block.summary, shift);
      walkBlocks(block.content, handlers, shift);
    }
  }
  flush();
}

function walkList(list: List, handlers: Handlers, shift: number): void {
  let bullets: Entry[] = [];
  const flush = (next: number): void => {
    const start = list.start + next - bullets.length;
    if (bullets.length > 0) handlers.text([{ ...list, start, entries: bullets }], shift);
    bullets = [];
  };
  list.entries.forEach((entry, i) => {
    if (!entryHoldsItems(entry)) {
      bullets.push(entry);
      return;
    }
    flush(i);
    if (entry.type === "section") handlers.section(entry.section);
    else if (entry.type === "item") {
      const { own, rest } = divide(entry.item.body);
      handlers.item(entry.item, own, rest);
    } else {
      const first = entry.content.findIndex(holdsItems);
      handlers.bullet(entry.content.slice(0, first), list.ordered ? `${list.start + i}.` : "•", shift);
      walkBlocks(entry.content.slice(first), handlers, shift + BULLET);
    }
  });
  flush(list.entries.length);
}

/** What stands in an item's own row, and what comes after it: from the first nested item on. */
function divide(body: readonly Block[]): { own: readonly Block[]; rest: readonly Block[] } {
  const first = body.findIndex(holdsItems);
  const block = body[first];
  if (!block) return { own: body, rest: [] };
  const own = body.slice(0, first);
  const rest = body.slice(first);
  if (block.type !== "list") return { own, rest };
  const bullets = block.entries.findIndex(entryHoldsItems);
  if (bullets <= 0) return { own, rest };
  return {
    own: [...own, { ...block, entries: block.entries.slice(0, bullets) }],
    rest: [
      { ...block, start: block.start + bullets, entries: block.entries.slice(bullets) },
      ...rest.slice(1),
    ],
  };
}

/** Items that stand directly in a section, nested ones too, but not those of sections inside it. */
export function directItems(blocks: readonly Block[]): Item[] {
  const items: Item[] = [];
  const visit = (inner: readonly Block[]): void => {
    walkBlocks(inner, {
      text: () => undefined,
      bullet: () => undefined,
      summary: () => undefined,
      section: () => undefined,
      item: (item, _, rest) => {
        items.push(item);
        visit(rest);
      },
    });
  };
  visit(blocks);
  return items;
}
