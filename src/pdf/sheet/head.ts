/** The head of a table of rows, and text that stands between its rows. */
import { label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import type { Tag } from "../lazy.ts";
import type { Page } from "../page.ts";
import { SMALL } from "../scale.ts";
import type { Element } from "../tags.ts";
import { columnCount, type RowTable } from "./cells.ts";
import { tickCentres } from "./columns.ts";

/** Text that stands between rows, across the whole table. */
export function textRow(table: RowTable, boxes: (tag: Tag, width: number) => readonly Box[]): Box[] {
  let cell: Element | undefined;
  const tag: Tag = () => {
    cell ??= table
      .tag()
      .add("TR")
      .add("TD", { colSpan: columnCount(table) });
    return cell;
  };
  return [...boxes(tag, table.columns.right)];
}

/**
 * The head of a table of rows; drawn again on every page it goes on to, then as an artifact. `shared`: the heading
 * over the table stands on the same line, at the places of number and text.
 */
export function rowHead(table: RowTable, shared: boolean): { readonly first: Box; readonly running: Box } {
  const { sheet, columns, ticks } = table;
  const centres = tickCentres(columns, ticks);
  const made = (text: string): ReturnType<typeof label> => label(sheet.document, text);
  const heads = [
    { line: made("No."), x: 0, covered: shared },
    ...ticks.map((tick, i) => {
      const line = made(tick.head);
      return { line, x: (centres[i] ?? 0) - line.width / 2, covered: false };
    }),
    { line: made("What to do"), x: columns.text, covered: shared },
    ...(table.asks ? [{ line: made("Write what you see"), x: columns.asked, covered: false }] : []),
    ...(columns.initials < columns.time
      ? [{ line: made("Initials"), x: columns.initials + 4, covered: false }]
      : []),
    { line: made("Time"), x: columns.time + 4, covered: false },
  ];
  const height = SMALL.leading + 2;
  const rule = (page: Page, x: number, y: number): void =>
    page.artifact(() => page.line(x, y + height, x + columns.right, y + height, { weight: 0.9 }));
  const base = SMALL.leading - 2;
  const first: Box = {
    height,
    before: shared ? -height : 1.5,
    keep: true,
    draw(page, x, y) {
      rule(page, x, y);
      const row = table.tag().add("TR");
      for (const { line, x: left, covered } of heads) {
        // The heading says what stands there: a head without words would be read as nothing.
        if (covered) row.add("TD");
        else {
          const cell = row.add("TH", { scope: "Column" });
          page.tagged(cell, () => page.text(line.pieces, x + left, y + base));
        }
      }
    },
  };
  const running: Box = {
    height,
    draw(page, x, y) {
      rule(page, x, y);
      page.artifact(() => {
        for (const { line, x: left } of heads) page.text(line.pieces, x + left, y + base);
      });
    },
  };
  return { first, running };
}
