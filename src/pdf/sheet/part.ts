/** A part of a checklist for a sheet of its own, and its sections in order of time. */
import type { Block, Checklist, Entry, Item, Section, Timing } from "../../model/checklist.ts";
import { nanosOf } from "../../model/duration.ts";
import { outlineOf } from "../../model/outline.ts";

export interface Part {
  readonly checklist: Checklist;
  /** For the head of every page: "only 3.2 Database migration". */
  readonly says: string;
}

/** One section with all that stands in it, and the signatures around it; null where there is none of this id. */
export function sectionPart(checklist: Checklist, id: string): Part | null {
  const { section: known } = outlineOf(checklist);
  const section = known.get(id);
  if (!section) return null;
  const inside = (at: string | null): boolean => {
    for (let one = known.get(at ?? ""); one; one = known.get(one.parent ?? ""))
      if (one === section) return true;
    return false;
  };
  return {
    checklist: {
      ...checklist,
      content: [{ type: "section", section }],
      signoffs: checklist.signoffs.filter(({ before, after }) => inside(before) || inside(after)),
      footnotes: [],
    },
    says: `only ${section.number} ${section.text}`.trim(),
  };
}

/** Everybody who owns an item or signs, as the checklist names them. */
export function rolesOf(checklist: Checklist): string[] {
  const owners = outlineOf(checklist).items.flatMap(({ owner }) => owner ?? []);
  return [...new Set([...owners, ...checklist.signoffs.map(({ role }) => role)])].sort();
}

/** The items that a role owns, under their headings, and what it signs. */
export function rolePart(checklist: Checklist, role: string): Part {
  const owned = (item: Item): boolean => item.owner === role;
  return {
    checklist: {
      ...checklist,
      content: kept(checklist.content, owned),
      signoffs: checklist.signoffs.filter((signoff) => signoff.role === role),
      footnotes: [],
    },
    says: `only ${role}`,
  };
}

/** Blocks with items that are wanted; an item stays for those below it. Text of sections stays with them. */
function kept(blocks: readonly Block[], wanted: (item: Item) => boolean): Block[] {
  return blocks.flatMap((block): Block[] => {
    switch (block.type) {
      case "section": {
        const section = keptSection(block.section, wanted);
        return section ? [{ ...block, section }] : [];
      }
      case "list": {
        const entries = block.entries.flatMap((entry) => keptEntry(entry, wanted));
        return entries.length > 0 ? [{ ...block, entries }] : [];
      }
      case "quote":
      case "details": {
        const content = kept(block.content, wanted);
        return content.length > 0 ? [{ ...block, content }] : [];
      }
      default:
        return [];
    }
  });
}

function keptEntry(entry: Entry, wanted: (item: Item) => boolean): Entry[] {
  if (entry.type === "item") {
    if (wanted(entry.item)) return [entry];
    const body = kept(entry.item.body, wanted);
    return body.length > 0 ? [{ ...entry, item: { ...entry.item, body } }] : [];
  }
  if (entry.type === "section") {
    const section = keptSection(entry.section, wanted);
    return section ? [{ ...entry, section }] : [];
  }
  const content = kept(entry.content, wanted);
  return content.length > 0 ? [{ ...entry, content }] : [];
}

function keptSection(section: Section, wanted: (item: Item) => boolean): Section | null {
  const content = kept(section.content, wanted);
  return content.length > 0 ? { ...section, content } : null;
}

const STAGES = ["before", "change", "after"] as const;
const ANCHORS: readonly Timing["anchor"][] = ["target", "start", "live", "rollback"];

interface Moment {
  readonly stage: number;
  readonly anchor: number;
  readonly nanos: bigint;
}

/** When a section begins, as far as the checklist says: its stage, then its offset. */
function momentOf({ stage, timing }: Section): Moment | null {
  const when = timing.at ?? timing.notBefore ?? timing.due;
  if (when === null) return null;
  return {
    stage: stage === null ? 1 : STAGES.indexOf(stage),
    anchor: ANCHORS.indexOf(timing.anchor),
    nanos: nanosOf(when),
  };
}

function compare(a: Moment, b: Moment): number {
  return a.stage - b.stage || a.anchor - b.anchor || (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0);
}

/** The same checklist with the sections beside each other in order of time; one without a time stays behind the one before it. */
export function inOrderOfTime(checklist: Checklist): Checklist {
  return { ...checklist, content: ordered(checklist.content) };
}

function ordered(blocks: readonly Block[]): Block[] {
  const text = blocks.filter((block) => block.type !== "section");
  const groups: { readonly moment: Moment | null; readonly sections: Block[] }[] = [];
  for (const block of blocks) {
    if (block.type !== "section") continue;
    const moment = momentOf(block.section);
    const inner = { ...block, section: { ...block.section, content: ordered(block.section.content) } };
    const last = groups.at(-1);
    if (moment === null && last) last.sections.push(inner);
    else groups.push({ moment, sections: [inner] });
  }
  // Sections before the first that has a time stay where they are.
  const [first, ...rest] = groups;
  const timed = first?.moment ? groups : rest;
  const sorted = timed.toSorted((a, b) => (a.moment && b.moment ? compare(a.moment, b.moment) : 0));
  const leading = first && !first.moment ? first.sections : [];
  return [...text, ...leading, ...sorted.flatMap(({ sections }) => sections)];
}
