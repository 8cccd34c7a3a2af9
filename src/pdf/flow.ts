/**
 * Layout by measuring: everything is a box with a known height before it is put on a page. Boxes that must stay
 * together move to the next page together; only what is higher than a page is ever divided.
 */
import type { Document } from "./document.ts";
import type { Page } from "./page.ts";

export interface Box {
  readonly height: number;
  /** Space above, dropped at the top of a page. */
  readonly before?: number;
  /** Stands on the same page as what follows. */
  readonly keep?: boolean;
  draw(page: Page, x: number, y: number): void;
  /** The parts of a box that may be divided when it is higher than a page. */
  readonly parts?: readonly Box[];
  /** Stands on the same page as what is before it, unless that is high. */
  readonly follows?: boolean;
  /** May be divided on any page of which much would be left empty, not only where it is higher than one. */
  readonly loose?: boolean;
}

/** Where text stands on a page. `begin` draws what lies under it. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  begin?(page: Page): void;
}

/** More than this part of a page is not left empty for the sake of a box that may be divided. */
const MUCH = 0.25;
/** Lines of a divided box that stay together at its beginning and at its end. */
const TOGETHER = 3;

/** Room for rounding. */
const TOLERANCE = 0.01;

function heightOf(boxes: readonly Box[], atTop: boolean, air = 1): number {
  return boxes.reduce((sum, box, i) => sum + box.height + (i === 0 && atTop ? 0 : gapOf(box, air)), 0);
}

/** Space above a box. What is drawn beside the box before it stays there. */
function gapOf({ before = 0 }: Box, air: number): number {
  return before > 0 ? before * air : before;
}

/** The first lines as one part, and the last. */
function withoutWidows(parts: readonly Box[]): readonly Box[] {
  if (parts.length < 3 * TOGETHER) return parts;
  const [first, last] = [parts.slice(0, TOGETHER), parts.slice(-TOGETHER)];
  return [stack(first), ...parts.slice(TOGETHER, -TOGETHER), stack(last)];
}

export class Flow {
  readonly document: Document;
  readonly frame: Frame;
  /** What becomes of the space between boxes: 1 leaves it as it is. */
  air = 1;
  #page: Page;
  #y: number;
  #pending: Box[] = [];
  /** Complete, and kept back until it is known whether something follows it; with the head of its table. */
  #held: { readonly boxes: readonly Box[]; readonly head: Box | null } | null = null;
  #head: Box | null = null;

  constructor(document: Document, frame: Frame) {
    this.document = document;
    this.frame = frame;
    this.#page = this.#open();
    this.#y = frame.top;
  }

  get width(): number {
    const [page] = this.document.pages;
    return (page?.width ?? 0) - this.frame.left - this.frame.right;
  }

  /** Height of an empty page. */
  get full(): number {
    return this.#page.height - this.frame.top - this.frame.bottom;
  }

