/**
 * The thin layer over pdfkit: one document that is PDF/A-3a and PDF/UA-1 at once. pdfkit embeds fonts,
 * makes page objects and the output intent; structure, widgets, links, outline, attachments, metadata and the
 * file itself are ours, because pdfkit's break one of the two standards (see CONTRIBUTING).
 */
import { type EmbeddedFont, PDFDocument, type PDFReference } from "pdfkit";
import { type Attachment, writeAttachments } from "./attachments.ts";
import { type Face, type FontSet, inert, type Unprintable } from "./fonts.ts";
import { ObjectWriter } from "./objects.ts";
import { type Bookmark, type Place, writeDestinations, writeOutline, writePageLabels } from "./outline.ts";
import { Page } from "./page.ts";
import type { Thumbnail } from "./picture.ts";
import { showText } from "./shown.ts";
import { Element, writeTags } from "./tags.ts";
import type { Piece, Setting, Target } from "./text.ts";
import { Form, fieldPart } from "./widgets.ts";
import { type Metadata, xmpPacket } from "./xmp.ts";

export interface DocumentOptions {
  readonly fonts: FontSet;
  readonly metadata: Metadata;
  /** Width and height in points. */
  readonly size: readonly [number, number];
  readonly report?: (problem: Unprintable) => void;
  /** What stands in blanks already, by the full name of the blank: text, or whether a box is ticked. */
  readonly entries?: ReadonlyMap<string, string | boolean>;
}

export const PAPER: Readonly<Record<"a4" | "letter", readonly [number, number]>> = {
  a4: [595.28, 841.89],
  letter: [612, 792],
};

export class Document implements Setting {
  readonly fonts: FontSet;
  readonly report: (problem: Unprintable) => void;
  readonly pages: Page[] = [];
  /** The root of the structure tree. */
  readonly root = new Element("Document");
  readonly form: Form;
  readonly #entries: ReadonlyMap<string, string | boolean>;
  readonly #pdf: PDFDocument;
  readonly #writer: ObjectWriter;
  /** Width and height of a page in points. */
  readonly size: readonly [number, number];
  readonly #metadata: Metadata;
  readonly #embedded = new Map<Face, EmbeddedFont>();
  readonly #annotations: PDFReference[] = [];
  readonly #bookmarks: Bookmark[] = [];
  readonly #places = new Map<string, Place>();
  readonly #attachments: Attachment[] = [];

