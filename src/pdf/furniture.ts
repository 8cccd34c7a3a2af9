/** What stands on every page: who this document is, which page it is, where to check it; a mark across it. */
import type { Document } from "./document.ts";
import type { Frame } from "./flow.ts";
import type { Page } from "./page.ts";
import { GRAY, mm, SMALL } from "./scale.ts";
import { type Line, type Span, setLine, setText } from "./text.ts";

export interface Identity {
  /** In bold at the head: the title. */
  readonly title: string;
  /** After it: id, version, or the run. */
  readonly detail: string;
  /** The same without what can be left out, where the title is long. */
  readonly short?: string;
  /** At the right of the head, before "page X of Y". */
  readonly digest: string;
  readonly foot: string;
  /** Across each page, under the text: DRAFT, INTERIM, SUPERSEDED. */
  readonly mark: string | null;
}

/** Size of a mark across the page, and how long it may be. */
const MARK = 150;
const ACROSS = 690;

const HEAD = mm(9);
const FOOT = mm(8);

/** Margins for a punched binder: wider at the left. A foot of two lines takes its room from the text. */
export function frameFor(document: Document, identity: Identity): Frame {
  const { mark } = identity;
  const side = { left: mm(20), right: mm(13) };
  const foot = footOf(document, identity, document.size[0] - side.left - side.right).length;
  const frame = { ...side, top: mm(16), bottom: mm(13.5) + (foot - 1) * SMALL.leading };
  if (mark === null) return frame;
  const span: Span = { text: mark, style: "bold", size: MARK, gray: 0.92 };
  const wide = setLine([span], document).width;
  // A long mark still stands on the page whole, across it.
  const line = setLine([{ ...span, size: MARK * Math.min(1, ACROSS / wide) }], document);
  return {
    ...frame,
    begin: (page) =>
      page.artifact(() => page.turned(line, { x: page.width / 2, y: page.height / 2 }, 52), "Watermark"),
  };
}

/** The mark at the right of the foot. */
function footMark(document: Document, { mark }: Identity): Line | null {
  return mark === null ? null : setLine([{ text: mark, style: "bold", size: SMALL.size }], document);
}

/** An address is never cut: a long one takes a second line. */
function footOf(document: Document, identity: Identity, width: number): Line[] {
  const mark = footMark(document, identity);
  const room = width - (mark ? mark.width + 12 : 0);
  return setText(
    [{ text: identity.foot, style: "regular", size: SMALL.size, gray: GRAY.text }],
    room,
    document,
  );
}

function cut(document: Document, text: string, style: Span["style"], gray: number, width: number): Line {
  let line = setLine([{ text, style, size: SMALL.size, gray }], document);
  for (let length = text.length; line.width > width && length > 0; length -= 4) {
    line = setLine(
      [{ text: `${text.slice(0, length).trimEnd()}…`, style, size: SMALL.size, gray }],
      document,
    );
  }
  return line;
}

/** Draws head and foot of all pages, once their number is known. */
export function drawFurniture(document: Document, frame: Frame, identity: Identity): void {
  const total = document.pages.length;
  const mark = footMark(document, identity);
  for (const page of document.pages) {
    const right = setLine(
      [
        { text: `${identity.digest}   `, style: "mono", size: SMALL.size, gray: GRAY.text },
        { text: `page ${page.number + 1} of ${total}`, style: "regular", size: SMALL.size },
      ],
      document,
    );
    page.artifact(() => drawHead(document, page, frame, identity, right), "Header");
    const foot = footOf(document, identity, page.width - frame.left - frame.right);
    page.artifact(() => {
      foot.forEach((line, i) => {
        page.text(line.pieces, frame.left, page.height - FOOT - (foot.length - 1 - i) * SMALL.leading);
      });
      if (mark) page.text(mark.pieces, page.width - frame.right - mark.width, page.height - FOOT);
    }, "Footer");
  }
}

function drawHead(document: Document, page: Page, frame: Frame, identity: Identity, right: Line): void {
  const end = page.width - frame.right;
  const room = end - frame.left - right.width - 16;
  // Id and version come first, what stands before them only where the title leaves room; a long title is cut.
  const said = (detail: string): Line => cut(document, detail, "regular", GRAY.text, room - 60);
  const uncut = setLine([{ text: identity.title, style: "bold", size: SMALL.size }], document);
  const whole = said(identity.detail);
  const detail =
    identity.short !== undefined && uncut.width + whole.width + 8 > room ? said(identity.short) : whole;
  const title = cut(document, identity.title, "bold", 0, room - detail.width - 8);
  const y = HEAD + SMALL.size;
  page.text(title.pieces, frame.left, y);
  page.text(detail.pieces, frame.left + title.width + 8, y);
  page.text(right.pieces, end - right.width, y);
  page.line(frame.left, y + 5, end, y + 5, { weight: 0.5, gray: GRAY.rule });
}
