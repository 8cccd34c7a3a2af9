/** Sections in order: what is demanded before them, their content, decisions, signatures, reasons. */
import type { Section } from "../../model/checklist.ts";
import { lazy, type Tag } from "../lazy.ts";
import { directItems } from "../walk.ts";
import { isTicked } from "./cells.ts";
import type { Sheet } from "./context.ts";
import { putReasons } from "./reasons.ts";
import { decisionBox, putSignoffs, textBox } from "./signs.ts";
import { SectionWriter } from "./writer.ts";

/** Roles whose sections have pages of their own at the end. */
export function isDeferred(section: Section): boolean {
  return section.role === "templates" || section.role === "review";
}

/** Items of a section and all below it that have boxes, without what stands on the card or on pages of its own. */
function tickedWithin(section: Section, sheet: Sheet): number {
  const below = sheet.outline.sections.filter(
    (inner) => inner.parent === section.id && !isElsewhere(inner, sheet),
  );
  const own = directItems(section.content).filter((item) => isTicked(item) && item.role !== "triggers");
  return below.reduce((sum, inner) => sum + tickedWithin(inner, sheet), own.length);
}

function isElsewhere(section: Section, sheet: Sheet): boolean {
  return sheet.card.has(section.id) || isDeferred(section);
}

function onCard(sheet: Sheet, section: Section): boolean {
  for (let at: Section | undefined = section; at; at = sheet.outline.section.get(at.parent ?? ""))
    if (sheet.card.has(at.id)) return true;
  return false;
}

/** What is asked before a section may begin. */
function pausesBefore(sheet: Sheet, section: Section, parent: Tag): void {
  const signoffs = sheet.checklist.signoffs.filter((signoff) => signoff.before === section.id);
  putSignoffs(
    sheet,
    signoffs,
    `Pause point: ${section.number} ${section.text} may begin only when these have signed`,
    parent,
  );
}

/** A section in its place: a reference where its rows stand elsewhere. */
export function putSection(sheet: Sheet, section: Section, parent: Tag, level: number): void {
  if (isDeferred(section) && level === 2) return;
  pausesBefore(sheet, section, parent);
  const element = lazy(() => parent().add("Sect"));
  if (sheet.card.has(section.id)) {
    sheet.flow.put(
      textBox(sheet, `${section.number} ${section.text}: on the rollback card, the last leaf.`, element, {
        bold: true,
        before: 8,
      }),
    );
  } else putContent(sheet, section, element, level);
  const after = sheet.checklist.signoffs.filter((signoff) => signoff.after === section.id);
  putSignoffs(sheet, after, `${section.number} ${section.text} is done: these sign for it`, element);
  if (level === 2 && !sheet.card.has(section.id))
    putReasons(sheet, section, tickedWithin(section, sheet), element);
}

/** The document as it comes: text before the first heading, and the outermost sections. */
export function putAll(sheet: Sheet): void {
  const { content } = sheet.checklist;
  const writer = new SectionWriter(sheet, {
    parent: () => sheet.document.root,
    level: 1,
    content,
    items: [],
    putInner: putSection,
  });
  writer.blocks(content);
  writer.close();
}

/** The section itself, wherever it is printed. */
export function putContent(sheet: Sheet, section: Section, element: Tag, level: number): void {
  // Outermost sections have their times, and what is planned; the rollback card has its clock at the head.
  const timed = section.duration !== null || (level === 2 && tickedWithin(section, sheet) > 0);
  const times = section.role !== "reference" && timed && !onCard(sheet, section);
  const writer = new SectionWriter(sheet, {
    parent: element,
    level,
    content: section.content,
    items: directItems(section.content),
    putInner: putSection,
  });
  writer.heading(section, times);
  writer.blocks(section.content);
  writer.close();
  if (asksDecision(section, sheet)) sheet.flow.put(decisionBox(sheet, section, element));
}

/** The outermost section that decides has the decision at its end; so have triggers. */
function asksDecision(section: Section, sheet: Sheet): boolean {
  if (section.role !== "decision" && section.role !== "triggers") return false;
  const around = section.parent === null ? undefined : sheet.outline.section.get(section.parent);
  return around?.role !== section.role;
}
