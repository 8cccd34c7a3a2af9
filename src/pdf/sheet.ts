/** A checklist as a sheet to be filled in by hand or on screen. */
import { FIELDS_FILE } from "../model/blank.ts";
import type { Checklist } from "../model/checklist.ts";
import { showLocal } from "../model/instant.ts";
import { outlineOf } from "../model/outline.ts";
import type { ProseContext } from "./command.ts";
import { Document, PAPER } from "./document.ts";
import { Flow } from "./flow.ts";
import { parseFonts } from "./fonts.ts";
import { drawFurniture, frameFor, type Identity } from "./furniture.ts";
import {
  hasTemplates,
  putAnnex,
  putFinalSignoffs,
  putFootnotes,
  putReview,
  putTemplates,
} from "./sheet/back.ts";
import { cardSections, putCard } from "./sheet/card.ts";
import type { Sheet, SheetOptions } from "./sheet/context.ts";
import { type Entries, type Entry, fillingOf } from "./sheet/filling.ts";
import { putFront } from "./sheet/front.ts";
import { inOrderOfTime, type Part, rolePart, sectionPart } from "./sheet/part.ts";
import { putAll } from "./sheet/sections.ts";

/** The permalink of a version: where its page stands for ever. */
function permalinkOf(url: string, id: string, version: string): string {
  return `${url}/checklists/${id}/${version}/`;
}

function identityOf(checklist: Checklist, options: SheetOptions, permalink: string, says: string): Identity {
  const product = checklist.product
    ? `${checklist.product.name} ${checklist.product.version ?? ""}`.trim()
    : "";
  return {
    title: checklist.title,
    detail: [product, `${checklist.id} ${checklist.version}`, says].filter((part) => part !== "").join(" · "),
    short: [`${checklist.id} ${checklist.version}`, says].filter((part) => part !== "").join(" · "),
    digest: checklist.digest.replace(/^sha256:/, "").slice(0, 12),
    foot: `${runOf(options)}Printed copies: check the version at ${permalink}`,
    mark: markOf(options),
  };
}

function markOf(options: SheetOptions): string | null {
  const marks = [
    ...(options.supersededBy ? ["SUPERSEDED"] : options.released === null ? ["DRAFT"] : []),
    ...(options.filled ? ["PARTIAL"] : []),
  ];
  return marks.length === 0 ? null : marks.join(" · ");
}

/** Which run fills a sheet, by its newest record; the verdict is a report's business. */
function runOf({ filled }: SheetOptions): string {
  if (!filled) return "";
  const { run } = filled;
  const digest =
    run.records
      .at(-1)
      ?.digest.replace(/^sha256:/, "")
      .slice(0, 12) ?? "";
  return `PARTIAL: run ${run.id}, record ${run.records.length}, ${digest}, as of ${showLocal(run.asOf)}.\n`;
}

/** The time of the newest record, or noon of the release day; a draft carries no date, and the format's own first day stands in for one. */
function dateOf(options: SheetOptions): Date {
  if (options.filled) return new Date(options.filled.run.asOf);
  return new Date(`${options.released ?? "2000-01-01"}T12:00:00Z`);
}

function entriesOf(checklist: Checklist, { filled, fields }: SheetOptions): Entries {
  const outline = outlineOf(checklist);
  const run: Entries = filled ? fillingOf(filled.run, checklist, { checklist, outline }) : new Map();
  return new Map<string, Entry>([...(fields ?? []), ...run]);
}

/** What is printed of a checklist, and how that is named. */
function partOf(whole: Checklist, { only, order }: SheetOptions): Part {
  const checklist = order === "time" ? inOrderOfTime(whole) : whole;
  const says = order === "time" ? "in order of time" : "";
  if (!only) return { checklist, says };
  const part = "role" in only ? rolePart(checklist, only.role) : sectionPart(checklist, only.section);
  if (!part) throw new RangeError(`there is no section '${"section" in only ? only.section : ""}'`);
  return { ...part, says: [part.says, says].filter((one) => one !== "").join(", ") };
}

