/** Tables: heads with scope that repeat on every page, rows that never split, hairlines between them. */
import type { Document } from "./document.ts";
import type { Box, Flow } from "./flow.ts";
import { lazy, type Tag } from "./lazy.ts";
import type { Page } from "./page.ts";
import { baseline, LineDrawer } from "./paragraph.ts";
import { BODY, GRAY, SMALL, type Type } from "./scale.ts";
import type { Element } from "./tags.ts";
import { type Line, type Span, setText } from "./text.ts";

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
  /** Up to which part of a page the table is not divided. */
  readonly together?: number;
}

/** Between two columns. */
export const GAP = 8;
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
  const count = Math.max(1, ...set.map((cell) => cell.lines.length));
  const height = Math.max(options.least ?? 0, count * type.leading + 2 * PAD);
  // Where rows are written in, printed text stands in the middle.
  const start = (cell: SetCell): number =>
    options.least === undefined ? PAD : Math.max(PAD, (height - cell.lines.length * type.leading) / 2);
  const open = lazy((): readonly { readonly element: Element; readonly drawer: LineDrawer }[] => {
    const row = table().add("TR");
    return cells.map((_, i) => {
      const element = i === options.rowHead ? row.add("TH", { scope: "Row" }) : row.add("TD");
      return { element, drawer: new LineDrawer(document, element) };
    });
  });
  /** The lines from `from` to before `to`, the first of them at `top` of each cell. */
  const drawLines = (
    page: Page,
    x: number,
    top: (cell: SetCell) => number,
    from: number,
    to: number,
  ): void => {
    open().forEach(({ drawer }, i) => {
      const place = set[i];
      place?.lines.slice(from, to).forEach((line, n) => {
        const at = top(place) + n * type.leading + baseline(line, type.leading);
        drawer.draw(page, line, x + place.x + shift(place, line), at);
      });
    });
  };
  const drawOver = (page: Page, x: number, y: number, high: number): void => {
    open().forEach(({ element }, i) => {
      const place = set[i];
      if (place) cells[i]?.draw?.(page, { x: x + place.x, y, width: place.width, height: high }, element);
    });
  };
  const parts = Array.from({ length: count }, (_, n): Box => {
    const first = n === 0 ? PAD : 0;
    const high = first + type.leading + (n === count - 1 ? PAD : 0);
    return {
      height: high,
      draw(page, x, y) {
        drawLines(page, x, () => y + first, n, n + 1);
        if (n === 0) drawOver(page, x, y, high);
        if (n === count - 1) page.artifact(() => drawRules(page, set, options, x, y, high));
      },
    };
  });
  return {
    height,
    parts,
    draw(page, x, y) {
      page.artifact(() => drawRules(page, set, options, x, y, height));
      drawLines(page, x, (cell) => y + start(cell), 0, count);
      drawOver(page, x, y, height);
    },
  };
}

/** The hairline below a row, and those between its cells where they are written in. */
function drawRules(
  page: Page,
  set: readonly SetCell[],
  options: TableOptions,
  x: number,
  y: number,
  height: number,
): void {
  const rule = { weight: 0.4, gray: GRAY.hair };
  page.line(x, y + height, x + options.width, y + height, rule);
  if (!options.grid) return;
  for (const cell of set.slice(1)) page.line(x + cell.x - GAP / 2, y, x + cell.x - GAP / 2, y + height, rule);
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

/** A table of at most this part of a page is not divided, unless it asks for another. */
const TOGETHER = 0.3;

/** Puts a table on the page; its head repeats where it goes on. */
export function putTable(flow: Flow, parent: Tag, options: TableOptions): void {
  const { head, rows } = setTable(flow.document, parent, options);
  const height = rows.reduce((sum, row) => sum + row.height, head.height);
  const together = height <= flow.full * (options.together ?? TOGETHER);
  flow.put(head);
  const last = rows.length - 1;
  rows.forEach((row, i) => {
    // Neither the first row of many nor the last is alone on a page.
    if (together || last < 2) flow.put({ ...row, keep: together && i < last });
    else flow.put({ ...row, keep: i === 0, follows: i === last });
    if (!together && i === Math.min(last, 1)) flow.runningHead(head);
  });
  flow.runningHead(null);
}
