/** What the handlers of one document share while it is rendered. */
import type { Element, ElementContent } from "hast";
import type { Block, Checklist, Item, Section } from "../model/checklist.ts";
import { type Outline, outlineOf } from "../model/outline.ts";
import type { Words } from "../model/words.ts";
import type { LinkRules } from "./links.ts";

export interface Rendering {
  readonly checklist: Checklist;
  readonly outline: Outline;
  readonly links: LinkRules;
  /** Level of the heading of a section that stands at the top of the document. */
  readonly topLevel: number;
  /** What stands around the author's text, in its language; English in a report, which reads the same everywhere. */
  readonly words: Words;
  readonly blocks: (blocks: readonly Block[]) => ElementContent[];
  readonly item: (item: Item) => Element;
  readonly section: (section: Section) => ElementContent[];
  /** The id as an attribute, once a document: an id that was given already is not given again. */
  readonly anchor: (id: string) => { readonly id?: string };
}

/** What differs between the checklist's own page and a report. */
export type Handlers = Pick<Rendering, "links" | "topLevel" | "words"> & {
  readonly block: (block: Block, rendering: Rendering) => ElementContent[];
  readonly item: (item: Item, rendering: Rendering) => Element;
  readonly section: (section: Section, rendering: Rendering) => ElementContent[];
};

export function startRendering(checklist: Checklist, handlers: Handlers): Rendering {
  const given = new Set<string>();
  const rendering: Rendering = {
    checklist,
    outline: outlineOf(checklist),
    links: handlers.links,
    topLevel: handlers.topLevel,
    words: handlers.words,
    blocks: (blocks) => blocks.flatMap((block) => handlers.block(block, rendering)),
    item: (item) => handlers.item(item, rendering),
    section: (section) => handlers.section(section, rendering),
    anchor: (id) => {
      if (given.has(id)) return {};
      given.add(id);
      return { id };
    },
  };
  return rendering;
}
