/** A checklist as a sheet to be filled in by hand or on screen. */
import type { Block, Checklist, Section } from "../model/checklist.ts";
import { outlineOf } from "../model/outline.ts";
import type { ProseContext } from "./command.ts";
import { Document, PAPER } from "./document.ts";
import { Flow } from "./flow.ts";
import { parseFonts } from "./fonts.ts";
import { drawFurniture, frameFor, type Identity } from "./furniture.ts";
import { proseBoxes } from "./prose.ts";
import { putAnnex, putFinalSignoffs, putFootnotes, putReview, putTemplates } from "./sheet/back.ts";
import { cardSections, putCard } from "./sheet/card.ts";
import type { Sheet, SheetOptions } from "./sheet/context.ts";
import { putFront } from "./sheet/front.ts";
import { putSection } from "./sheet/sections.ts";

/** The permalink of a version: where its page stands for ever. */
function permalinkOf(url: string, id: string, version: string): string {
  return `${url}/checklists/${id}/${version}/`;
}

function identityOf(checklist: Checklist, options: SheetOptions, permalink: string): Identity {
  const product = checklist.product
    ? `${checklist.product.name} ${checklist.product.version ?? ""}`.trim()
    : "";
  return {
    title: checklist.title,
    detail: [product, `${checklist.id} ${checklist.version}`].filter((part) => part !== "").join(" · "),
    digest: checklist.digest.replace(/^sha256:/, "").slice(0, 12),
    foot: `Printed copies: check the version at ${permalink}`,
    mark: markOf(options),
  };
}

function markOf(options: SheetOptions): string | null {
  if (options.supersededBy) return "SUPERSEDED";
  return options.released === null ? "DRAFT" : null;
}

/** Noon of the release day; a draft carries no date, and the format's own first day stands in for one. */
function dateOf(options: SheetOptions): Date {
  return new Date(`${options.released ?? "2000-01-01"}T12:00:00Z`);
}

function openSheet(checklist: Checklist, options: SheetOptions): { sheet: Sheet; identity: Identity } {
  const permalink = permalinkOf(options.url, checklist.id, checklist.version);
  const identity = identityOf(checklist, options, permalink);
  const outline = outlineOf(checklist);
  const document = new Document({
    fonts: parseFonts(options.fonts),
    size: PAPER[options.paper],
    ...(options.report ? { report: options.report } : {}),
    metadata: {
      title: `${checklist.title}: sign-off sheet, ${checklist.id} ${checklist.version}`,
      author: options.organisation,
      subject: checklist.description ?? `Sign-off sheet of ${checklist.id} ${checklist.version}`,
      keywords: [checklist.id, checklist.version, checklist.digest].join(", "),
      creator: `Countersign ${options.tool}`,
      producer: `Countersign ${options.tool} with PDFKit`,
      lang: checklist.lang,
      date: dateOf(options),
    },
  });
  const prose: ProseContext = {
    document,
    blanks: true,
    field: (id) => {
      const field = checklist.fields.find((each) => each.id === id);
      return field ? { name: ["field", id], label: field.label } : null;
    },
    hasTarget: (id) => outline.section.has(id) || outline.item.has(id) || /^_note-\d+$/.test(id),
  };
  const flow = new Flow(document, frameFor(document, identity));
  const card = new Set(cardSections(outline.sections).map((section) => section.id));
  return {
    sheet: { checklist, outline, options, document, flow, prose, permalink, card, said: new Set() },
    identity,
  };
}

/** The root of a checklist has no heading: its text and its sections follow each other. */
function topOf(checklist: Checklist): { text: Block[]; sections: Section[] } {
  const text: Block[] = [];
  const sections: Section[] = [];
  for (const block of checklist.content) {
    if (block.type !== "section") text.push(block);
    else if (block.section.id === "_root") {
      for (const inner of block.section.content) {
        if (inner.type === "section") sections.push(inner.section);
        else text.push(inner);
      }
    } else sections.push(block.section);
  }
  return { text, sections };
}

/**
 * The sign-off sheet of one version: PDF/A-3a and PDF/UA-1, with its Markdown source inside. The same values give
 * the same bytes, whatever the day, the time zone and the machine.
 */
export async function renderSheet(checklist: Checklist, options: SheetOptions): Promise<Uint8Array> {
  const { sheet, identity } = openSheet(checklist, options);
  const { document, flow } = sheet;
  putFront(sheet);
  flow.flush();
  if (flow.pageNumber === 1) flow.nextPage();
  const { text, sections } = topOf(checklist);
  flow.put(...proseBoxes(sheet.prose, text, () => document.root, flow.width));
  for (const section of sections) putSection(sheet, section, () => document.root, 2);
  putFinalSignoffs(sheet);
  putReview(sheet);
  putFootnotes(sheet);
  putAnnex(sheet);
  putTemplates(sheet);
  putCard(sheet, cardSections(sheet.outline.sections));
  flow.flush();
  drawFurniture(document, flow.frame, identity);
  document.attach({
    name: "source.md",
    bytes: options.source,
    type: "text/markdown",
    description: `The Markdown source of ${checklist.id} ${checklist.version}, ${checklist.digest}`,
    relationship: "Source",
    date: dateOf(options),
  });
  return document.finish();
}