  constructor(options: DocumentOptions) {
    const metadata = inertMetadata(options.metadata);
    this.fonts = options.fonts;
    this.report = options.report ?? (() => undefined);
    this.size = options.size;
    this.#entries = options.entries ?? new Map();
    this.#metadata = metadata;
    this.#pdf = new PDFDocument({
      subset: "PDF/A-3a",
      pdfVersion: "1.7",
      lang: metadata.lang,
      displayTitle: true,
      autoFirstPage: false,
      bufferPages: true,
      fontLayoutCache: false,
      font: null,
      info: {
        Title: metadata.title,
        Author: metadata.author,
        Subject: metadata.subject,
        Keywords: metadata.keywords,
        Creator: metadata.creator,
        Producer: metadata.producer,
        CreationDate: metadata.date,
        ModDate: metadata.date,
      },
    });
    this.#writer = new ObjectWriter(this.#pdf);
    this.#pdf.endMetadata = () => this.#writeMetadata();
    this.form = new Form(this.#pdf, options.fonts);
  }

  /** What stands in a blank already; undefined for one that is open. */
  entry(name: readonly string[]): string | boolean | undefined {
    return this.#entries.get(name.map(fieldPart).join("."));
  }

  addPage(): Page {
    this.#pdf.addPage({ size: this.size, margin: 0 });
    const page: Page = new Page(this.#pdf.page, this.pages.length, (piece) => this.#show(page, piece));
    this.pages.push(page);
    return page;
  }

  #show(page: Page, piece: Piece): { readonly font: string; readonly operators: string } {
    const font = this.#embed(piece.face);
    page.useFont(font.id, font.ref());
    return { font: font.id, operators: showText(font, piece) };
  }

  #embed(face: Face): EmbeddedFont {
    const known = this.#embedded.get(face);
    if (known) return known;
    this.#pdf.font(face.font, face.key);
    const font = this.#pdf._font;
    // pdfkit maps glyph 0 to U+0000, which PDF/A forbids; we never draw it.
    font.unicode[0] = [0xfffd];
    // And gives it its width in the font's own units.
    font.widths[0] = font.font.getGlyph(0).advanceWidth * font.scale;
    this.#embedded.set(face, font);
    return font;
  }

  /** A link over a rectangle (from the top left corner), belonging to a Link element. */
  link(
    page: Page,
    element: Element,
    target: Target,
    says: string,
    area: readonly [number, number, number, number],
  ): void {
    const to =
      "href" in target ? { A: { S: "URI", URI: new String(target.href) } } : { Dest: new String(target.to) };
    const annotation = this.#pdf.ref({
      Type: "Annot",
      Subtype: "Link",
      Rect: page.box(...area),
      Border: [0, 0, 0],
      F: 4,
      Contents: new String(inert(says)),
      ...to,
    });
    this.#annotate(page, element, annotation);
  }

  /** Puts a form field's widget on a page. */
  addWidget(page: Page, element: Element, widget: PDFReference): void {
    this.#annotate(page, element, widget);
  }

  #annotate(page: Page, element: Element, annotation: PDFReference): void {
    annotation.data.P = page.reference;
    page.addAnnotation(annotation);
    element.annotate(page, annotation);
    this.#annotations.push(annotation);
  }

  bookmark(title: string, level: number, page: Page, y: number): void {
    this.#bookmarks.push({ title: inert(title), level, page: page.reference, top: page.height - y });
  }

  /** Names a place, for links and for addresses with `#name`. */
  destination(name: string, page: Page, y: number): void {
    if (!this.#places.has(name)) this.#places.set(name, { page: page.reference, top: page.height - y });
  }

  hasDestination(name: string): boolean {
    return this.#places.has(name);
  }

  attach(attachment: Attachment): void {
    this.#attachments.push(attachment);
  }

  /** An image object for `Page.image`. */
  image({ width, height, channels, bytes, jpeg }: Thumbnail): PDFReference {
    const reference = this.#pdf.ref({
      Type: "XObject",
      Subtype: "Image",
      Width: width,
      Height: height,
      ColorSpace: channels === 1 ? "DeviceGray" : "DeviceRGB",
      BitsPerComponent: 8,
      ...(jpeg ? { Filter: "DCTDecode" } : {}),
    });
    reference.compress = !jpeg;
    reference.end(bytes);
    return reference;
  }

  #writeMetadata(): void {
    const reference = this.#pdf.ref({ Type: "Metadata", Subtype: "XML" });
    reference.compress = false;
    reference.end(new TextEncoder().encode(xmpPacket(this.#metadata)));
    this.#pdf._root.data.Metadata = reference;
  }

  /** The finished file. The document cannot be used afterwards. */
  async finish(): Promise<Uint8Array> {
    const pdf = this.#pdf;
    for (const page of this.pages) page.finish();
    writeTags(pdf, this.root, this.pages);
    for (const annotation of this.#annotations) annotation.end();
    writeOutline(pdf, this.#bookmarks);
    writePageLabels(pdf);
    const names: Record<string, unknown> = {};
    writeDestinations(names, this.#places);
    writeAttachments(pdf, names, this.#attachments);
    const tree = pdf._root.data.Names;
    if (!isReference(tree)) throw new Error("pdfkit has no name tree");
    tree.data = names;
    pdf.end();
    this.form.finish(pdf._root.data);
    return this.#writer.finish();
  }
}

function inertMetadata(metadata: Metadata): Metadata {
  const { title, author, subject, keywords, creator, producer } = metadata;
  return {
    ...metadata,
    title: inert(title),
    author: inert(author),
    subject: inert(subject),
    keywords: inert(keywords),
    creator: inert(creator),
    producer: inert(producer),
  };
}

function isReference(value: unknown): value is PDFReference {
  return typeof value === "object" && value !== null && "data" in value;
}
