/** Tables: heads with scope that repeat on every page, rows that never split, hairlines between them. */
import type { Document } from "./document.ts";
import type { Box, Flow } from "./flow.ts";
import type { Tag } from "./lazy.ts";
import type { Page } from "./page.ts";
import { baseline, LineDrawer } from "./paragraph.ts";
import { BODY, GRAY, SMALL, type Type } from "./scale.ts";
import type { Element } from "./tags.ts";
import { type Line, type Span, setText, widthOf } from "./text.ts";

export interface Column {
  readonly head: string;
  /** Points, or a share of what is left over. */
  readonly width: number | { readonly share: number };
  readonly align?: "left" | "right" | "center";
}

/** A cell: text, and what is to be written or ticked in it. */
export interface Cell {
  readonly spans: readonly Span[];
  /** Draws marks, boxes and widgets over the cell, after its text. */
  readonly draw?: (
    page: Page,
    area: { x: number; y: number; width: number; height: number },
    element: Element,
  ) => void;
}

export interface TableOptions {
  readonly width: number;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly type?: Type;
  /** The least height of a row, for tables that are written in. */
  readonly least?: number;
  /** Column whose cells are row heads. */
  readonly rowHead?: number;
  /** Vertical hairlines between columns, for tables that are written in. */
  readonly grid?: boolean;
  readonly before?: number;
}

const GAP = 8;
const PAD = 2.5;

/** Widths in points; shares divide what fixed columns leave. */
export function columnWidths(columns: readonly Column[], width: number): number[] {
  const fixed = columns.reduce((sum, { width: w }) => sum + (typeof w === "number" ? w : 0), 0);
  const shares = columns.reduce((sum, { width: w }) => sum + (typeof w === "number" ? 0 : w.share), 0);
  return columns.map(({ width: w }) => (typeof w === "number" ? w : ((width - fixed) * w.share) / shares));
}

interface SetCell {
  readonly lines: readonly Line[];
  readonly x: number;
  readonly width: number;
  readonly align: "left" | "right" | "center";
}

function setCells(document: Document, cells: readonly (readonly Span[])[], options: TableOptions): SetCell[] {
  const widths = columnWidths(options.columns, options.width);
  let x = 0;
  return cells.map((spans, i) => {
    const width = widths[i] ?? 0;
    const inner = Math.max(width - (i === cells.length - 1 ? 0 : GAP), 1);
    const lines = spans.length > 0 ? setText(spans, inner, document) : [];
    const cell = { lines, x, width: inner, align: options.columns[i]?.align ?? "left" };
    x += width;
    return cell;
  });
}

function shift(cell: SetCell, line: Line): number {
  if (cell.align === "left") return 0;
  return (cell.width - line.width) / (cell.align === "right" ? 1 : 2);
}

function drawCells(
  cells: readonly SetCell[],
  type: Type,
  each: (cell: number, line: Line, x: number, y: number) => void,
): void {
  cells.forEach((cell, i) => {
    cell.lines.forEach((line, n) => {
      each(i, line, cell.x + shift(cell, line), n * type.leading + baseline(line, type.leading));
    });
  });
}

function headBox(document: Document, table: Tag, options: TableOptions): Box {
  const spans = options.columns.map(({ head }): Span[] =>
    head === "" ? [] : [{ text: head, style: "regular", size: SMALL.size, gray: GRAY.text }],
  );
  const cells = setCells(document, spans, options);
  const lines = Math.max(1, ...cells.map((cell) => cell.lines.length));
  const height = lines * SMALL.leading + PAD;
  let drawn = false;
  return {
    height,
    before: options.before ?? 0,
    keep: true,
    draw(page, x, y) {
      page.artifact(() => page.line(x, y + height, x + options.width, y + height, { weight: 0.8 }));
      if (drawn) {
        page.artifact(() =>
          drawCells(cells, SMALL, (_, line, dx, dy) => page.text(line.pieces, x + dx, y + dy)),
        );
        return;
      }
      drawn = true;
      const row = table().add("TR");
      const heads = cells.map(() => row.add("TH", { scope: "Column" }));
      drawCells(cells, SMALL, (i, line, dx, dy) => {
        const head = heads[i];
        if (head) page.tagged(head, () => page.text(line.pieces, x + dx, y + dy));
      });
    },
  };
}