  get #atTop(): boolean {
    return this.#y <= this.frame.top + TOLERANCE;
  }

  /** What is left of the page. */
  get room(): number {
    this.flush();
    return this.#room;
  }

  get #room(): number {
    return this.#page.height - this.frame.bottom - this.#y + TOLERANCE;
  }

  #open(): Page {
    const page = this.document.addPage();
    this.frame.begin?.(page);
    this.#y = this.frame.top;
    return page;
  }

  /** Goes on at the top of a new page, unless it is there already. */
  nextPage(): void {
    this.flush();
    if (!this.#atTop) this.#page = this.#open();
  }

  /** The number of the page that is being filled, from 1. */
  get pageNumber(): number {
    this.flush();
    return this.#page.number + 1;
  }

  /** Distance from the top of the page at which the next box would stand. */
  get position(): number {
    this.flush();
    return this.#y;
  }

  /** Goes on at a distance from the top of the page. */
  goTo(position: number): void {
    this.flush();
    this.#y = position;
  }

  /** A table head to be drawn again on top of every page until it is taken away. */
  runningHead(head: Box | null): void {
    if (this.#pending.length > 0) this.flush();
    this.#head = head;
  }

  put(...boxes: readonly Box[]): void {
    for (const box of boxes) {
      if (
        box.follows &&
        this.#pending.length === 0 &&
        this.#held &&
        heightOf(this.#held.boxes, true, this.air) < this.full * MUCH
      )
        this.#held = { ...this.#held, boxes: [...this.#held.boxes, box] };
      else {
        this.#pending.push(box);
        if (!box.keep) this.#hold();
      }
    }
  }

  /** Places what is waiting for something to stay together with. Whoever puts the last box says so with this. */
  flush(): void {
    if (this.#pending.length > 0) this.#hold();
    this.#placeHeld();
  }

  #hold(): void {
    this.#placeHeld();
    this.#held = { boxes: this.#pending, head: this.#head };
    this.#pending = [];
  }

  #placeHeld(): void {
    if (!this.#held) return;
    const { boxes: group, head } = this.#held;
    this.#held = null;
    const divided = group.at(-1)?.loose && this.#room > this.full * MUCH;
    if (heightOf(group, this.#atTop, this.air) > this.#room && !this.#atTop && !divided) this.#break(head);
    if (heightOf(group, this.#atTop, this.air) <= this.#room) {
      for (const box of group) this.#place(box);
    } else this.#spread(group, head);
  }

  #break(head: Box | null): void {
    this.#page = this.#open();
    if (head) this.#place(head);
  }

  /** Boxes that do not fit a page together go one by one, and divided where one alone does not. */
  #spread(group: readonly Box[], head: Box | null): void {
    for (const box of group) {
      if (heightOf([box], this.#atTop, this.air) <= this.#room) this.#place(box);
      else if (box.parts && (box.height > this.full || (box.loose && this.#room > this.full * MUCH)))
        this.#spread(box.loose ? withoutWidows(box.parts) : box.parts, head);
      else {
        this.#break(head);
        if (heightOf([box], true) <= this.#room || !box.parts) this.#place(box);
        else this.#spread(box.parts, head);
      }
    }
  }

  #place(box: Box): void {
    if (!this.#atTop) this.#y += gapOf(box, this.air);
    box.draw(this.#page, this.frame.left, this.#y);
    this.#y += box.height;
  }
}

/** Boxes on top of each other as one that is not divided while it fits a page. */
export function stack(
  boxes: readonly Box[],
  options: { readonly before?: number; readonly keep?: boolean } = {},
): Box {
  return {
    height: heightOf(boxes, true),
    before: options.before ?? 0,
    keep: options.keep ?? false,
    parts: boxes.flatMap((box) => box.parts ?? [box]),
    draw(page, x, y) {
      let at = y;
      boxes.forEach((box, i) => {
        if (i > 0) at += box.before ?? 0;
        box.draw(page, x, at);
        at += box.height;
      });
    },
  };
}

/** Boxes beside each other, each at its distance from the left; divided, they go line by line. */
export function beside(columns: readonly { readonly box: Box; readonly x: number }[]): Box {
  const rows = columns.map(({ box, x }) => (box.parts ?? [box]).map((part) => indent(part, x)));
  const parts = Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, i): Box => {
    const row = rows.flatMap((each) => each[i] ?? []);
    return {
      height: Math.max(...row.map((part) => part.height)),
      draw: (page, x, y) => {
        for (const part of row) part.draw(page, x, y);
      },
    };
  });
  return {
    height: Math.max(...columns.map(({ box }) => box.height)),
    parts,
    draw(page, x, y) {
      for (const column of columns) column.box.draw(page, x + column.x, y);
    },
  };
}

/** The same box further to the right. */
export function indent(box: Box, by: number): Box {
  const moved: Box = { ...box, draw: (page, x, y) => box.draw(page, x + by, y) };
  return box.parts ? { ...moved, parts: box.parts.map((part) => indent(part, by)) } : moved;
}

export function space(height: number): Box {
  return { height, draw: () => undefined };
}