function openSheet(whole: Checklist, options: SheetOptions): { sheet: Sheet; identity: Identity } {
  const permalink = permalinkOf(options.url, whole.id, whole.version);
  const { checklist, says } = partOf(whole, options);
  const identity = identityOf(checklist, options, permalink, says);
  const printed = outlineOf(checklist);
  // What the part refers to is named even where it is not printed.
  const { section, item } = outlineOf(whole);
  const outline = { ...printed, section, item };
  const document = new Document({
    fonts: parseFonts(options.fonts),
    size: PAPER[options.paper],
    ...(options.report ? { report: options.report } : {}),
    entries: entriesOf(whole, options),
    metadata: {
      title: `${checklist.title}: sign-off sheet, ${checklist.id} ${checklist.version}`,
      author: options.organisation,
      subject: checklist.description ?? `Sign-off sheet of ${checklist.id} ${checklist.version}`,
      keywords: [
        checklist.id,
        checklist.version,
        checklist.digest,
        ...(options.filled?.run.records ?? []).map(({ digest }) => digest),
        ...(options.fieldsFile ? [options.fieldsFile.digest] : []),
      ].join(", "),
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
    hasTarget: (id) => printed.section.has(id) || printed.item.has(id) || /^_note-\d+$/.test(id),
  };
  const flow = new Flow(document, frameFor(document, identity));
  const card = new Set(cardSections(outline.sections).map((section) => section.id));
  return {
    sheet: { checklist, outline, options, document, flow, prose, permalink, card, said: new Set() },
    identity,
  };
}

/** Message templates and the annex, on a page of their own or where the review ends. */
function putTail(sheet: Sheet, apart: boolean): void {
  if (apart) sheet.flow.nextPage();
  if (!sheet.options.only) putTemplates(sheet);
  putAnnex(sheet);
  sheet.flow.flush();
}

/** Templates have a page of their own, unless that costs a page: tried on another sheet, from the same place on. */
function breaksBeforeTail(sheet: Sheet, open: () => Sheet): boolean {
  if (sheet.options.only || !hasTemplates(sheet)) return false;
  sheet.flow.flush();
  const pages = (apart: boolean): number => {
    const trial = open();
    trial.flow.goTo(sheet.flow.position);
    putTail(trial, apart);
    const last = sheet.flow.pageNumber + trial.document.pages.length - 1;
    // The rollback card begins on a right-hand page.
    return last + (sheet.card.size > 0 ? last % 2 : 0);
  };
  return pages(true) <= pages(false);
}

function ignore(): void {}

/** Part of a page below which nothing else begins on the first. */
const LITTLE = 0.3;

/** What is attached beside the source: without it nobody could tell what the blanks that are left go on with. */
function dataOf({ filled, fieldsFile }: SheetOptions): { name: string; bytes: Uint8Array; says: string }[] {
  return [
    ...(filled?.records ?? []).map(({ name, bytes }) => ({
      name,
      bytes,
      says: `Record of run ${filled?.run.id}, ${name}`,
    })),
    ...(fieldsFile
      ? [{ name: FIELDS_FILE, bytes: fieldsFile.bytes, says: "Blanks that were filled before printing" }]
      : []),
  ];
}

/**
 * The sign-off sheet of one version: PDF/A-3a and PDF/UA-1, with its Markdown source inside. The same values give
 * the same bytes, whatever the day, the time zone and the machine.
 */
export async function renderSheet(whole: Checklist, options: SheetOptions): Promise<Uint8Array> {
  const { sheet, identity } = openSheet(whole, options);
  const { checklist, document, flow } = sheet;
  putFront(sheet);
  flow.flush();
  // The first page stands for itself where little of it is left.
  if (flow.pageNumber === 1 && flow.room < flow.full * LITTLE) flow.nextPage();
  putAll(sheet);
  putFinalSignoffs(sheet);
  if (!options.only) {
    putReview(sheet);
    putFootnotes(sheet);
  }
  const open = (): Sheet => openSheet(whole, { ...options, report: ignore }).sheet;
  putTail(sheet, breaksBeforeTail(sheet, open));
  putCard(sheet, cardSections(sheet.outline.sections), open);
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
  for (const { name, bytes, says } of dataOf(options)) {
    document.attach({
      name,
      bytes,
      type: "application/json",
      description: says,
      relationship: "Data",
      date: dateOf(options),
    });
  }
  return document.finish();
}