function rowBox(document: Document, table: Tag, cells: readonly Cell[], options: TableOptions): Box {
  const type = options.type ?? BODY;
  const set = setCells(
    document,
    cells.map((cell) => cell.spans),
    options,
  );
  const lines = Math.max(1, ...set.map((cell) => cell.lines.length));
  const height = Math.max(options.least ?? 0, lines * type.leading + 2 * PAD);
  // Where rows are written in, printed text stands in the middle.
  const start = (cell: SetCell): number =>
    options.least === undefined ? PAD : Math.max(PAD, (height - cell.lines.length * type.leading) / 2);
  const widths = columnWidths(options.columns, options.width);
  return {
    height,
    draw(page, x, y) {
      const row = table().add("TR");
      page.artifact(() => {
        page.line(x, y + height, x + options.width, y + height, { weight: 0.4, gray: GRAY.hair });
        if (!options.grid) return;
        for (const cell of set.slice(1)) {
          page.line(x + cell.x - GAP / 2, y, x + cell.x - GAP / 2, y + height, {
            weight: 0.4,
            gray: GRAY.hair,
          });
        }
      });
      const elements = cells.map((_, i) =>
        i === options.rowHead ? row.add("TH", { scope: "Row" }) : row.add("TD"),
      );
      const drawers = elements.map((element) => new LineDrawer(document, element));
      cells.forEach((cell, i) => {
        const place = set[i];
        const element = elements[i];
        if (!place || !element) return;
        place.lines.forEach((line, n) => {
          const at = y + start(place) + n * type.leading + baseline(line, type.leading);
          drawers[i]?.draw(page, line, x + place.x + shift(place, line), at);
        });
        cell.draw?.(
          page,
          { x: x + place.x, y, width: (widths[i] ?? 0) - (i === cells.length - 1 ? 0 : GAP), height },
          element,
        );
      });
    },
  };
}

export interface SetTable {
  readonly head: Box;
  readonly rows: readonly Box[];
}

/** Measures a table. Its element is made when the head is drawn. */
export function setTable(document: Document, parent: Tag, options: TableOptions): SetTable {
  let element: Element | undefined;
  const table = (): Element => {
    element ??= parent().add("Table");
    return element;
  };
  const rows = options.rows.map((cells) => rowBox(document, table, cells, options));
  return { head: headBox(document, table, options), rows };
}

/** A table of at most this part of a page is not divided. */
const TOGETHER = 0.3;

/** Puts a table on the page; its head repeats where it goes on. */
export function putTable(flow: Flow, parent: Tag, options: TableOptions): void {
  const { head, rows } = setTable(flow.document, parent, options);
  const height = rows.reduce((sum, row) => sum + row.height, head.height);
  const together = height <= flow.full * TOGETHER;
  flow.put(head);
  rows.forEach((row, i) => {
    flow.put(together && i < rows.length - 1 ? { ...row, keep: true } : row);
    if (!together && i === 0) flow.runningHead(head);
  });
  flow.runningHead(null);
}

/** Shares for columns of text: by their natural width, none narrower than its longest word. */
export function naturalColumns(
  document: Document,
  heads: readonly string[],
  rows: readonly (readonly (readonly Span[])[])[],
  width: number,
): Column[] {
  const measure = (text: string, size: number): number =>
    widthOf(document.fonts.primary("regular"), text, size);
  const natural = heads.map((head, i) => {
    const cells = rows.map((row) => (row[i] ?? []).map((span) => span.text).join(""));
    const widest = Math.max(measure(head, SMALL.size), ...cells.map((text) => measure(text, BODY.size)));
    const words = [head, ...cells]
      .flatMap((text) => text.split(/\s+/))
      .map((word) => measure(word, BODY.size));
    return { least: Math.min(Math.max(20, ...words) + GAP, width / heads.length), widest: widest + GAP };
  });
  const total = natural.reduce((sum, { widest }) => sum + widest, 0);
  if (total <= width) return heads.map((head, i) => ({ head, width: { share: natural[i]?.widest ?? 1 } }));
  const least = natural.reduce((sum, each) => sum + each.least, 0);
  const spare = Math.max(0, width - least);
  const wanted = natural.reduce((sum, each) => sum + Math.max(0, each.widest - each.least), 0) || 1;
  return heads.map((head, i) => {
    const each = natural[i] ?? { least: 20, widest: 20 };
    return { head, width: { share: each.least + (spare * Math.max(0, each.widest - each.least)) / wanted } };
  });
}
